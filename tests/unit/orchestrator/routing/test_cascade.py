from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from fanar.errors import NotFoundError, UnprocessableError
from fanar.events import Route
from fanar.messages import AudioPart, ChatMessage, ImagePart, TextPart
from orchestrator.routing.cascade import CascadeRouter, Thresholds
from orchestrator.routing.classifier import Classification
from orchestrator.routing.features import Features
from orchestrator.routing.policy import TierPolicy, load_rules
from orchestrator.routing.rules import SureRules
from orchestrator.tools.toolbox import Toolbox

NOTHING = Features(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))
SERVICES = {"Fanar": "router", "Star": "star", "Prime": "prime", "Sadiq": "sadiq", "Draw": "image", "Guard": "moderation", "Hear": "stt"}


class FixedClassifier:
    """Says of every prompt what it was told to say, and remembers what it was given to read."""

    def __init__(self, *ranked: tuple[Route, float]) -> None:
        told = dict(ranked)
        self._ranked = tuple(ranked) + tuple((route, 0.0) for route in Route if route not in told)
        self.read: list[tuple[str, str]] = []

    def classify(self, text: str, previous: str = "") -> Classification:
        self.read.append((text, previous))
        return Classification(self._ranked, NOTHING)

    def intent(self, features: Features) -> str:
        return "ruling"

    def tier(self, features: Features) -> tuple[str, float]:
        return "star", 0.9


def router(*ranked: tuple[Route, float], classifier: FixedClassifier | None = None) -> CascadeRouter:
    return CascadeRouter(
        rules=SureRules(tools=Toolbox(clock=lambda: datetime(2026, 3, 14, tzinfo=UTC)).parse),
        classifier=classifier or FixedClassifier(*ranked),  # type: ignore[arg-type]
        policy=TierPolicy(rules=load_rules()),
        services=SERVICES,
        thresholds=Thresholds(sure=0.4, islamic=0.35),
    )


def said(text: str) -> list[ChatMessage]:
    return [ChatMessage("user", text)]


def test_a_probable_route_is_taken_with_its_probability_as_reason() -> None:
    decision = router((Route.POETRY, 0.9), (Route.GENERAL, 0.1)).decide(said("something"))
    assert (decision.route, decision.confidence, decision.reasons_in("en")) == (Route.POETRY, 0.9, ["classifier: poetry 0.90"])


def test_a_claim_whose_truth_is_asked_is_checked_unless_it_is_probably_religious() -> None:
    claim = said("صح ولا غلط: الحكومة رفعت سعر الخبز")
    checked = router((Route.RECENCY, 0.9), (Route.ISLAMIC, 0.1)).decide(claim)
    assert (checked.route, checked.confidence) == (Route.ATTRIBUTION, 1.0)
    assert router((Route.ISLAMIC, 0.6), (Route.RECENCY, 0.3)).decide(claim).route is Route.ISLAMIC


def test_an_unsure_classifier_leaves_the_prompt_to_the_general_models() -> None:
    decision = router((Route.POETRY, 0.39), (Route.GENERAL, 0.3)).decide(said("something"))
    assert decision.route is Route.GENERAL
    assert "not sure enough" in decision.reasons[0].en


def test_a_prompt_that_may_be_religious_goes_to_islamic_before_the_likelier_route() -> None:
    decision = router((Route.GENERAL, 0.6), (Route.ISLAMIC, 0.38)).decide(said("something"))
    assert (decision.route, decision.model, decision.intent) == (Route.ISLAMIC, "sadiq", "ruling")


def test_an_improbable_religious_reading_changes_nothing() -> None:
    decision = router((Route.GENERAL, 0.7), (Route.ISLAMIC, 0.3)).decide(said("something"))
    assert decision.route is Route.GENERAL


def test_an_attached_recording_goes_to_speech_to_text() -> None:
    decision = router((Route.GENERAL, 1.0)).decide([ChatMessage("user", (TextPart("?"), AudioPart(data="AA==", format="wav")))])
    assert (decision.route, decision.model) == (Route.SPEECH, "stt")


def test_an_attached_image_goes_to_the_vision_model() -> None:
    decision = router((Route.IMAGE, 1.0)).decide([ChatMessage("user", (TextPart("ما هذا؟"), ImagePart("https://example.org/a.png")))])
    assert (decision.route, decision.model) == (Route.GENERAL, "vision")


def test_an_exact_tool_is_named_as_the_model() -> None:
    decision = router((Route.POETRY, 1.0)).decide(said("كم 15% من 240؟"))
    assert (decision.route, decision.model, decision.reasons_in("en")) == (Route.GENERAL, "tools", ["rule: exact tool: arithmetic"])


def test_a_hijri_date_is_islamic_and_exact() -> None:
    decision = router((Route.RECENCY, 1.0)).decide(said("ما التاريخ الهجري اليوم؟"))
    assert (decision.route, decision.model, decision.intent) == (Route.ISLAMIC, "tools", "calendar")


def test_a_verse_reference_is_named_in_the_reason() -> None:
    decision = router((Route.GENERAL, 1.0)).decide(said("سورة البقرة آية 255"))
    assert (decision.route, decision.intent, decision.reasons_in("en")) == (Route.ISLAMIC, "verse", ["rule: verse reference 2:255"])


def test_a_general_prompt_carries_the_reason_of_the_policy() -> None:
    decision = router((Route.GENERAL, 0.9)).decide(said("write a python function"))
    assert decision.model == "prime"
    assert decision.reasons_in("en") == ["classifier: general 0.90", "policy: code -> prime"]
    assert decision.reasons_in("ar") == ["المصنِّف: عام 0.90", "السياسة: برمجة ← برايم"]


