"""Judges texts for clients, and between users and models what is asked and said. Knows nothing of HTTP, nor of how it is judged."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass

from fanar.bilingual import Bilingual
from fanar.errors import ContentFilteredError, UnprocessableError
from fanar.events import ChoiceFinished, Event, ResponseCompleted, RouteSelected, RoutingDecision, TextDelta
from fanar.judging_protocols import Moderator
from fanar.llm.catalog import ModelCatalog, Service
from fanar.messages import ChatRequest
from fanar.moderation.verdict import Verdict
from fanar.streams import closing
from orchestrator.dispatch import cut_short
from orchestrator.platform import Answering

_PIECE = 240
"""Characters of an answer that are judged at once: so much is held back while a model writes."""
_BEFORE = 80
"""Characters before them that are read again, so that nothing is hidden by where it is cut."""
_NOT_FOR_THIS = Bilingual("This model does not judge texts; Fanar-Guard-2 does.", "هذا النموذج لا يقيّم النصوص؛ يفعل ذلك Fanar-Guard-2.")
_PROMPT = Bilingual("The request was refused: it was judged unsafe.", "رُفض الطلب لأنه قُيّم غير آمن.")
_ANSWER = Bilingual("The answer was cut: what followed was judged unsafe.", "قُطع الجواب لأن ما يليه قُيّم غير آمن.")


class ModerationDesk:
    """Judges for clients with `moderator`, under the ids of the catalogue that mean moderation."""

    def __init__(self, moderator: Moderator, *, catalog: ModelCatalog) -> None:
        self._moderator = moderator
        self._catalog = catalog

    @property
    def supported(self) -> Sequence[str]:
        """The categories that are told apart."""
        return self._moderator.supported

    async def judge(self, exchanges: Iterable[tuple[str, str]], *, model: str) -> list[Verdict]:
        """Return a verdict on each pair of prompt and response. Raises NotFoundError, UnprocessableError, and what the moderator raises."""
        if self._catalog.find(model).service is not Service.MODERATION:
            raise UnprocessableError(_NOT_FOR_THIS, param="model")
        return [await self._moderator.judge(prompt, response) for prompt, response in exchanges]


@dataclass(frozen=True, slots=True)
class GuardPolicy:
    """What of conversations is judged, and which categories are not let through."""

    prompts: bool
    answers: bool
    categories: frozenset[str]


class ModeratedAnswers:
    """Answers as `answers` does, where the moderator lets it."""

    def __init__(self, answers: Answering, *, moderator: Moderator, policy: GuardPolicy) -> None:
        self._answers = answers
        self._moderator = moderator
        self._policy = policy

    async def answer(self, request: ChatRequest) -> AsyncIterator[Event]:
        """Yield the events of the answer. Raises ContentFilteredError for a prompt that is not let through, and what the answers raise."""
        if self._policy.prompts:
            await self._check(request)
        async with closing(self._answers.answer(request)) as events:
            async for event in self._watched(events, request) if self._policy.answers else events:
                yield event

    async def _check(self, request: ChatRequest) -> None:
        said = "\n".join([request.persona or "", request.prompt])
        if (await self._moderator.judge(said)).blocks(self._policy.categories):
            raise ContentFilteredError(_PROMPT, kind="safety", param="messages")

    async def _watched(self, events: AsyncIterator[Event], request: ChatRequest) -> AsyncIterator[Event]:
        decision: RoutingDecision | None = None
        held: dict[int, _Held] = {}
        async for event in events:
            if isinstance(event, RouteSelected):
                decision = event.decision
            due = _due(event, held)
            if [text for text in due.values() if text.strip()] and await self._blocks(request, due, held):
                for ending in cut_short("safety", _ANSWER, decision, request.language):
                    yield ending
                return
            for choice in due:
                for delta in held[choice].released():
                    yield delta
            if not isinstance(event, TextDelta):
                yield event

    async def _blocks(self, request: ChatRequest, due: dict[int, str], held: dict[int, _Held]) -> bool:
        for choice, text in due.items():
            verdict = await self._moderator.judge("", held[choice].before + text)
            if verdict.blocks(self._policy.categories):
                return True
        return False


class _Held:
    """What a choice has said and nobody has judged yet."""

    def __init__(self) -> None:
        self.before = ""
        self._deltas: list[TextDelta] = []

    @property
    def text(self) -> str:
        return "".join(delta.text for delta in self._deltas)

    def add(self, delta: TextDelta) -> None:
        self._deltas.append(delta)

    def released(self) -> list[TextDelta]:
        """Return what may pass, now that it was judged."""
        self.before = (self.before + self.text)[-_BEFORE:]
        passed, self._deltas = self._deltas, []
        return passed


def _due(event: Event, held: dict[int, _Held]) -> dict[int, str]:
    """Take the event in, and return the texts that are to be judged now, by choice."""
    match event:
        case TextDelta(choice=choice):
            waiting = held.setdefault(choice, _Held())
            waiting.add(event)
            return {choice: waiting.text} if len(waiting.text) >= _PIECE else {}
        case ChoiceFinished(choice=choice):
            return {choice: held[choice].text} if choice in held else {}
        case ResponseCompleted():
            return {choice: waiting.text for choice, waiting in held.items()}
        case _:
            return {}
