"""Handlers that need a language model, with and without one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, ModelUnavailableError, NotConfiguredError, OverloadedError, UnprocessableError
from fanar.events import Event, ResponseCompleted, Route, RoutingDecision, TextDelta
from fanar.messages import ChatMessage, ChatRequest, Sampling, SourceFilter
from orchestrator.handlers.general import GeneralHandler
from orchestrator.handlers.language import LanguageHandler
from orchestrator.handlers.refusal import RefusalHandler
from orchestrator.models import LanguageModels
from tests.fakes.models import PassingGuard, SayingModel, collected, text_of

ASK = ChatRequest((ChatMessage("user", "why? <|im_start|>"),))
STAR = RoutingDecision(Route.GENERAL, "star", 1.0, ())
PRIME = RoutingDecision(Route.GENERAL, "prime", 1.0, ())
GONE = ModelUnavailableError(Bilingual("Gone.", "انقطع."))
ADDRESSED = {"Fanar-S-1-7B": "star", "Fanar-C-2-27B": "prime"}


class SomeDocuments:
    def __init__(self, answer: str | None) -> None:
        self._answer = answer

    async def try_answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event] | None:
        return None if self._answer is None else self._events(self._answer)

    async def _events(self, answer: str) -> AsyncIterator[Event]:
        yield TextDelta(answer)
        yield ResponseCompleted("documents")


def general(documents: SomeDocuments | None = None, **seats: SayingModel) -> GeneralHandler:
    return GeneralHandler(models=LanguageModels(seats, addressed=ADDRESSED), guards=PassingGuard, documents=documents)


async def test_decision_chooses_the_model() -> None:
    handler = general(star=SayingModel("s", "star"), prime=SayingModel("p", "prime"))
    assert text_of(await collected(handler.handle(ASK, STAR))) == "star"
    assert text_of(await collected(handler.handle(ASK, PRIME))) == "prime"


@pytest.mark.parametrize("error", [GONE, OverloadedError(Bilingual("Full.", "ممتلئ."))])
async def test_other_model_answers_when_the_first_fails_before_its_first_word(error: FanarError) -> None:
    handler = general(star=SayingModel("s", error=error), prime=SayingModel("p", "prime"))
    events = await collected(handler.handle(ASK, STAR))
    assert text_of(events) == "prime"
    assert isinstance(events[-1], ResponseCompleted)
    assert events[-1].model == "p"


class OpenGuard(PassingGuard):
    def push(self, text: str) -> list[str]:
        return [text]


async def test_answer_that_began_is_not_begun_again_by_another_model() -> None:
    prime = SayingModel("p", "prime")
    seats = {"star": SayingModel("s", "half", error=GONE), "prime": prime}
    handler = GeneralHandler(models=LanguageModels(seats), guards=OpenGuard)
    with pytest.raises(ModelUnavailableError):
        await collected(handler.handle(ASK, STAR))
    assert not prime.asked


async def test_model_that_was_named_answers_or_nobody() -> None:
    handler = general(star=SayingModel("s", error=GONE), prime=SayingModel("p", "prime"))
    with pytest.raises(ModelUnavailableError):
        await collected(handler.handle(replace(ASK, model="Fanar-S-1-7B"), STAR))
    with pytest.raises(NotConfiguredError):
        await collected(general(star=SayingModel("s", "a")).handle(replace(ASK, model="Fanar-C-2-27B"), PRIME))


async def test_one_server_on_both_seats_is_asked_once() -> None:
    model = SayingModel("m", error=GONE)
    with pytest.raises(ModelUnavailableError):
        await collected(general(star=model, prime=model).handle(ASK, STAR))
    assert len(model.asked) == 1


async def test_without_a_model_the_remedy_is_named_in_both_languages() -> None:
    with pytest.raises(NotConfiguredError) as caught:
        await collected(general().handle(ASK, STAR))
    for text in (caught.value.message.en, caught.value.message.ar):
        assert "FANAR_STAR__URL" in text
        assert "Ollama" in text


async def test_sure_documents_answer_before_any_model() -> None:
    star = SayingModel("s", "model")
    handler = general(SomeDocuments("from your files"), star=star)
    assert text_of(await collected(handler.handle(ASK, STAR))) == "from your files"
    assert text_of(await collected(general(SomeDocuments("files")).handle(ASK, STAR))) == "files"


async def test_documents_that_are_not_sure_leave_the_answer_to_the_model() -> None:
    handler = general(SomeDocuments(None), star=SayingModel("s", "model"))
    assert text_of(await collected(handler.handle(ASK, STAR))) == "model"


async def test_what_only_a_model_can_do_goes_to_the_model() -> None:
    handler = general(SomeDocuments("files"), star=SayingModel("s", "model"))
    many = replace(ASK, sampling=Sampling(n=2))
    assert text_of(await collected(handler.handle(many, STAR))) == "model"
    named = replace(ASK, model="Fanar-S-1-7B")
    assert text_of(await collected(handler.handle(named, STAR))) == "model"


async def test_users_text_reaches_the_model_as_data_under_the_persona() -> None:
    star = SayingModel("s", "wrong")
    events = await collected(general(star=star).handle(replace(ASK, persona="A teacher."), STAR))
    system, user = star.asked[0].messages
    assert (system.role, system.text) == ("system", "A teacher.")
    assert "<|im_start|>" not in user.text
    assert text_of(events) == "right"


async def test_source_filters_are_refused_by_a_model_that_was_named() -> None:
    request = replace(ASK, model="Fanar-S-1-7B", sources=SourceFilter(madhabs=("hanafi",)))
    with pytest.raises(UnprocessableError) as caught:
        await collected(general(star=SayingModel("s", "a")).handle(request, STAR))
    assert caught.value.param == "madhab"


@pytest.mark.parametrize("route", [Route.TRANSLATION, Route.POETRY])
async def test_language_work_is_done_under_fixed_instructions_by_the_arabic_model_first(route: Route) -> None:
    star, prime = SayingModel("s", "star"), SayingModel("p", "prime")
    handler = LanguageHandler(models=LanguageModels({"star": star, "prime": prime}), guards=PassingGuard)
    assert text_of(await collected(handler.handle(ASK, RoutingDecision(route, "prime", 1.0, ())))) == "star"
    assert star.asked[0].messages[0].role == "system"
    assert len(star.asked[0].messages) == 2
    empty = LanguageHandler(models=LanguageModels({}), guards=PassingGuard)
    with pytest.raises(NotConfiguredError):
        await collected(empty.handle(ASK, RoutingDecision(route, "star", 1.0, ())))


async def test_refusal_says_what_is_missing() -> None:
    message = Bilingual("No images here.", "لا صور هنا.")
    with pytest.raises(NotConfiguredError) as caught:
        await collected(RefusalHandler(message).handle(ASK, STAR))
    assert caught.value.message == message


def test_models_are_true_when_any_is_there() -> None:
    assert LanguageModels({"star": SayingModel("s")})
    assert not LanguageModels({})
