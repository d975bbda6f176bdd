"""Plans which model servers are asked for a conversation that is handed on as it is. Knows nothing of HTTP, nor of what is said.

It is for platforms that check no answers: where scripture is watched over, every answer goes through the dispatcher.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from opentelemetry.trace import TracerProvider

from fanar.errors import FanarError
from fanar.events import RoutingDecision
from fanar.llm.catalog import ModelCatalog
from fanar.messages import ChatMessage
from fanar.protocols import Router
from fanar.telemetry.traces import GenerationSpan
from orchestrator.backends.backend import Backend
from orchestrator.models import SEATS, LanguageModels


@dataclass(frozen=True, slots=True)
class Plan:
    """What was decided, and the servers to ask, in order, of which there is one at least.

    `span` begins the trace of the answer, where one is kept.
    """

    decision: RoutingDecision
    backends: Sequence[Backend]
    span: Callable[[], GenerationSpan] | None = None


class Relay:
    """Plans for what names Star or Prime, or leaves the choice between them to the router, as far as their servers can be relayed."""

    def __init__(self, *, models: LanguageModels, catalog: ModelCatalog, router: Router, tracing: TracerProvider | None = None) -> None:
        self._models = models
        self._catalog = catalog
        self._router = router
        self._tracing = tracing

    async def plan(self, model: str, messages: Callable[[], Sequence[ChatMessage]]) -> Plan | None:
        """Return the plan for a conversation that names `model`; None when it must be answered, or refused, in another way."""
        if model not in self._catalog:
            return None
        named = self._catalog.find(model).id
        addressed = self._models.is_addressed(named)
        try:
            decision = await self._router.route(() if addressed else messages(), model=named)
        except FanarError:
            return None
        if decision.model not in SEATS:
            return None
        backends = [each for each in self._models.order(named, preferred=decision.model) if isinstance(each, Backend) and each.relays]
        if not backends:
            return None
        return Plan(decision, backends, partial(GenerationSpan, model=model, provider=self._tracing) if self._tracing else None)
