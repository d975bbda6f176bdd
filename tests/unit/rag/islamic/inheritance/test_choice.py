"""Multiple-choice questions about estates, each of our own making: the computed option, or none."""

from __future__ import annotations

import pytest

from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.choice.choose import choose
from rag.islamic.inheritance.choice.everyone import says_all
from rag.islamic.inheritance.choice.option import read_option
from rag.islamic.inheritance.solver import solve

_SHARES = ["النصف", "الربع", "الثمن", "السدس", "الثلثان", "لا شيء"]
_LOTS = ["سهم واحد", "سهمان", "ثلاثة أسهم", "أربعة أسهم", "ستة أسهم", "اثنا عشر سهما"]
_MANNERS = ["بالفرض", "بالتعصيب", "بالفرض والتعصيب", "محجوب لا يرث"]
_YES = ["نعم، بالفرض", "نعم، بالتعصيب", "لا يرث", "نعم، بالرد"]

QUESTIONS = [
    ("توفي عن زوجة وابنين وبنت. ما نصيب الزوجة؟", _SHARES, 2),
    ("توفي عن أم وزوجة وبنتين وأخ شقيق. ما نصيب البنتين؟", _SHARES, 4),
    ("توفيت عن زوج وابن وأخ شقيق. ما نصيب الأخ الشقيق؟", _SHARES, 5),
    ("توفيت عن زوج وأخ شقيق. ما نصيب الأخ الشقيق؟", ["الثلث", "الباقي تعصيبا", "السدس"], 1),
    ("توفي عن زوجة وأب وبنت. ما نصيب الأب؟", ["السدس", "السدس والباقي تعصيبا", "الباقي تعصيبا"], 1),
    ("توفي عن أم وأخوين لأم وعم شقيق. ما نصيب الأخوين لأم؟", ["الثلث", "السدس", "النصف"], 0),
    ("توفي عن زوجة وثلاثة أبناء وبنت. كم عدد أسهم الزوجة؟", _LOTS, 0),
    ("توفي عن زوجة وأب وأم وابن. كم عدد أسهم الأم من أصل 24 سهما؟", _LOTS, 3),
    ("توفي عن زوجة وأب وأم وابن. كم سهما للزوجة من أصل أربعة وعشرين سهما؟", _LOTS, 2),
    ("توفي عن زوجة وابن وبنت. كم عدد أسهم كل بنت؟", ["سبعة أسهم", "أربعة عشر سهما", "ثلاثة أسهم"], 0),
    ("توفي عن أب وأم وثلاث بنات وابن. على كم سهما تقسم التركة؟", ["6", "15", "30", "24"], 2),
    ("توفي عن زوجة وبنتين وأب وأم. كم مجموع الأسهم بعد العول؟", ["24", "27", "72"], 1),
    ("توفي عن أب وأخ شقيق وأم. هل يرث الأخ الشقيق؟", _YES, 2),
    ("توفي عن أب وبنت وأم. هل ترث الأم؟", _YES, 0),
    ("توفي عن بنت وأخت شقيقة وعم. هل ترث الأخت الشقيقة؟", _YES, 1),
    ("توفي عن بنت وأخت شقيقة. كيف ترث الأخت الشقيقة؟", ["بالفرض", "بالتعصيب مع الغير", "بالتعصيب بالنفس"], 1),
    ("توفي عن زوجة وابن وبنت. ما نوع ميراث البنت؟", _MANNERS, 1),
    ("توفي عن زوجة وأب وبنت. ما نوع ميراث الأب؟", _MANNERS, 2),
    ("توفي عن زوجة وابن وأخ شقيق. ما حال الأخ الشقيق؟", _MANNERS, 3),
    ("توفي عن أب وجد وابن. من الذي حجب الجد؟", ["الابن", "الأب", "لا أحد"], 1),
    ("توفي عن زوجة وابنين وبنت. كيف يقسم الباقي بين الأبناء والبنت؟", ["بالتساوي", "للذكر مثل حظ الأنثيين", "للبنت ضعف الابن"], 1),
    (
        "توفي عن زوجة وابنين وبنت وأخ شقيق. من هم الورثة؟",
        ["الزوجة والأخ الشقيق", "الزوجة والابنان والبنت", "الأخ الشقيق", "الابنان والأخ الشقيق"],
        1,
    ),
    ("توفي عن زوجة وابن وبنت وترك 24000 ريال. ما نصيب الزوجة من التركة؟", ["3000 ريال", "6000 ريال", "4000 ريال"], 0),
    (
        "توفي عن زوجة وابن وأم. ما هو النصيب النهائي لكل وارث من التركة؟",
        [
            "الزوجة: الربع، الأم: السدس، الابن: الباقي",
            "الزوجة: الثمن، الأم: السدس، الابن: الباقي",
            "الزوجة: الثمن، الأم: الثلث، الابن: الباقي",
        ],
        1,
    ),
    (
        "توفي عن زوجة وابنين وأم. كم عدد الأسهم لكل وارث من التركة؟",
        ["الزوجة: 6 أسهم، الأم: 8 أسهم، كل ابن: 17 سهما", "الزوجة: 3 أسهم، الأم: 4 أسهم، كل ابن: 17 سهما"],
        0,
    ),
    ("توفي عن زوجة حامل وأم وابن. ما نصيب الأم؟", _SHARES, 3),
    ("توفي عن أم وبنت، ولا وارث غيرهما. ما نصيب البنت؟", ["ثلاثة أرباع", "ثلث", "ربع"], 0),
]


