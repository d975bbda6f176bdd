"""Questions about pictures: to the vision model, which is shown what was fetched and looked at here. Knows nothing of how that is done."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fanar.arabic.script import language_hint
from fanar.events import Event, RoutingDecision
from fanar.messages import ChatRequest
from fanar.protocols import ChatModel
from fanar.streams import closing
from orchestrator.guardrails import Guards, neutralised, with_true_scripture
from orchestrator.options import refuse_source_options, refuse_unheard, with_persona
from orchestrator.pictures import Pictures


class VisionHandler:
    """Answers with `model`; `guards` watch over scripture in what it says, where they are here."""

    def __init__(self, *, model: ChatModel, pictures: Pictures, guards: Guards | None = None) -> None:
        self._model = model
        self._pictures = pictures
        self._guards = guards

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the answer. Raises what bringing the pictures in raises, and what the model raises."""
        refuse_source_options(request)
        refuse_unheard(request)
        shown = await self._pictures.brought_in(with_persona(neutralised(request)))
        async with closing(self._guarded(self._model.stream(shown), request)) as events:
            async for event in events:
                yield event

    def _guarded(self, events: AsyncIterator[Event], request: ChatRequest) -> AsyncIterator[Event]:
        if self._guards is None:
            return events
        return with_true_scripture(events, self._guards, language=language_hint(request.prompt))
