"""Hands the stream of a model that was named on as it comes. Knows nothing of HTTP, nor of what is said in the stream.

It is for platforms that check no answers: where scripture is watched over, every answer goes through the dispatcher.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from time import perf_counter

from fanar.errors import FanarError, ModelUnavailableError, OverloadedError, UpstreamTimeoutError
from fanar.events import ResponseCompleted, RoutingDecision
from fanar.llm.catalog import ModelCatalog
from fanar.messages import ChatRequest
from fanar.protocols import Router
from fanar.telemetry.metrics import Metrics
from orchestrator.backends.backend import Backend
from orchestrator.guardrails import neutralised
from orchestrator.models import LanguageModels
from orchestrator.observed import FAULT, LEFT
from orchestrator.options import refuse_source_options, with_persona
from orchestrator.platform import RelayedAnswer
from orchestrator.streams import closing


class Relay:
    """Relays what names Star or Prime, as far as their servers' streams can be had."""

    def __init__(self, *, models: LanguageModels, catalog: ModelCatalog, router: Router, metrics: Metrics) -> None:
        self._models = models
        self._catalog = catalog
        self._router = router
        self._metrics = metrics

    async def begin(self, request: ChatRequest) -> RelayedAnswer | None:
        """Return the answer; None when no model was named or its server cannot be relayed. Raises UnprocessableError, NotFoundError."""
        request = replace(request, model=self._catalog.find(request.model).id)
        if not self._models.is_addressed(request):
            return None
        backends = [model for model in self._models.order(request, preferred="") if isinstance(model, Backend) and model.relays]
        if not backends:
            return None
        refuse_source_options(request)
        decision = await self._router.route(request.messages, model=request.model)
        return _Relayed(with_persona(neutralised(request)), backends, decision, self._metrics)


class _Relayed:
    """One answer; see RelayedAnswer."""

    def __init__(self, request: ChatRequest, backends: Sequence[Backend], decision: RoutingDecision, metrics: Metrics) -> None:
        self._request = request
        self._backends = backends
        self._metrics = metrics
        self._began = perf_counter()
        self.decision = decision

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield the bytes of the first server that sends any, then an empty piece."""
        status = FAULT
        route, model = self.decision.route.value, self.decision.model
        try:
            with self._metrics.stream():
                async with closing(self._first()) as pieces:
                    async for piece in pieces:
                        yield piece
                yield b""
            status = "ok"
        except FanarError as error:
            status = error.code
            raise
        except GeneratorExit:
            status = LEFT
            raise
        finally:
            self._metrics.request_ended(route=route, model=model, status=status, seconds=perf_counter() - self._began)

    def completed(self, event: ResponseCompleted) -> None:
        """Count the tokens."""
        self._metrics.tokens_used(model=event.model, usage=event.usage)

    async def _first(self) -> AsyncIterator[bytes]:
        for backend in self._backends:
            begun = False
            try:
                async with closing(_seen(backend, self._request)) as pieces:
                    async for piece in pieces:
                        if not begun:
                            begun = True
                            self._metrics.text_began(route=self.decision.route.value, seconds=perf_counter() - self._began)
                        yield piece
            except (ModelUnavailableError, UpstreamTimeoutError, OverloadedError):
                if begun or backend is self._backends[-1]:
                    raise
            else:
                return


async def _seen(backend: Backend, request: ChatRequest) -> AsyncIterator[bytes]:
    """Yield the bytes as they come, or all at the end when nobody sees them before."""
    async with closing(backend.pieces(request)) as pieces:
        if request.streamed:
            async for piece in pieces:
                yield piece
            return
        whole = [piece async for piece in pieces]
    yield b"".join(whole)
