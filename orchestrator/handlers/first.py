"""Several sources of answers, asked one after the other, or for want of another. Knows nothing of what they hold."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from fanar.errors import NotConfiguredError
from fanar.events import Event, RoutingDecision
from fanar.messages import ChatRequest
from fanar.protocols import Handler
from fanar.streams import closing
from orchestrator.handlers.general import DocumentAnswers


class FirstToAnswer:
    """Answers from the first source that surely holds an answer."""

    def __init__(self, *sources: DocumentAnswers) -> None:
        self._sources = sources

    async def try_answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event] | None:
        """Return the events of a cited answer, or None when no source surely holds one."""
        for source in self._sources:
            events = await source.try_answer(request, decision)
            if events is not None:
                return events
        return None


class WhereRouted:
    """Answers from `documents` where the platform chose the way: who names a model by its id is answered by it or not at all."""

    def __init__(self, documents: DocumentAnswers, *, routed: Callable[[str], bool]) -> None:
        self._documents = documents
        self._routed = routed

    async def try_answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event] | None:
        """Return the events of a cited answer, or None where there is none or a model was named."""
        return await self._documents.try_answer(request, decision) if self._routed(request.model) else None


class OrDocuments:
    """A Handler; where what it needs is not here, `documents` answer if they surely can."""

    def __init__(self, handler: Handler, documents: DocumentAnswers) -> None:
        self._handler = handler
        self._documents = documents

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the answer. Raises what the handler raises, where documents have no answer either."""
        begun = False
        try:
            async with closing(self._handler.handle(request, decision)) as events:
                async for event in events:
                    begun = True
                    yield event
        except NotConfiguredError:
            cited = None if begun else await self._documents.try_answer(request, decision)
            if cited is None:
                raise
        else:
            return
        async with closing(cited) as events:
            async for event in events:
                yield event