def test_thinking_turns_go_to_prime() -> None:
    decision = router((Route.GENERAL, 0.9)).decide([ChatMessage("thinking_user", "لماذا السماء زرقاء؟")])
    assert decision.model == "prime"


@pytest.mark.parametrize(("text", "model"), [("فرّغ لي تسجيل المحاضرة", "stt"), ("read this aloud: welcome", "tts")])
def test_speech_knows_its_direction(text: str, model: str) -> None:
    assert router((Route.SPEECH, 0.9)).decide(said(text)).model == model


def test_a_short_follow_up_says_that_it_keeps_the_topic() -> None:
    messages = [ChatMessage("user", "ما حكم صيام المسافر؟"), ChatMessage("assistant", "…"), ChatMessage("user", "ما السبب؟")]
    decision = router((Route.ISLAMIC, 0.9)).decide(messages)
    assert "follow-up keeps topic islamic" in decision.reasons_in("en")


def test_what_is_asked_again_of_something_else_goes_where_the_question_went() -> None:
    classifier = FixedClassifier((Route.RECENCY, 0.9))
    messages = [ChatMessage("user", "Any news from Sudan?"), ChatMessage("assistant", "…"), ChatMessage("user", "and Yemen?")]
    decision = router(classifier=classifier).decide(messages)
    assert (classifier.read, decision.route) == ([("Any news from Sudan?", "")], Route.RECENCY)
    assert decision.reasons[-1].en == "follow-up: asks the same of something else"


def test_what_is_asked_again_goes_where_a_sure_rule_sent_the_question() -> None:
    messages = [ChatMessage("user", "متى المغرب في القاهرة؟"), ChatMessage("assistant", "…"), ChatMessage("user", "وفي الإسكندرية؟")]
    decision = router((Route.RECENCY, 0.9)).decide(messages)
    assert (decision.route, decision.intent) == (Route.ISLAMIC, "prayer")
    assert "asks the same of something else" in decision.reasons[0].en


def test_an_exact_tool_is_not_asked_again() -> None:
    messages = [ChatMessage("user", "كم ١٥٪ من ٨٠؟"), ChatMessage("assistant", "12"), ChatMessage("user", "ومن ٩٠؟")]
    assert router((Route.GENERAL, 0.9)).decide(messages).model == "star"


def test_a_follow_up_on_a_follow_up_is_read_with_what_both_follow() -> None:
    turns = ["How many daily prayers are there for a traveller?", "And for the sick?", "Is that agreed upon?"]
    classifier = FixedClassifier((Route.ISLAMIC, 0.9))
    messages = [message for turn in turns for message in (ChatMessage("user", turn), ChatMessage("assistant", "…"))]
    router(classifier=classifier).decide(messages)
    assert classifier.read[0] == (turns[2], "\n".join(turns[:2]))


def test_nothing_written_is_general() -> None:
    decision = router((Route.IMAGE, 0.9)).decide(said("  "))
    assert (decision.route, decision.reasons[0].en) == (Route.GENERAL, "rule: nothing is written")


@pytest.mark.parametrize(
    ("model", "route", "service"),
    [
        ("Star", Route.GENERAL, "star"),
        ("Prime", Route.GENERAL, "prime"),
        ("Sadiq", Route.ISLAMIC, "sadiq"),
        ("Draw", Route.IMAGE, "image"),
        ("Hear", Route.SPEECH, "stt"),
    ],
)
async def test_an_addressed_model_is_obeyed(model: str, route: Route, service: str) -> None:
    decision = await router((Route.POETRY, 1.0)).route(said("2+2"), model=model)
    assert (decision.route, decision.model, decision.reasons_in("en")) == (route, service, [f"model: {model} was addressed"])


async def test_a_model_that_does_not_converse_is_refused() -> None:
    with pytest.raises(UnprocessableError) as error:
        await router((Route.POETRY, 1.0)).route(said("hi"), model="Guard")
    assert error.value.param == "model"


async def test_an_unknown_model_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        await router((Route.POETRY, 1.0)).route(said("hi"), model="nobody")


class FixedOpinion:
    """Prefers one route, and counts how often it is asked."""

    def __init__(self, route: Route) -> None:
        self.asked = 0
        self._route = route

    async def join(self, judged: Classification, text: str, previous: str = "") -> Classification:
        self.asked += 1
        return Classification(((self._route, 0.95), *((route, 0.0) for route in Route if route is not self._route)), judged.features)


def opinionated(opinion: FixedOpinion) -> CascadeRouter:
    return CascadeRouter(
        rules=SureRules(tools=Toolbox(clock=lambda: datetime(2026, 3, 14, tzinfo=UTC)).parse),
        classifier=FixedClassifier((Route.POETRY, 0.9)),  # type: ignore[arg-type]
        policy=TierPolicy(rules=load_rules()),
        services=SERVICES,
        second=opinion,
    )


async def test_a_second_opinion_is_heard_where_no_rule_is_sure() -> None:
    opinion = FixedOpinion(Route.RECENCY)
    decision = await opinionated(opinion).route(said("something"))
    assert (decision.route, opinion.asked) == (Route.RECENCY, 1)


async def test_a_sure_rule_and_an_addressed_model_need_no_second_opinion() -> None:
    opinion = FixedOpinion(Route.RECENCY)
    router = opinionated(opinion)
    routes = [(await router.route(said("السلام عليكم"))).route, (await router.route(said("something"), model="Star")).route]
    assert (routes, opinion.asked) == ([Route.GREETING, Route.GENERAL], 0)
