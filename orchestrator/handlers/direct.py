"""Everything to Star or Prime and nothing in between: for platforms that are gateways only. Knows nothing of how a model is chosen."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fanar.events import Event, RoutingDecision
from fanar.messages import ChatRequest
from fanar.streams import closing
from orchestrator.guardrails import neutralised
from orchestrator.models import LanguageModels
from orchestrator.options import refuse_source_options, with_persona


class DirectHandler:
    """Answers with a language model. What it says is not checked: nothing is here to check it by."""

    def __init__(self, *, models: LanguageModels) -> None:
        self._models = models

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the answer. Raises NotConfiguredError naming the remedy when no model is connected."""
        refuse_source_options(request)
        async with closing(self._models.stream(with_persona(neutralised(request)), preferred=decision.model)) as events:
            async for event in events:
                yield event
