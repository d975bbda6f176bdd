"""Stands between a model that reads foreign text and whoever reads its answer. Knows nothing of retrieval.

An answer that gives away a secret of its prompt is stopped before the secret is whole: whoever can make a model do so can make it do
worse. What the answer would have a reader's program fetch or follow is disarmed. Prompts without secrets pass as they are.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from fanar.bilingual import Bilingual
from fanar.events import ChoiceFinished, ContentBlocked, Event, ResponseCompleted, TextDelta
from fanar.messages import ChatRequest
from fanar.streams import closing
from rag.disarming import Disarmer
from rag.prompts import secrets_of

_LEAKED = Bilingual("The answer was cut: it repeated the platform's own instructions.", "قُطع الجواب: كان يعيد تعليمات المنصة نفسها.")


async def watched(events: AsyncIterator[Event], request: ChatRequest, *, model: str) -> AsyncIterator[Event]:
    """Yield the events of `model`'s answer to `request`; one that gives a secret away ends as filtered. Raises what they raise."""
    secrets = [secret for message in request.messages if message.role == "system" for secret in secrets_of(message.text)]
    async with closing(events):
        async for event in _read(events, secrets, model) if secrets else events:
            yield event


class _Watch:
    """One choice of an answer."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = secrets
        self._disarmer = Disarmer()
        self._held = ""
        self.leaked = False

    def push(self, text: str) -> str:
        """Take the next piece in and return what may pass."""
        self._held += text
        if any(secret in self._held for secret in self._secrets):
            self.leaked = True
            return ""
        keep = max((_begun(self._held, secret) for secret in self._secrets), default=0)
        cut = len(self._held) - keep
        passed, self._held = self._held[:cut], self._held[cut:]
        return self._disarmer.push(passed)

    def finish(self) -> str:
        """Return the rest."""
        rest, self._held = self._held, ""
        return self._disarmer.push(rest) + self._disarmer.finish()


async def _read(events: AsyncIterator[Event], secrets: Sequence[str], model: str) -> AsyncIterator[Event]:
    watches: dict[int, _Watch] = {}
    async for event in events:
        match event:
            case TextDelta(text=text, choice=choice):
                watch = watches.setdefault(choice, _Watch(secrets))
                passed = watch.push(text)
                if watch.leaked:
                    yield ContentBlocked("safety", _LEAKED)
                    yield ResponseCompleted(model, finish_reason="content_filter")
                    return
                if passed:
                    yield TextDelta(passed, choice)
            case ChoiceFinished(choice=choice) if choice in watches:
                if rest := watches.pop(choice).finish():
                    yield TextDelta(rest, choice)
                yield event
            case ResponseCompleted():
                for choice, watch in watches.items():
                    if rest := watch.finish():
                        yield TextDelta(rest, choice)
                yield event
            case _:
                yield event


def _begun(text: str, secret: str) -> int:
    """Return how many characters at the end of `text` are the beginning of `secret`."""
    return next((size for size in range(min(len(text), len(secret) - 1), 0, -1) if text.endswith(secret[:size])), 0)
