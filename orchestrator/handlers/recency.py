"""Questions about current events, answered from dated articles. Knows nothing of articles: a pipeline does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

from fanar.errors import StorageError
from fanar.events import Event, RoutingDecision
from fanar.messages import ChatRequest
from fanar.streams import closing
from orchestrator.options import refuse_generation_options, refuse_source_options


class NewsAnswers(Protocol):
    """Answers from the news."""

    def answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the events of a cited answer, or of the admission that none is known. Raises NotConfiguredError without any source."""
        ...

    async def try_answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event] | None:
        """Return the events of a cited answer, or None when no article surely holds one."""
        ...


class RecencyHandler:
    """Hands over to the pipeline."""

    def __init__(self, *, pipeline: NewsAnswers) -> None:
        self._pipeline = pipeline

    async def try_answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event] | None:
        """Return the events of an answer to a question that does not ask for news, or None when no article surely holds one."""
        try:
            return await self._pipeline.try_answer(request, decision)
        except StorageError:
            # Nobody asked for the news: what can answer without it shall.
            return None

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the answer. Raises UnprocessableError for what only free generation or religious sources can honour."""
        refuse_generation_options(request)
        refuse_source_options(request)
        async with closing(self._pipeline.answer(request, decision)) as events:
            async for event in events:
                yield event
