"""What every Router does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fanar.errors import FanarError, NotFoundError
from fanar.events import Route
from fanar.messages import ChatMessage
from fanar.protocols import Router
from orchestrator.routing.cascade import CascadeRouter
from orchestrator.routing.classifier import load_classifier
from orchestrator.routing.fresh import FreshRouter
from orchestrator.routing.policy import TierPolicy, load_rules
from orchestrator.routing.rules import SureRules
from orchestrator.tools.toolbox import Toolbox


def _cascade() -> Router:
    return CascadeRouter(
        rules=SureRules(tools=Toolbox(clock=lambda: datetime(2026, 1, 1, tzinfo=UTC)).parse),
        classifier=load_classifier(),
        policy=TierPolicy(rules=load_rules()),
        services={"Fanar": "router", "Fanar-Sadiq": "sadiq"},
    )


def _fresh() -> Router:
    return FreshRouter(build=_cascade, files=[], seconds=0)


@pytest.fixture(params=[_cascade, _fresh], ids=["cascade", "fresh"], scope="module")
def router(request: pytest.FixtureRequest) -> Router:
    made: Router = request.param()
    return made


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("السلام عليكم", Route.GREETING),
        ("ما حكم صيام المسافر؟", Route.ISLAMIC),
        ("Which verse says there is no compulsion in religion?", Route.ISLAMIC),
        ("ما عاصمة قطر؟", Route.GENERAL),
        ("ارسم لي قطة", Route.IMAGE),
        ("ترجم إلى الإنجليزية: صباح الخير", Route.TRANSLATION),
    ],
)
async def test_a_plain_prompt_goes_where_it_belongs(router: Router, text: str, route: Route) -> None:
    decision = await router.route([ChatMessage("user", text)])
    assert decision.route is route


@pytest.mark.parametrize("text", ["", " ", "؟", "\ud800", "\x00", "a" * 100_000, "سورة " * 20_000, "((((" * 5_000, "😀"])
async def test_every_text_gets_a_decision_with_a_reason(router: Router, text: str) -> None:
    decision = await router.route([ChatMessage("user", text)])
    assert decision.reasons
    assert decision.model
    assert 0 <= decision.confidence <= 1


async def test_alternatives_are_other_routes_with_the_best_first(router: Router) -> None:
    decision = await router.route([ChatMessage("user", "هل صحيح أن القهوة تسبب الجفاف؟")])
    probabilities = [probability for _, probability in decision.alternatives]
    assert decision.route not in dict(decision.alternatives)
    assert probabilities == sorted(probabilities, reverse=True)


async def test_the_same_conversation_gets_the_same_decision(router: Router) -> None:
    messages = [ChatMessage("user", "كيف أزرع النعناع؟")]
    assert await router.route(messages) == await router.route(messages)


async def test_a_model_that_is_addressed_gets_the_conversation(router: Router) -> None:
    decision = await router.route([ChatMessage("user", "hello")], model="Fanar-Sadiq")
    assert decision.route is Route.ISLAMIC
    assert decision.confidence == 1


async def test_an_unknown_model_is_an_error_of_ours(router: Router) -> None:
    with pytest.raises(NotFoundError) as error:
        await router.route([ChatMessage("user", "hello")], model="gpt-0")
    assert isinstance(error.value, FanarError)


async def test_a_conversation_without_a_user_is_decided_too(router: Router) -> None:
    decision = await router.route([ChatMessage("system", "be kind")])
    assert decision.route is Route.GENERAL