@pytest.mark.parametrize(("question", "options", "right"), QUESTIONS)
def test_the_computed_option_is_chosen(question: str, options: list[str], right: int) -> None:
    choice = choose(question, [f"{'ABCDEF'[at]}) {option}" for at, option in enumerate(options)], school="hanbali")
    assert (choice.answer, choice.reason) == (right, "computed")


@pytest.mark.parametrize(
    ("question", "options", "reason"),
    [
        ("ما حكم بيع العقار قبل القسمة؟", ["يجوز", "لا يجوز"], "no heirs read"),
        ("توفي عن زوجة وابن. هل يجوز بيع البيت؟", ["نعم", "لا"], "what is asked is not about shares"),
        ("توفي عن زوجة وابن قتل أباه. ما نصيب الزوجة؟", _SHARES, "circumstances that the story leaves open"),
        ("توفي عن زوجة وابن. ما نصيب الزوجة إذا كانت كتابية؟", _SHARES, "circumstances that the story leaves open"),
        ("توفي عن زوجة وأخ. ما نصيب الأخ؟", _SHARES, "the story leaves it open"),
        ("توفي عن زوجة. ما نصيب الزوجة؟", _SHARES, "too little of the story is understood"),
        ("توفي عن زوجة وابن. ما نصيب الزوجة؟", ["النصف", "الثلث"], "no option matches"),
        ("توفي عن زوجة وخمس زوجات وابن. ما نصيب الابن؟", _SHARES, "no such case"),
        ("توفي عن زوجة وبنات وعم شقيق. كم عدد أسهم كل بنت؟", ["4", "8", "16", "48"], "the story leaves it open"),
    ],
)
def test_no_option_is_chosen_for_a_reason(question: str, options: list[str], reason: str) -> None:
    choice = choose(question, options, school="hanbali")
    assert (choice.answer, choice.reason) == (None, reason)


def test_where_two_options_are_right_none_is_chosen() -> None:
    assert choose("توفي عن زوجة وابن. ما نصيب الزوجة؟", ["الثمن", "1/8"], school="hanbali").answer is None


def test_an_option_about_everyone_holds_only_where_all_of_it_does() -> None:
    division = solve(Case(True, {"W": 1, "S": 1}, "hanafi"))
    assert says_all(read_option("الزوجة: 1/8، الابن: 7/8"), division, estate=None, strict=True, lots=False) is not None
    assert says_all(read_option("الزوجة: 1/8، الابن: 1/8"), division, estate=None, strict=True, lots=False) is None
    assert says_all(read_option("كلام آخر"), division, estate=None, strict=True, lots=False) is None
