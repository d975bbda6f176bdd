"""Which model answers when the first one cannot, by the policy and by who has already seen something."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError
from fanar.messages import ChatMessage, ChatRequest
from orchestrator.backends.failover import Failover
from orchestrator.models import LanguageModels
from tests.fakes.models import SayingModel, collected, text_of

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


async def test_answer_that_broke_off_before_a_reader_is_an_error() -> None:
    with pytest.raises(ModelUnavailableError):
        await collected(models("half").stream(ASK, preferred="star"))
