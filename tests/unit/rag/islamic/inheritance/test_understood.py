"""A multiple-choice question is answered only where its story is understood and there is something to divide."""

from __future__ import annotations

import pytest

from rag.islamic.inheritance.choice.choose import choose


def test_a_story_with_a_word_that_may_decide_is_not_divided() -> None:
    choice = choose("توفي عن زوجة وابن مدبّر. ما نصيب الزوجة؟", ["الربع", "الثمن"], school="hanbali")
    assert (choice.answer, choice.reason) == (None, "too little of the story is understood")


def test_who_is_asked_about_beside_others_has_to_be_in_the_story() -> None:
    choice = choose("توفي عن زوجة وابن وبنت. ما نصيب العم والابن؟", ["الباقي", "الثمن"], school="hanbali")
    assert (choice.answer, choice.reason) == (None, "too little of the story is understood")


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("توفي عن زوجة وابن. هل يجوز للابن أن يستأثر بالمزرعة؟", ["نعم", "لا يجوز", "يجوز إن كان فقيرا"]),
        ("ما الحد الأقصى للوصية لغير وارث؟", ["النصف", "الثلث", "الربع"]),
        ("توفي عن ابن عاق وبنت. هل يمنع العقوق الابن من الميراث؟", ["نعم، يمنعه", "لا، لا يمنعه"]),
    ],
)
def test_a_question_of_law_that_divides_nothing_is_left_to_its_sources(question: str, options: list[str]) -> None:
    assert choose(question, options, school="hanbali").answer is None
