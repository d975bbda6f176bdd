"""Questions about estates that no arithmetic answers: the option that a named ruling says, or none."""

from __future__ import annotations

import pytest

from rag.islamic.inheritance.choice.choose import choose
from rag.islamic.inheritance.choice.rulings import rulings
from rag.islamic.inheritance.talk.answering import answer

_STORY = "توفي عن زوجة وثلاثة أبناء وبنت. "

RULED = [
    ("متى تُقضى ديون الميت بالنسبة إلى قسمة تركته؟", ["بعد قسمة التركة", "قبل قسمة التركة", "لا تقضى"], 1, "debts_first"),
    ("هل يجوز تقسيم التركة قبل سداد ديون صاحبها؟", ["نعم، يجوز", "لا، لا يجوز"], 1, "debts_before_division"),
    ("هل يلزم الورثة سداد دين أبيهم من مالهم الخاص؟", ["نعم، يلزمهم", "لا يلزمهم ذلك"], 1, "debts_not_of_heirs"),
    ("ما أقصى ما تلزم به الوصية لأجنبي؟", ["نصف المال", "ثلث المال", "المال كله"], 1, "bequest_limit"),
    ("أوصى بأكثر من ثلث ماله، فما حكم الزيادة في الوصية؟", ["تنفذ", "تبطل", "تتوقف على إجازة الورثة"], 2, "bequest_beyond"),
    ("ما حكم الوصية لوارث؟", ["صحيحة ونافذة", "لا تصح إلا إذا أجازها الورثة", "تصح إن كان فقيرا"], 1, "bequest_to_heir"),
    ("هل يرث من قتل مورثه عمدا؟", ["نعم، يرث", "لا يرث شيئا"], 1, "killer"),
    ("هل بين المسلم وأبيه الكافر توارث؟", ["نعم، بينهما توارث", "لا توارث بينهما"], 1, "faith"),
    ("هل يرث الكافل من ربّاه من الأيتام؟", ["نعم، كالأب", "لا يرثه"], 1, "not_by_blood"),
    (_STORY + "هل يمنع جنون أحد الأبناء حقه في الميراث؟", ["نعم، يمنعه", "لا يمنعه"], 1, "no_bar"),
    ("هل يرث العاق أباه؟", ["يرث كغيره", "لا يرث", "يرث إذا تاب"], 0, "undutiful"),
    (_STORY + "هل يجوز للابن الأكبر أن يستأثر بالتركة دون إخوته؟", ["نعم، يجوز", "لا يجوز له"], 1, "no_exclusion"),
    (_STORY + "هل يحق للبنت المطالبة بنصيبها؟", ["نعم، يحق لها", "لا يحق لها", "لها ذلك فقط بإذن إخوتها"], 0, "demand"),
    (
        _STORY + "ما حكم بيت لا يمكن قسمته إلا بضرر؟",
        ["يباع ويقسم ثمنه", "يبقى على حاله", "يأخذه أكبرهم"],
        0,
        "sale",
    ),
    (_STORY + "من يملك البيت الذي تركه؟", ["الابن الأكبر فقط", "جميع الورثة", "الزوجة وحدها"], 1, "owners"),
    ("متى ينتقل المال إلى الورثة؟", ["بعد وفاة المورث", "قبل وفاته", "بعد بلوغهم"], 0, "when"),
    ("ما حكم التنازل عن الميراث في حياة الأب؟", ["صحيح نافذ", "باطل لا يصح"], 1, "too_early"),
    ("بنى بيتا من ماله الخاص، فهل يعتبر من التركة؟", ["نعم، يعتبر من التركة", "لا، لا يعتبر من التركة"], 1, "own_property"),
    ("ما حكم ما وهبه في مرض الموت لأخيه؟", ["هبة ماضية", "في حكم الوصية", "دين عليه"], 1, "gift_in_illness"),
    ("ماذا يفعل الورثة بالفوائد الربوية؟", ["تقسم بينهم", "تصرف في مصالح المسلمين"], 1, "interest"),
    ("ادعى أحدهم دينا على الميت، فما المطلوب منه؟", ["أن يقيم البينة", "أن يصبر", "لا شيء مما سبق"], 0, "proof"),
    ("إلى من يذهب المال حسب مذهب الحنابلة إذا لم يوجد وارث؟", ["بيت المال", "ذوي الأرحام"], 1, "kindred"),
    ("ما موانع الإرث؟", ["الفقر والجهل", "الرق والقتل واختلاف الدين"], 1, "bars"),
]


@pytest.mark.parametrize(("question", "options", "right", "name"), RULED)
def test_the_option_that_a_ruling_says_is_chosen(question: str, options: list[str], right: int, name: str) -> None:
    choice = choose(question, options, school="hanbali")
    assert (choice.answer, choice.reason, choice.ruling and choice.ruling.name) == (right, "ruled", name)


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("هل يرث من قتل مورثه عمدا؟", ["لا يرث", "ليس وارثا، لا يرث", "نعم"]),
        (_STORY + "هل يجوز حرمان البنت من الميراث؟", ["نعم", "لا يجوز", "لا يجوز إلا برضاها"]),
        ("متى ينتقل المال إلى الورثة؟", ["يوم الجمعة", "في رمضان"]),
        ("ما لون البيت؟", ["أبيض", "أسود"]),
    ],
)
def test_where_options_leave_it_open_no_ruling_chooses(question: str, options: list[str]) -> None:
    choice = choose(question, options, school="hanbali")
    assert (choice.answer, choice.ruling) == (None, None)


def test_what_can_be_computed_is_not_left_to_a_ruling() -> None:
    choice = choose("توفي عن زوجة وابن. ما نصيب الزوجة؟", ["الثمن", "القسمة الشرعية"], school="hanbali")
    assert (choice.reason, choice.ruling) == ("computed", None)


def test_every_ruling_is_named_once_worded_and_sourced() -> None:
    names = [ruling.name for ruling in rulings()]
    assert len(names) == len(set(names))
    assert all(ruling.text.en.endswith(".") and ruling.text.ar.endswith(".") and ruling.source for ruling in rulings())


def test_in_a_talk_the_ruling_is_told_with_its_source() -> None:
    question = "توفي رجل عن زوجة وابنين وبنت. هل يجوز للابن أن يستأثر بالتركة دون أخته؟\nأ) نعم، يجوز\nب) لا يجوز"
    reply = answer([question], language="ar")
    assert reply is not None
    assert reply.answered
    assert "ليس لأحد من الورثة أن يستأثر" in reply.text
    assert "القرآن" in reply.text
