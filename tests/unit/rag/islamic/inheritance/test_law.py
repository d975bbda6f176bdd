"""Where nothing is divided, an option is chosen by a rule of the law with its source, or none is."""

from __future__ import annotations

import time

import pytest

from rag.islamic.inheritance.choice.choose import choose
from rag.islamic.inheritance.choice.law import ruled
from rag.islamic.inheritance.choice.option import read_option


@pytest.mark.parametrize(
    ("question", "options", "right", "rule"),
    [
        ("توفي عن زوجة وابن. هل يجوز للابن أن يستأثر بالمزرعة؟", ["نعم", "لا يجوز", "يجوز إن كان فقيرا"], 1, "consent"),
        ("توفي عن زوجة وابن. هل يحق للزوجة المطالبة بنصيبها من الدار؟", ["لا", "نعم", "إذا أذن الابن"], 1, "claim"),
        ("توفي عن ابن وبنت وأوصى للبنت. متى تمضي هذه الوصية لوارث؟", ["بموته", "بإجازة بقية الورثة", "لا تمضي"], 1, "bequest_heir"),
        ("كيف تقسم دية القتيل بين ورثته؟", ["بالتساوي", "القسمة الشرعية", "للأكبر وحده"], 1, "shared"),
        ("توفي عن ابن عاق وبنت. هل يمنع العقوق الابن من الميراث؟", ["نعم، يمنعه", "لا، لا يمنعه"], 1, "no_bar"),
        ("توفي عن زوجة وابن. هل الدراجة تدخل في التركة؟", ["هي للابن", "نعم، تدخل في التركة", "هي للزوجة"], 1, "estate"),
        ("توفي أخوان في حادث. ما نصيب أحدهما من الآخر إذا لم يعلم أيهما مات أولا؟", ["النصف", "لا شيء"], 1, "unknown_order"),
        ("ما الحد الأقصى للوصية لغير وارث؟", ["النصف", "الثلث", "الربع"], 1, "third"),
    ],
)
def test_the_rule_decides(question: str, options: list[str], right: int, rule: str) -> None:
    choice = choose(question, options, school="hanbali")
    assert (choice.answer, choice.reason) == (right, "ruled")
    assert choice.rule is not None
    assert (choice.rule.name, bool(choice.rule.source and choice.rule.text.en and choice.rule.text.ar)) == (rule, True)


def test_where_rules_say_different_options_none_is_chosen() -> None:
    options = [read_option("قبل قسمة التركة"), read_option("يجبر الورثة على البيع")]
    assert ruled("متى يجب قضاء الدين", options) is not None
    assert ruled("متى يجب قضاء الدين إن تعذر بيع الدار", options) is None


def test_a_story_with_a_word_that_may_decide_is_not_divided() -> None:
    choice = choose("توفي عن زوجة وابن مدبّر. ما نصيب الزوجة؟", ["الربع", "الثمن"], school="hanbali")
    assert (choice.answer, choice.reason) == (None, "too little of the story is understood")


def test_who_is_asked_about_beside_others_has_to_be_in_the_story() -> None:
    choice = choose("توفي عن زوجة وابن وبنت. ما نصيب العم والابن؟", ["الباقي", "الثمن"], school="hanbali")
    assert (choice.answer, choice.reason) == (None, "too little of the story is understood")


@pytest.mark.parametrize("wording", ["هل يجوز إجبار ", "كيف تقسم على الأبناء ", "تعذر بيع قسمت حكم ", "حكم بيع باع هبة حاز "])
def test_hostile_repetition_takes_time_in_proportion(wording: str) -> None:
    options = [read_option("لا إلا بإذن " * 400), read_option("نعم " * 400)]
    spent = []
    for times in (100, 1_000):
        started = time.process_time()
        for _ in range(3):
            ruled(wording * times, options)
        spent.append(time.process_time() - started)
    assert spent[1] < 20 * spent[0] + 0.05
