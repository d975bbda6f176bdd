"""Estates are surely Islamic, and so are the answers to what was asked about them."""

from __future__ import annotations

import pytest

from fanar.events import Route
from fanar.messages import ChatMessage
from orchestrator.routing.rules import Ruling, SureRules


def _ruling(*turns: str) -> Ruling | None:
    roles = ("user", "assistant") if len(turns) % 2 else ("assistant", "user")
    return SureRules(tools=lambda _: None).apply([ChatMessage(roles[at % 2], turn) for at, turn in enumerate(turns)])


@pytest.mark.parametrize(
    "prompt",
    [
        "توفي رجل وترك زوجة وابنين وثلاث بنات",
        "ماتت وسابت جوزها وأمها وأخين شقايق",
        "A man died leaving a wife and two sons. Who gets what?",
    ],
)
def test_a_story_of_an_estate_goes_to_the_calculator(prompt: str) -> None:
    ruling = _ruling(prompt)
    assert ruling is not None
    assert (ruling.route, ruling.intent) == (Route.ISLAMIC, "inheritance")


def test_an_answer_to_what_was_asked_back_goes_there_too() -> None:
    ruling = _ruling("مات رجل وترك زوجة وأخ", "الأخ: شقيق أم لأب أم لأم؟", "شقيق")
    assert ruling is not None
    assert ruling.intent == "inheritance"


@pytest.mark.parametrize(
    "turns", [("How do I tell my daughter her grandmother died?",), ("مات رجل وترك زوجة وأخ", "…", "شكرا جزيلا، ما عاصمة قطر؟")]
)
def test_nothing_else_does(turns: tuple[str, ...]) -> None:
    ruling = _ruling(*turns)
    assert ruling is None or ruling.intent != "inheritance"
