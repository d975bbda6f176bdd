"""Several sources of answers, asked one after the other. Knows nothing of what they hold."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fanar.events import Event, RoutingDecision
from fanar.messages import ChatRequest
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
