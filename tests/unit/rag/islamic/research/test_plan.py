"""How an inquiry is taken apart, and what is looked into besides."""

from __future__ import annotations

import time

import pytest

from rag.islamic.research.plan import Plan, plan_without_model
from rag.islamic.research.scope import MOST_ASKED
from rag.islamic.research.splitting import Asked, split_inquiry
from rag.islamic.schools import disputed, in_order, school_of
from tests.unit.rag.islamic.quran import reader
from tests.unit.rag.islamic.research.sources import document


def asked(inquiry: str) -> list[Asked]:
    return split_inquiry(inquiry, reader())


@pytest.mark.parametrize(
    ("inquiry", "questions"),
    [
        ("ما حكم صيام المسافر؟ وما فضل الصيام؟", ["ما حكم صيام المسافر", "ما فضل الصيام"]),
        ("ما الصبر وكيف يكون الشكر", ["ما الصبر", "كيف يكون الشكر"]),
        ("What is patience, and how is gratitude shown?", ["What is patience", "how is gratitude shown"]),
        ("What is the ruling on fasting, and on almsgiving?", ["What is the ruling on fasting", "on almsgiving"]),
        ("الصبر\nالشكر؛ الصبر", ["الصبر", "الشكر"]),
        ("من وما في", []),
    ],
)
def test_an_inquiry_is_split_into_the_questions_it_asks(inquiry: str, questions: list[str]) -> None:
    assert [each.text for each in asked(inquiry)] == questions


def test_a_question_that_points_back_is_looked_up_with_what_it_points_to() -> None:
    first, second = asked("What does Islam say about charity? Who may receive it?")
    assert (first.within, second.within) == ("", "charity")
    assert second.query == "charity Who may receive it"
    assert asked("ما الصيام؟ وما شروطه؟")[1].within == "الصيام"


def test_a_question_of_its_own_is_looked_up_alone() -> None:
    assert asked("ما حكم صيام المسافر؟ وما فضل الصلاة؟")[1].query == "ما فضل الصلاة"


def test_a_topic_is_the_stretch_that_says_what_a_question_is_about() -> None:
    (only,) = asked("ما حكم صيام المسافر؟")
    assert only.topic == "صيام المسافر"
    assert only.things == ("صيام", "المسافر")


def plan(inquiry: str, depth: str, **options: object) -> Plan:
    return plan_without_model(asked(inquiry), inquiry=inquiry, depth=depth, language="ar", **options)  # type: ignore[arg-type]


def test_the_same_inquiry_has_the_same_plan_and_more_depth_asks_more() -> None:
    inquiry = "ما حكم صيام المسافر؟"
    quick, standard, comprehensive = (plan(inquiry, depth) for depth in ("quick", "standard", "comprehensive"))
    assert [each.why for each in quick.questions] == ["asked"]
    assert [each.text for each in standard.questions][:4] == ["ما حكم صيام المسافر", "صيام", "المسافر", "ثواب صيام المسافر"]
    assert set(standard.questions) < set(comprehensive.questions)
    assert plan(inquiry, "standard") == standard


def test_things_side_by_side_are_each_looked_at_and_the_words_of_a_question_within_it() -> None:
    assert [each.text for each in plan("الصبر والشكر", "standard").questions][:3] == ["الصبر والشكر", "الصبر", "الشكر"]
    both = plan("What does Islam say about patience and gratitude?", "standard").questions
    assert [each.text for each in both if each.why == "thing"] == ["patience", "gratitude"]
    assert {each.within for each in both if each.why == "thing"} == {""}
    one = plan("Is it allowed for a traveller to break the fast?", "comprehensive").questions
    assert {each.within for each in one if each.why == "thing"} == {"Is it allowed for a traveller to break the fast"}


def test_what_a_model_proposes_comes_before_our_own_and_nothing_comes_twice() -> None:
    proposed = plan("الصبر", "standard", proposed=["ما جزاء الصابرين؟", "الصبر"])
    assert [(each.text, each.why) for each in proposed.questions][:2] == [("الصبر", "asked"), ("ما جزاء الصابرين؟", "proposed")]
    assert [each.text for each in proposed.questions].count("الصبر") == 1


def test_questions_beyond_the_most_are_named_as_left_out() -> None:
    words = "الصلاة الصيام الزكاة الحج الربا الخمر السرقة الغيبة النميمة الكذب الصبر الشكر التوبة"
    inquiry = "؟ ".join(f"ما حكم {word}" for word in words.split())
    made = plan(inquiry, "quick")
    assert len([each for each in made.questions if each.why == "asked"]) == MOST_ASKED
    assert made.left_out == ("ما حكم التوبة",)


def test_an_inquiry_about_nothing_known_is_still_looked_up() -> None:
    assert [each.text for each in plan("من وما في", "quick").questions] == ["من وما في"]


def test_the_time_to_split_grows_with_the_text_alone() -> None:
    def cost(text: str) -> float:
        began = time.process_time()
        asked(text)
        return time.process_time() - began

    asked("warm")
    for piece in ("وما ", "؟((((", "and what ", "ه "):
        short, long = cost(piece * 100), cost(piece * 800)
        assert long < 40 * max(short, 0.002)


def test_schools_are_read_from_records_and_stand_in_order() -> None:
    names = ["Shafi'i", "المذهب الحنبلي", "حنفي", "Maliki", "Zahiri", ""]
    found = [school_of(document("1", "law", "نص", madhab=name)) for name in names]
    assert found == ["shafii", "hanbali", "hanafi", "maliki", "Zahiri", ""]
    assert in_order([*found, "hanafi"]) == ["hanafi", "maliki", "shafii", "hanbali", "", "Zahiri"]


def test_a_sentence_about_disagreement_is_found_and_kept_as_it_stands() -> None:
    assert disputed("الأول جائز. وَاختلفَ العلماء في الثاني. والثالث لا.") == "وَاختلفَ العلماء في الثاني."
    assert disputed("It is allowed. Most scholars differ on the rest.") == "Most scholars differ on the rest."
    assert disputed("وما اختلف الذين أوتوه") is None
