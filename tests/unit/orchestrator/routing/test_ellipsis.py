from __future__ import annotations

import pytest

from orchestrator.routing.ellipsis import asks_the_same


@pytest.mark.parametrize(
    "text",
    ["and Yemen?", "What about in Muscat?", "and of Iraq", "وماذا عن اليمن؟", "وللمريض؟", "طب واليونان؟", "شو عن حلب", "وفي الإسكندرية؟"],
)
def test_another_thing_to_ask_it_of_is_all_that_is_said(text: str) -> None:
    assert asks_the_same(text)


@pytest.mark.parametrize(
    "text",
    [
        "and now?",
        "and who wrote it, and in which year?",
        "where do red foxes live?",
        "ومن البطل الحالي؟",
        "ودي بالإسبانية؟",
        "كم ضيفًا حضر؟",
        "why?",
        "",
        "و" + "ا" * 100,
    ],
)
def test_what_asks_for_something_else_is_not_the_same_question(text: str) -> None:
    assert not asks_the_same(text)
