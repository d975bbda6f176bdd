"""Which model answers when the first one cannot, by the policy and by who has already seen something."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError, NotConfiguredError, OverloadedError
from fanar.messages import ChatMessage, ChatRequest
from orchestrator.backends.failover import Failover
from orchestrator.guardrails import with_true_scripture
from orchestrator.models import LanguageModels
from tests.fakes.models import PassingGuard, SayingModel, collected, text_of

GONE = ModelUnavailableError(Bilingual("Gone.", "انقطع."))
ASK = ChatRequest((ChatMessage("user", "why?"),))
NAMED = replace(ASK, model="Fanar-S-1-7B")


def models(*pieces: str, **policy: bool) -> LanguageModels:
    seats = {"star": SayingModel("s", *pieces, error=GONE), "prime": SayingModel("p", "prime")}
    return LanguageModels(seats, addressed={"Fanar-S-1-7B": "star"}, failover=Failover(**policy))


@pytest.mark.parametrize(("request_", "policy"), [(ASK, {}), (NAMED, {"addressed": True})])
async def test_the_other_model_answers_where_the_policy_allows_it(request_: ChatRequest, policy: dict[str, bool]) -> None:
    assert text_of(await collected(models(**policy).stream(request_, preferred="star"))) == "prime"


@pytest.mark.parametrize(("request_", "policy"), [(NAMED, {}), (ASK, {"routed": False})])
async def test_nobody_stands_in_where_the_policy_forbids_it(request_: ChatRequest, policy: dict[str, bool]) -> None:
    with pytest.raises(ModelUnavailableError):
        await collected(models(**policy).stream(request_, preferred="star"))


async def test_answer_that_broke_off_unseen_is_begun_again_by_the_other_model() -> None:
    events = await collected(models("half").stream(replace(ASK, streamed=False), preferred="star"))
    assert text_of(events) == "prime"


async def test_answer_that_broke_off_while_all_of_it_was_held_back_is_begun_again_by_the_other_model() -> None:
    held = partial(with_true_scripture, guards=PassingGuard, language="en")
    assert text_of(await collected(models("half").stream(ASK, preferred="star", through=held))) == "prime"


async def test_answer_that_broke_off_before_a_reader_is_an_error() -> None:
    with pytest.raises(ModelUnavailableError):
        await collected(models("half").stream(ASK, preferred="star"))


async def test_a_seat_that_is_empty_beside_one_that_is_not_is_told_by_its_setting() -> None:
    language = LanguageModels({"star": SayingModel("s", "star")}, addressed={"Fanar-C-2-27B": "prime"})
    with pytest.raises(NotConfiguredError) as error:
        await collected(language.stream(replace(ASK, model="Fanar-C-2-27B"), preferred="prime"))
    assert "FANAR_PRIME__URL" in error.value.message.en
    assert "fanar models serve prime" in error.value.message.ar
    assert error.value.param == "model"


async def test_who_names_a_model_that_is_being_started_is_asked_to_come_again() -> None:
    language = LanguageModels({"star": SayingModel("s", "star")}, addressed={"Fanar-C-2-27B": "prime"}, coming=lambda: ["prime"])
    with pytest.raises(OverloadedError):
        await collected(language.stream(replace(ASK, model="Fanar-C-2-27B"), preferred="prime"))
    assert text_of(await collected(language.stream(ASK, preferred="prime"))) == "star"
