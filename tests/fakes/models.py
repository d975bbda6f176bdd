"""Small language models for tests of what stands around them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from fanar.bilingual import Language
from fanar.errors import FanarError
from fanar.events import ChoiceFinished, Event, ResponseCompleted, TextDelta, Usage
from fanar.messages import ChatRequest


class SayingModel:
    """Says its pieces, then raises `error` if it has one; remembers what it was asked."""

    def __init__(self, name: str, *pieces: str, error: FanarError | None = None) -> None:
        self.name = name
        self._pieces = pieces
        self._error = error
        self.asked: list[ChatRequest] = []
        self.closed = 0

    async def available(self) -> bool:
        return self._error is None

    async def stream(self, request: ChatRequest) -> AsyncIterator[Event]:
        self.asked.append(request)
        try:
            for piece in self._pieces:
                yield TextDelta(piece)
            if self._error is not None:
                raise self._error
            yield ChoiceFinished("stop")
            yield ResponseCompleted(self.name, Usage(1, len(self._pieces)))
        finally:
            self.closed += 1


class PassingGuard:
    """A guard that holds the text back until it ends and changes «wrong» to «right»."""

    def __init__(self, language: Language) -> None:
        self._held = ""
        self.report: list[dict[str, str]] = []

    def push(self, text: str) -> list[str]:
        self._held += text
        return []

    def finish(self) -> list[str]:
        held, self._held = self._held, ""
        if "wrong" in held:
            self.report.append({"was": "wrong"})
        return [held.replace("wrong", "right")] if held else []


async def collected(events: AsyncIterator[Event]) -> list[Event]:
    return [event async for event in events]


def text_of(events: Sequence[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta))
