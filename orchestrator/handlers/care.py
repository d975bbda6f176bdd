"""Answers somebody who may be in danger: says where help is, without a model. Knows nothing of routing or of who can help."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fanar.events import Event, ResponseCompleted, RoutingDecision, TextDelta
from fanar.messages import ChatRequest
from rag.islamic.conversation import asked_in
from rag.islamic.danger import DESPAIR, safety_for


class CareHandler:
    """Says what is to be said to somebody in danger. Refuses no option: an answer matters more than its form."""

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield it."""
        told = safety_for(request.prompt) or DESPAIR
        yield TextDelta(told.in_language(asked_in(request.prompt)))
        yield ResponseCompleted(decision.model, metadata={"notice": "safety"})
