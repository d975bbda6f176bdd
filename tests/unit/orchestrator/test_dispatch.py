"""A request's way: model resolved, routed, handed over, explained, counted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError, NotFoundError, UnprocessableError
from fanar.events import Event, ResponseCompleted, Route, RouteSelected, RoutingDecision, TextDelta, Usage
from fanar.llm.catalog import ModelCatalog
from fanar.messages import ChatMessage, ChatRequest
from fanar.telemetry.metrics import Metrics
from orchestrator.dispatch import Dispatcher
from orchestrator.observed import ObservedAnswers
from tests.fakes.models import collected, text_of

HELLO = ChatRequest((ChatMessage("user", "hi"),))


class FixedRouter:
    def __init__(self, model: str = "star") -> None:
        self._model = model
        self.asked: list[str] = []

    async def route(self, messages: Sequence[ChatMessage], *, model: str = "Fanar") -> RoutingDecision:
        self.asked.append(model)
        return RoutingDecision(Route.GENERAL, self._model, 0.9, (Bilingual("because", "لأن"),))


class SayingHandler:
    def __init__(self, *pieces: str, error: ModelUnavailableError | None = None) -> None:
        self._pieces = pieces
        self._error = error
        self.closed = False

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        try:
            for piece in self._pieces:
                yield TextDelta(piece)
            if self._error:
                raise self._error
            yield ResponseCompleted("real-model", Usage(2, 3), metadata={"notice": "x"})
        finally:
            self.closed = True


def dispatcher(handler: SayingHandler, router: FixedRouter | None = None, **specialists: SayingHandler) -> Dispatcher:
    return Dispatcher(
        router=router or FixedRouter(), catalog=ModelCatalog(), handlers=dict.fromkeys(Route, handler), specialists=specialists
    )


async def test_answer_begins_with_the_route_and_ends_with_why() -> None:
    events = await collected(dispatcher(SayingHandler("a")).answer(HELLO))
    assert isinstance(events[0], RouteSelected)
    completed = events[-1]
    assert isinstance(completed, ResponseCompleted)
    assert completed.metadata == {
        "notice": "x",
        "routing": {"route": "general", "model": "star", "answered_by": "real-model", "confidence": 0.9, "reasons": ["because"]},
    }


async def test_why_is_said_in_the_language_of_the_asker() -> None:
    completed = (await collected(dispatcher(SayingHandler("a")).answer(replace(HELLO, language="ar"))))[-1]
    assert isinstance(completed, ResponseCompleted)
    assert completed.metadata["routing"]["reasons"] == ["لأن"]


async def test_specialist_of_the_chosen_model_goes_before_the_routes_handler() -> None:
    answer = dispatcher(SayingHandler("model"), FixedRouter("tools"), tools=SayingHandler("exact")).answer(HELLO)
    assert text_of(await collected(answer)) == "exact"


async def test_alias_reaches_the_router_under_its_own_name() -> None:
    router = FixedRouter()
    await collected(dispatcher(SayingHandler("a"), router).answer(ChatRequest(HELLO.messages, model="Islamic-RAG")))
    assert router.asked == ["Fanar-Sadiq"]


async def test_unknown_model_is_not_found() -> None:
    with pytest.raises(NotFoundError) as caught:
        await collected(dispatcher(SayingHandler()).answer(ChatRequest(HELLO.messages, model="gpt-9")))
    assert caught.value.param == "model"


async def test_model_with_an_endpoint_of_its_own_does_not_chat() -> None:
    with pytest.raises(UnprocessableError) as caught:
        await collected(dispatcher(SayingHandler()).answer(ChatRequest(HELLO.messages, model="Fanar-Aura-STT-1")))
    assert caught.value.param == "model"


async def test_leaving_early_closes_the_handler() -> None:
    handler = SayingHandler("a", "b")
    answer = dispatcher(handler).answer(HELLO)
    async for event in answer:
        if isinstance(event, TextDelta):
            break
    await answer.aclose()
    assert handler.closed


def exposed(metrics: Metrics) -> str:
    return metrics.expose().decode()


async def test_answers_are_counted_by_route_model_and_outcome() -> None:
    metrics = Metrics()
    await collected(ObservedAnswers(dispatcher(SayingHandler("a")), metrics=metrics).answer(HELLO))
    told = exposed(metrics)
    assert 'fanar_requests_total{model="star",route="general",status="ok"} 1.0' in told
    assert 'fanar_tokens_total{kind="completion",model="real-model"} 3.0' in told
    assert 'fanar_first_token_seconds_count{route="general"} 1.0' in told


async def test_failures_and_departures_are_counted_as_what_they_are() -> None:
    metrics = Metrics()
    gone = ModelUnavailableError(Bilingual("Gone.", "انقطع."))
    with pytest.raises(ModelUnavailableError):
        await collected(ObservedAnswers(dispatcher(SayingHandler("a", error=gone)), metrics=metrics).answer(HELLO))
    left = ObservedAnswers(dispatcher(SayingHandler("a")), metrics=metrics).answer(HELLO)
    await anext(left)
    await left.aclose()
    told = exposed(metrics)
    assert 'status="overloaded"} 1.0' in told
    assert 'status="client_closed_request"} 1.0' in told
    assert "fanar_streams_in_progress 0.0" in told
