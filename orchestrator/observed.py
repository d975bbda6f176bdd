"""Counts, times and traces answers on their way out. Knows which route and model answered, never what was said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from time import perf_counter

from opentelemetry.trace import TracerProvider

from fanar.errors import FanarError
from fanar.events import Event, ResponseCompleted, RouteSelected, TextDelta
from fanar.messages import ChatRequest
from fanar.streams import closing
from fanar.telemetry.metrics import Metrics
from fanar.telemetry.traces import GenerationSpan
from orchestrator.platform import Answering

NOBODY = "none"
LEFT = "client_closed_request"
FAULT = "internal_server_error"


class ObservedAnswers:
    """Passes the events of `answers` on, unchanged."""

    def __init__(self, answers: Answering, *, metrics: Metrics, tracing: TracerProvider | None = None) -> None:
        self._answers = answers
        self._metrics = metrics
        self._tracing = tracing

    async def answer(self, request: ChatRequest) -> AsyncIterator[Event]:
        """Yield the events of the answer."""
        seen = _Seen(self._metrics)
        status = FAULT
        try:
            with self._metrics.stream(), GenerationSpan(model=request.model, provider=self._tracing) as span:
                async with closing(self._answers.answer(request)) as events:
                    async for event in events:
                        seen.note(event, span)
                        yield event
            status = "ok"
        except FanarError as error:
            status = error.code
            raise
        except GeneratorExit:
            status = LEFT
            raise
        finally:
            self._metrics.request_ended(route=seen.route, model=seen.model, status=status, seconds=perf_counter() - seen.began)


class _Seen:
    """What is known of one answer so far."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._spoke = False
        self.began = perf_counter()
        self.route = NOBODY
        self.model = NOBODY

    def note(self, event: Event, span: GenerationSpan) -> None:
        match event:
            case RouteSelected(decision=decision):
                self.route, self.model = decision.route.value, decision.model
            case TextDelta() if not self._spoke:
                self._spoke = True
                self._metrics.text_began(route=self.route, seconds=perf_counter() - self.began)
            case ResponseCompleted(model=model, usage=usage):
                self._metrics.tokens_used(model=model, usage=usage)
                span.completed(event)
            case _:
                pass
