"""A request's way through the platform: resolve the model, route, hand over to a handler, say in the answer what was decided and why.

Knows nothing of HTTP, nor of how any handler answers.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any

from fanar.bilingual import Bilingual, Language
from fanar.errors import FilterKind, NotConfiguredError, UnprocessableError
from fanar.events import ContentBlocked, Event, ResponseCompleted, Route, RouteSelected, RoutingDecision
from fanar.llm.catalog import ModelCatalog, Service
from fanar.messages import ChatRequest
from fanar.protocols import Handler, Router
from fanar.streams import closing
from orchestrator.routing.reasons import FILES

CHAT_SERVICES = frozenset(
    (
        Service.ROUTER,
        Service.STAR,
        Service.PRIME,
        Service.SADIQ,
        Service.VISION,
        Service.TRANSLATION,
        Service.POETRY,
        Service.IMAGE,
        Service.PATTERNS,
        Service.TTS,
    )
)
_NOT_FOR_CHAT = Bilingual(
    "This model does not answer conversations; it has an endpoint of its own.", "هذا النموذج لا يجيب عن المحادثات؛ له نقطة وصول خاصة به."
)
DOCUMENTS = "documents"
"""The specialist that answers from files."""
_ANSWERS_FROM_FILES = frozenset((Service.ROUTER, Service.STAR, Service.PRIME))
_NOT_FROM_FILES = Bilingual(
    "This model does not answer from files; name Fanar, Star or Prime.", "هذا النموذج لا يجيب من الملفات؛ سمِّ Fanar أو ستار أو برايم."
)
_NO_FILES = Bilingual(
    "No files are kept by a gateway alone; start the whole platform without FANAR_ONLY.",
    "لا تُحفظ الملفات في البوابة وحدها؛ شغّل المنصة كاملة دون FANAR_ONLY.",
)
_log = logging.getLogger(__name__)


class Dispatcher:
    """Answers conversations. `handlers` has one for each route; `specialists` are asked first, by the model that a decision names."""

    def __init__(
        self,
        *,
        router: Router,
        catalog: ModelCatalog,
        handlers: Mapping[Route, Handler],
        specialists: Mapping[str, Handler] | None = None,
    ) -> None:
        self._router = router
        self._catalog = catalog
        self._handlers = handlers
        self._specialists = specialists or {}

    async def answer(self, request: ChatRequest) -> AsyncIterator[Event]:
        """Yield `RouteSelected`, then the handler's events. Raises NotFoundError for an unknown model, and what the handler raises."""
        entry = self._catalog.find(request.model)
        if entry.service not in CHAT_SERVICES:
            raise UnprocessableError(_NOT_FOR_CHAT, param="model")
        decision = _with_files(entry.service) if request.attached else await self._router.route(request.messages, model=entry.id)
        _log.debug("routed", extra={"route": decision.route.value, "model": decision.model, "confidence": round(decision.confidence, 3)})
        yield RouteSelected(decision)
        handler = self._specialists.get(decision.model)
        if handler is None and request.attached:
            raise NotConfiguredError(_NO_FILES, param="files")
        handler = handler or self._handlers[decision.route]
        async with closing(handler.handle(replace(request, model=entry.id), decision)) as events:
            async for event in events:
                yield with_routing(event, decision, request.language) if isinstance(event, ResponseCompleted) else event


def _with_files(service: Service) -> RoutingDecision:
    """Return where a question about files goes. Raises UnprocessableError for a model that answers from sources of its own."""
    if service not in _ANSWERS_FROM_FILES:
        raise UnprocessableError(_NOT_FROM_FILES, param="model")
    return RoutingDecision(Route.GENERAL, DOCUMENTS, 1.0, (FILES,))


def with_routing(event: ResponseCompleted, decision: RoutingDecision, language: Language) -> ResponseCompleted:
    """Return the event with what was decided, and who answered, in its metadata."""
    return replace(event, metadata={**event.metadata, "routing": routing_of(decision, language, answered_by=event.model)})


def cut_short(kind: FilterKind, reason: Bilingual, decision: RoutingDecision | None, language: Language) -> tuple[Event, Event]:
    """Return the events that end an answer of which no more may be said."""
    completed = ResponseCompleted(decision.model if decision else "", finish_reason="content_filter")
    return ContentBlocked(kind, reason), with_routing(completed, decision, language) if decision else completed


def routing_of(decision: RoutingDecision, language: Language, *, answered_by: str) -> dict[str, Any]:
    """Return what an answer says of where it came from, and why."""
    return {
        "route": decision.route.value,
        "model": decision.model,
        "answered_by": answered_by,
        "confidence": decision.confidence,
        "reasons": decision.reasons_in(language),
    }
