"""Talks about estates over several turns."""

from __future__ import annotations

import time

import pytest

from rag.islamic.inheritance.schools import SchoolName
from rag.islamic.inheritance.talk.answering import Reply, answer
from rag.islamic.inheritance.talk.turns import adds_to_an_estate, tells_an_estate


def _reply(*turns: str, schools: tuple[SchoolName, ...] = (), language: str = "ar") -> Reply:
    reply = answer(turns, schools=schools, language=language)  # type: ignore[arg-type]
    assert reply is not None
    return reply


def _shares(reply: Reply, number: int = 0) -> dict[str, str]:
    return {share["heir"]: share["fraction"] for share in reply.data["inheritance"][number]["shares"]}


def test_a_whole_story_is_shown_as_understood_and_then_divided() -> None:
    reply = _reply("توفي رجل وترك زوجة وابنين وثلاث بنات")
    assert reply.answered
    assert reply.text.index("فهمت المسألة هكذا") < reply.text.index("| الزوجة | 1/8 |")
    assert _shares(reply) == {"wife": "1/8", "son": "1/2", "daughter": "3/8"}


def test_where_the_schools_agree_this_is_said_and_one_table_shown() -> None:
    text = _reply("توفي رجل عن زوجة وابن").text
    assert "اتفقت المذاهب الأربعة" in text
    assert text.count("| الزوجة |") == 1


def test_where_the_schools_differ_each_result_is_shown_once() -> None:
    reply = _reply("توفيت امرأة عن زوج وأم وجد وأخت شقيقة")
    assert reply.text.count("| الجد (أبو الأب) |") == 2
    assert len(reply.data["inheritance"]) == 4


def test_a_school_that_is_named_or_chosen_is_the_only_one() -> None:
    assert len(_reply("توفيت امرأة عن زوج وأم وجد وأخت شقيقة على المذهب الحنفي").data["inheritance"]) == 1
    assert len(_reply("توفيت امرأة عن زوج وأم وجد وأخت شقيقة", schools=("maliki",)).data["inheritance"]) == 1


def test_a_brother_of_unknown_kind_is_asked_about_and_the_answer_settles_it() -> None:
    asked = _reply("مات رجل وترك زوجة وأخ")
    assert not asked.answered
    assert "الأخ الشقيق أم الأخ لأب أم الأخ لأم" in asked.text
    assert _shares(_reply("مات رجل وترك زوجة وأخ", "أخ لأم")) == {"wife": "1/4", "maternal_brother": "3/4"}


def test_numbers_that_are_not_told_are_asked_for_and_then_taken() -> None:
    asked = _reply("مات رجل وترك زوجة وأبناء وبنات")
    assert "كم عدد" in asked.text
    assert _shares(_reply("مات رجل وترك زوجة وأبناء وبنات", "ابنان وثلاث بنات"))["son"] == "1/2"


def test_children_of_unknown_sex_are_asked_about() -> None:
    asked = _reply("He died leaving a wife and children", language="en")
    assert "how many are sons and how many are daughters" in asked.text
    assert _shares(_reply("He died leaving a wife and children", "two sons and one daughter", language="en")) == {
        "wife": "1/8",
        "son": "7/10",
        "daughter": "7/40",
    }


def test_what_makes_no_difference_is_not_asked() -> None:
    reply = _reply("A man died leaving a wife, a son and a brother", language="en")
    assert reply.answered
    assert "makes no difference" in reply.text


def test_an_open_divorce_is_asked_about() -> None:
    assert not _reply("مات وخلا مراتو المطلقة وولد وبنت").answered


def test_an_unborn_child_gives_ranges() -> None:
    reply = _reply("توفي عن زوجة حامل وأب", schools=("hanafi",))
    assert "الموقوف: 17/24" in reply.text


def test_a_multiple_choice_question_is_answered_by_its_letter() -> None:
    reply = _reply("توفي عن: أم، بنت، زوجة. ما نصيب الزوجة؟\nA) السدس\nB) الثمن\nC) الربع")
    assert reply.data["choice"] == "B"


def test_no_option_is_chosen_where_none_is_right() -> None:
    reply = _reply("توفي عن: أم، بنت، زوجة. ما نصيب الزوجة؟\nA) السدس\nB) الثلث\nC) الربع")
    assert not reply.answered


def test_money_is_divided_too() -> None:
    reply = _reply("توفي رجل عن زوجة وابن وترك مبلغ 8000 ريال", schools=("hanafi",))
    assert reply.data["inheritance"][0]["shares"][0]["amount"] == 1000


@pytest.mark.parametrize(
    "text", ["ما حكم الصيام", "هل يرث الحفيد من جده؟", "How do I tell my daughter her grandmother died?", "", "والد ووالدة"]
)
def test_other_prompts_tell_no_estate(text: str) -> None:
    assert not tells_an_estate(text)
    assert answer([text], language="ar") is None


@pytest.mark.parametrize(("text", "adds"), [("شقيق", True), ("ثلاثة", True), ("المذهب الشافعي", True), ("شكرا جزيلا", False), ("", False)])
def test_short_answers_add_to_an_estate(text: str, adds: bool) -> None:
    assert adds_to_an_estate(text) is adds


@pytest.mark.parametrize(
    "text",
    [
        "مات وترك " + "اخ " * 1300,
        "a man died leaving " + "brother's " * 400,
        "مات وترك " + "(" * 3900,
        "مات " * 1000 + "وترك زوجة وابنا",
        "\u064b" * 4000,
    ],
    ids=["brothers of brothers", "in English", "brackets", "deaths", "marks"],
)
def test_a_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    begun = time.process_time()
    for _ in range(3):
        answer([text], language="ar")
    long = time.process_time() - begun
    begun = time.process_time()
    for _ in range(3):
        answer(["توفي رجل عن زوجة وابنين وبنت وأم وأب، فما نصيب كل وارث؟ " * 40], language="ar")
    assert long < 40 * (time.process_time() - begun)


def test_a_later_turn_closes_what_is_open_and_says_nothing_of_others() -> None:
    assert "الأخت الشقيقة (3)" in _reply("ماتت عمتي وتركت أخوين وأخوات وزوجًا", "شقايق، أخوين وثلاث أخوات").text
    assert "الأخت (؟)" in _reply("توفي رجل وترك زوجة وأخوات وأولادا", "ولدين وثلاث بنات").text


def test_who_tells_the_story_is_asked_who_he_is() -> None:
    story = "My mother died and left my father, my sister and me."
    asked = _reply(story, language="en")
    assert not asked.answered
    assert "Are you the deceased's son or daughter?" in asked.text
    assert _shares(_reply(story, "I am her son", language="en")) == {"husband": "1/4", "son": "1/2", "daughter": "1/4"}


def test_an_estate_and_debts_may_be_told_later() -> None:
    reply = _reply("A man died leaving a wife and two sons", "What if the estate is worth 90,000 and he owed 10,000?", language="en")
    assert "debts, taken off first: 10,000" in reply.text
    assert "10,000.00" in reply.text
    arabic = _reply("توفي رجل عن زوجة وابنين وترك 2000 دينار و300 دونم")
    assert "التركة: 2,000" in arabic.text
    assert "الديون" not in arabic.text.split("|")[0]


def _held(reply: Reply) -> dict[str, str]:
    return {holder["label"]: holder["fraction"] for holder in reply.data["inheritance"][0]["succession"]["holders"]}


@pytest.mark.parametrize(
    ("turns", "language", "held"),
    [
        (
            ["توفيت عن ابنين وبنت", "وإذا مات واحد من الأبناء بعدها وخلف ولدا وبنتا؟"],
            "ar",
            {"son": "2/5", "daughter": "1/5", "2.son": "4/15", "2.daughter": "2/15"},
        ),
        (
            ["مات رجل وترك زوجة وابنا وبنتا ثم ماتت الزوجة عن ابنها وبنتها"],
            "ar",
            {"son": "7/12", "daughter": "7/24", "2.son": "1/12", "2.daughter": "1/24"},
        ),
        (
            ["a man died leaving a wife and two sons, then the wife died leaving a father and two sons"],
            "en",
            {"son": "7/8", "2.father": "1/48", "2.son": "5/48"},
        ),
        (
            ["توفي رجل عن زوجة وابنين، ثم توفي أحد الابنين عن بنت وأمه وأخيه"],
            "ar",
            {"wife": "1/8", "son": "7/12", "2.daughter": "7/32", "2.mother": "7/96"},
        ),
        (
            ["توفي رجل عن ثلاثة أبناء وبنتين، ثم توفي أحد الأبناء عن زوجة وبنتين وأخويه وأختيه"],
            "ar",
            {"son": "77/144", "daughter": "77/288", "2.wife": "1/32", "2.daughter": "1/6"},
        ),
    ],
)
def test_a_later_death_is_divided_where_it_is_plainly_told(turns: list[str], language: str, held: dict[str, str]) -> None:
    reply = _reply(*turns, language=language)
    assert reply.answered
    assert _held(reply) == held


@pytest.mark.parametrize(
    "turns",
    [
        ["توفي رجل عن زوجة وابنين، ثم توفي أحد الابنين قبل القسمة عن بنت"],
        ["توفيت امرأة عن ابنين، ثم توفي أحد الابنين عن بنت وأخيه"],
        ["توفي رجل عن زوجة وابنين", "ثم ماتت الزوجة عن أب"],
        ["توفي رجل عن زوجة وابنين، وبعد شهر توفيت الزوجة وليس لها إلا أولادها"],
        ["توفي رجل عن زوجة وابنين ثم مات العم عن بنت"],
    ],
    ids=["heirs of the first left out", "open kind", "sons left out", "nobody named", "no heir"],
)
def test_a_later_death_that_is_not_plain_is_refused_by_name(turns: list[str]) -> None:
    reply = _reply(*turns)
    assert not reply.answered
    assert "مناسخة" in reply.text


@pytest.mark.parametrize(
    ("told", "estate", "share"),
    [
        ("مات رجل وترك زوجة وابنا وأوصى بالثلث للمسجد والتركة 90000 ريال", "90,000", "7,500.00"),
        ("اتوفى راجل وساب مراته وولدين وكان موصي بعشرة آلاف للجامع والتركة مية ألف", "100,000", "11,250.00"),
        ("توفي رجل عن زوجة وابن والتركة 90000 ريال وأوصى بنصف ماله لصديقه", "90,000", "7,500.00"),
        ("توفي رجل عن زوجة وابن والتركة 80000 ريال وأوصى بنصف ماله لصديقه بإجازة الورثة", "80,000", "5,000.00"),
        ("توفي رجل عن زوجة وابن والتركة 80000 ريال وأوصى بالربع لابنه", "80,000", "10,000.00"),
        ("توفي رجل عن زوجة وابن والتركة 80000 ريال وأوصى بالربع لأخيه", "80,000", "7,500.00"),
        ("توفي رجل عن زوجة وابن والتركة 80000 ريال وأوصى بـ 25% للفقراء", "80,000", "7,500.00"),
        ("توفي رجل عن زوجة وابن وأوصى بخمس ماله للفقراء وعليه دين 10 آلاف والتركة 110 آلاف", "110,000", "10,000.00"),
        ("مات رجل وأوصى لجارنا بعشرة آلاف وترك زوجة وابنا والتركة مئة ألف", "100,000", "11,250.00"),
        ("توفي رجل عن زوجة وابن والتركة 80000 ريال وأوصى لابنه بالربع", "80,000", "10,000.00"),
        ("توفي رجل عن زوجة وابن وأوصى لجاره بالثلث والتركة 96000 ريال", "96,000", "56,000.00"),
        ("مات وترك زوجة وابنا وأوصى بـ 10 آلاف لخادمه و6 آلاف لجاره والتركة 100 ألف", "100,000", "10,500.00"),
        ("مات وترك زوجة وابنا وأوصى لخادمه بالسدس ولجاره بالسدس والتركة 96000", "96,000", "8,000.00"),
    ],
    ids=[
        "a third",
        "a sum in dialect",
        "cut to a third",
        "with consent",
        "to an heir",
        "to kin who is blocked",
        "per cent",
        "behind debts",
        "to whom first",
        "to an heir first",
        "a third behind a son, who is one",
        "two sums",
        "two parts",
    ],
)
def test_bequests_come_before_the_heirs(told: str, estate: str, share: str) -> None:
    reply = _reply(told)
    assert reply.answered
    assert f"التركة: {estate}" in reply.text
    assert f"| {share} |" in reply.text


@pytest.mark.parametrize("told", ["وأوصى لابنه بشيء", "وأوصى بربع ماله لأمه", "وله وصية"])
def test_a_bequest_that_is_not_plain_is_refused_by_name(told: str) -> None:
    reply = _reply(f"مات رجل وترك زوجة وابنا {told}")
    assert not reply.answered
    assert "لم أتبيّن الوصية" in reply.text


def test_debts_told_before_the_estate_are_not_taken_for_it() -> None:
    assert "التركة: 200,000، والديون وتُخصم أولًا: 20,000" in _reply("مات رجل وساب مراته وابنه وعليه دين 20 ألف والتركة 200 ألف").text


@pytest.mark.parametrize(
    ("told", "language", "money"),
    [
        ("توفي رجل وعليه دين للبنك 5000 ودين لجاره 3000 وترك زوجة وابنين والتركة 100000", "ar", "100,000، والديون وتُخصم أولًا: 8,000"),
        ("مات وترك زوجة وبنتا وعما شقيقا وترك 300 ألف وبيتا بقيمة 200 ألف", "ar", "التركة: 500,000."),
        (
            "مات وترك زوجة وابنا، والتركة بيت بمليون ومزرعة بنص مليون وعليه قرض 100 ألف للبنك و20 ألف لأخيه",
            "ar",
            "1,500,000، والديون وتُخصم أولًا: 120,000",
        ),
        ("مات وترك زوجة وثلاثة أبناء و90 ألفا", "ar", "التركة: 90,000."),
        ("مات وترك زوجة وابنا والتركة مليون ونصف ريال، وعليه ديون 20 ألف منها دين للبنك 15 ألف", "ar", "وتُخصم أولًا: 20,000"),
        ("مات وترك زوجة وابنا والتركة 100 ألف ومصاريف الجنازة 4000", "ar", "التركة: 100,000. ومؤن التجهيز، وتُقدَّم على غيرها: 4,000."),
        (
            "A man died leaving a wife and a son. Estate is $240,000, debts of $20,000 and $4,000 funeral",
            "en",
            "240,000; debts, taken off first: 20,000. The funeral, paid before all else: 4,000.",
        ),
        ("He died without a will leaving a wife and two sons and 90000 dollars", "en", "The estate: 90,000."),
    ],
)
def test_all_sums_of_what_was_left_and_owed_are_read(told: str, language: str, money: str) -> None:
    assert money in _reply(told, language=language).text


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("توفيت امرأة عن زوجها فقط", True),
        ("توفي رجل وترك ابنا", True),
        ("مات أبي وترك أمي، كم نصيبها؟", True),
        ("توفيت عن زوج مسيحي وابن", True),
        ("توفي ولم يترك إلا ابنة عمة وخالا", True),
        ("A woman died leaving a son.", True),
        ("توفي والدي وترك 3 بيوت و4 أبناء و200 ألف ريال", True),
        ("مات أبي وترك أمي وحيدة حزينة", False),
        ("My father died and left my mother with many memories", False),
    ],
)
def test_one_heir_alone_is_heard_where_his_share_is_meant(text: str, *, tells: bool) -> None:
    assert tells_an_estate(text) is tells


@pytest.mark.parametrize(
    ("told", "language", "spouse"),
    [
        ("زوجي مات وماعنده عيال، عنده أمه وأخوه الشقيق وأنا. كم لي؟", "ar", "wife"),
        ("زوجي مات وترك ابنين وأما", "ar", "wife"),
        ("My husband died leaving two sons and his mother", "en", "wife"),
        ("my wife passed away; she left her father and one daughter", "en", "husband"),
    ],
)
def test_a_widow_or_widower_who_tells_it_is_an_heir(told: str, language: str, spouse: str) -> None:
    shares = _shares(_reply(told, language=language))
    assert spouse in shares
    assert "daughter" in shares or "son" in shares or "full_brother" in shares


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ("زوجتي ماتت وهي مطلقة مني من سنة وتركت ابنا وأما", "ar"),
        ("طليقتي توفيت وتركت ابنا وأما", "ar"),
        ("زوجي مات وكنا منفصلين بالطلاق البائن وترك ابنين وأما", "ar"),
        ("زوجي مات وكنت قد خلعته وترك ابنين وأما", "ar"),
        ("زوجي مات وكان قد طلقني وترك ابنين وأما", "ar"),
        ("My ex-husband died leaving two sons and his mother", "en"),
        ("My husband died after our divorce was final leaving two sons and his mother", "en"),
    ],
)
def test_who_was_divorced_from_the_deceased_is_not_taken_for_an_heir(told: str, language: str) -> None:
    assert not _reply(told, language=language).answered


def test_two_brothers_in_one_word_are_two() -> None:
    assert _shares(_reply("مات وترك أخويه الشقيقين وأمه")) == {"full_brother": "5/6", "mother": "1/6"}


def test_who_is_barred_is_shown_with_the_case() -> None:
    assert "لا يرث، لوصفٍ يمنع من الإرث: الابن." in _reply("مات عن ابن قاتل وأخ شقيق وأم").text


def test_a_number_is_corrected_behind_its_question() -> None:
    assert "البنت (3)" in _reply("واحد مات وساب مراته وبنتين واخته من ابوه", "هم كام بنت؟ 3 مش 2").text


def test_who_died_in_the_same_accident_is_no_heir() -> None:
    reply = _reply("A man died in the same car crash as his son. He left a wife, daughter and father", language="en")
    assert not reply.answered


def test_a_will_is_heard_in_english() -> None:
    reply = _reply("a man dies leaving a wife and a son and has a will giving 10% to charity", language="en")
    assert "1/10" in reply.text
    assert not _reply("a man died leaving a wife and a son. his will is complicated", language="en").answered


def test_no_bequest_is_none() -> None:
    assert _reply("مات وترك زوجة وابنا ولم يوص بشيء").answered
    assert _reply("مات وترك زوجة وابنا بدون وصية").answered


@pytest.mark.parametrize(
    ("told", "language", "row"),
    [
        ("مات رجل عن زوجة وبنت وابن مفقود", "ar", "| البنت | 7/24 | 7/8 | 7/24 |"),
        ("توفي رجل عن أخ شقيق وأم وزوجة وثلاث أخوات شقيقات. الزوجة مفقودة", "ar", "| الأخ الشقيق | 7/30 | 1/3 | 7/30 |"),
        ("a man died leaving a wife, a daughter and a missing son", "en", "| daughter | 7/24 | 7/8 | 7/24 |"),
        ("a man died leaving a wife, a daughter and a son who is missing", "en", "| daughter | 7/24 | 7/8 | 7/24 |"),
        ("توفي رجل وزوجته وابنه في حادث وترك بنتا وأخا شقيقا", "ar", "| البنت | 1/2 | 1/2 | 1/2 |"),
        ("مات رجل وابنه معا في حادث سيارة ولا يعلم أيهما مات أولا وترك زوجة وبنتا وأخا شقيقا", "ar", "| البنت | 1/2 | 1/2 | 1/2 |"),
        (
            "a man and his son died together in a car accident; he left a wife, a daughter and a full brother",
            "en",
            "| daughter | 1/2 | 1/2 | 1/2 |",
        ),
    ],
)
def test_the_missing_and_who_died_together_are_weighed(told: str, language: str, row: str) -> None:
    reply = _reply(told, schools=("hanafi",), language=language)
    assert reply.answered
    assert row in reply.text


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ("مات رجل عن زوجة وبنت وأبناء أحدهم مفقود", "المفقود"),
        ("توفي رجل عن زوجة وابن، وماتوا جميعا في حادث واحد", "ماتوا معًا"),
        ("توفي رجل وأولاده في حادث وترك زوجة وأبا", "ماتوا معًا"),
        ("توفي عن زوجة وخنثى وابن", "خنثى"),
    ],
)
def test_what_is_not_followed_beside_the_heirs_is_refused_by_name(told: str, named: str) -> None:
    reply = _reply(told)
    assert not reply.answered
    assert named in reply.text


@pytest.mark.parametrize(
    ("turns", "shares"),
    [
        (["مات وترك زوجة وثلاث بنات", "وأخ شقيق", "والتركة 90 ألف"], {"wife": "1/8", "daughter": "2/3", "full_brother": "5/24"}),
        (["مات وترك زوجة وابنين وبنت", "نسيت أقول وأمه كمان"], {"wife": "1/8", "son": "17/30", "daughter": "17/120", "mother": "1/6"}),
        (["توفي وترك زوجة وثلاث بنات وأخا شقيقا", "هن بنتين مو ثلاث"], {"wife": "1/8", "daughter": "2/3", "full_brother": "5/24"}),
        (["مات وترك زوجة وأخت", "لأب"], {"wife": "1/4", "paternal_sister": "3/4"}),
        (["توفي رجل عن زوجة حامل وأب", "ولدت ولد"], {"wife": "1/8", "father": "1/6", "son": "17/24"}),
        (["a man died leaving 3 daughters and a son", "and his wife too"], {"wife": "1/8", "daughter": "21/40", "son": "7/20"}),
    ],
)
def test_a_case_is_told_over_several_turns(turns: list[str], shares: dict[str, str]) -> None:
    assert _shares(_reply(*turns, language="ar")) == shares


def test_who_is_named_again_with_another_number_is_asked_about() -> None:
    reply = _reply("مات وترك زوجة وثلاث بنات", "وخمس بنات")
    assert not reply.answered
    assert "بعدد آخر: البنت" in reply.text


def test_who_is_asked_about_and_was_not_named_is_told_to_be_missing_from_the_case() -> None:
    assert not _reply("مات وترك زوجة وثلاث بنات", "وكم نصيب الأم؟").answered
    assert _reply("مات وترك زوجة وثلاث بنات", "وكم نصيب الزوجة؟").answered


@pytest.mark.parametrize(
    "other",
    [
        "5 كيلو كم جرام",
        "اكتب لي قصيدة من 4 أبيات عن الأم",
        "what are 3 good books about mothers",
        "عندي 3 أسئلة عن الصلاة",
        "write a poem about my mother",
        "كم عدد سور القرآن",
        "اقترح 3 أسماء لبنت",
    ],
)
def test_a_turn_with_a_number_or_kin_in_it_may_be_about_something_else(other: str) -> None:
    assert not adds_to_an_estate(other)


@pytest.mark.parametrize(("told", "wives"), [("رجعي وهي بالعدة", "الزوجة (2)"), ("بائن من زمان", "الزوجة،")])
def test_what_a_divorce_was_is_taken_from_the_next_turn(told: str, wives: str) -> None:
    story = "واحد مات وعنده مرتين وخمس صبيان وبنتين، مرته الثانية كان مطلقها"
    assert not _reply(story).answered
    assert adds_to_an_estate(told)
    reply = _reply(story, told)
    assert reply.answered
    assert wives in reply.text


def test_children_without_a_number_are_asked_about_also_after_a_divorce_was_told() -> None:
    reply = _reply("توفي رجل عن أولاد وبنت، وزوجته كان مطلقها", "بائن من زمان")
    assert not reply.answered
    assert "الزوجة" not in reply.text


def test_a_sum_is_found_behind_another_number() -> None:
    assert (
        "التركة: 260,000، والديون وتُخصم أولًا: 20,000"
        in _reply("مات راجل وساب مراته وأمه وابن واحد وبنتين وعليه دين 20 ألف وساب 260 ألف جنيه").text
    )


_NIECE = "ماتت وحدة وتركت زوجها وبنتها واخوها الشقيق وبنت اخوها"


@pytest.mark.parametrize(
    "why",
    [
        "وليش ما ورثت بنت اخوها؟",
        "طيب مين حجب بنت أخوها؟",
        "ولماذا لم ترث؟",
        "وعلاش ما ورثات والو؟",
        "من حجب بنت الأخ؟",
        "من الذي حجبها؟",
        "ليه مورثتش؟",
        "إيش السبب إنها ما ورثت؟",
        "لِمَ لا ترث بنتُ الأخ؟",
        "ليش بنت اخوها محجوبة؟",
    ],
)
def test_why_somebody_has_nothing_is_answered_from_the_proof_alone(why: str) -> None:
    assert adds_to_an_estate(why)
    reply = _reply(_NIECE, why)
    assert reply.answered
    assert "بنت الأخ الشقيق: لا شيء؛ لا يرث ذوو الأرحام مع البنت، الأخ الشقيق" in reply.text
    assert "|" not in reply.text


def test_why_somebody_has_a_share_is_answered_by_its_rule() -> None:
    assert "الزوج: 1/4؛ الربع لوجود الفرع الوارث" in _reply(_NIECE, "ليه جوزها أخد الربع؟").text


@pytest.mark.parametrize("why", ["ليه نصيبها الربع؟", "من يرث؟", "Who inherits?"])
def test_where_nobody_is_named_and_nothing_denied_why_is_answered_of_all_shares(why: str) -> None:
    assert adds_to_an_estate(why)
    reply = _reply(_NIECE, why, schools=("hanafi",))
    assert "الزوج: 1/4؛" in reply.text
    assert "البنت: 1/2؛" in reply.text
    assert "لا شيء" not in reply.text


def test_why_is_answered_once_for_the_schools_that_agree() -> None:
    reply = _reply("A man died leaving a paternal grandfather and a full brother", "Why did the brother get nothing?", language="en")
    assert "**By the Hanafi:**\n\nfull brother: nothing; excluded by paternal grandfather" in reply.text
    assert "**By the Maliki, Shafi'i, Hanbali:**\n\nfull brother: 1/2" in reply.text


def test_why_is_not_answered_of_who_is_not_there() -> None:
    assert "ليس بين المذكورين" in _reply(_NIECE, "ليش ما ورث عمها؟").text
    assert (
        "Everyone named in the case has a share"
        in _reply("A man died leaving a wife and a son", "Who inherits nothing?", language="en").text
    )


def test_siblings_of_whom_the_sex_is_not_told_are_asked_about() -> None:
    story = "مات وساب مراته واخواته"
    asked = _reply(story)
    assert not asked.answered
    assert "كم عدد الذكور وكم عدد الإناث من الإخوة" in asked.text
    assert _shares(_reply(story, "ولدين وبنت أشقاء")) == {"wife": "1/4", "full_brother": "3/5", "full_sister": "3/20"}
    assert not _reply(story, "ولدين وبنت").answered


def test_siblings_who_take_nothing_are_not_asked_about() -> None:
    assert _reply("مات وساب مراته وابنه واخواته").answered


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ("a great-nephew", "a great-nephew"),
        ("a great niece and a niece", "a great niece"),
        ("two grand-nephews", "two grand-nephews"),
        ("a grandnephew", "a grandnephew"),
        ("a son of a cousin", "a son of a cousin"),
        ("his great-grandsons", "his great-grandsons"),
    ],
)
def test_kin_whose_word_does_not_place_them_are_refused_by_name(told: str, named: str) -> None:
    reply = _reply(f"A man died leaving a wife, {told} and a mother", language="en")
    assert not reply.answered
    assert f"how they are kin: {named}. Please" in reply.text


def test_kin_who_are_not_placed_hold_nothing_up_where_they_are_not_left_or_died() -> None:
    assert _reply("A man died leaving a wife, no cousins, and two sons", language="en").answered
    assert _reply("My great-uncle died leaving a wife, his late cousin and two sons", language="en").answered


def test_grand_is_heard_where_it_stands_apart_and_great_where_it_praises() -> None:
    assert "son of the son ×2" in _reply("A man died leaving a wife and 2 grand sons", language="en").text
    assert "heirs: wife, son ×2" in _reply("My great father died leaving my mother and two sons", language="en").text


@pytest.mark.parametrize(
    "other",
    [
        "Who got the Nobel prize?",
        "ليش أخذوا منا الضريبة؟",
        "من فاز بكأس العالم؟",
        "من أخذ كأس العالم؟",
        "Why is the sky blue?",
        "Why is my account blocked?",
        "Who was left out of the squad?",
        "Why was he excluded?",
        "ليش حجبوا تويتر؟",
    ],
)
def test_another_question_after_an_estate_is_left_to_others(other: str) -> None:
    assert not adds_to_an_estate(other)


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ("توفي أبي وترك أمي وأنا وأختي", "ar"),
        ("مات أبي وأنا وأختي وأمي ورثته", "ar"),
        ("My father died leaving my mother, my sister and I", "en"),
    ],
)
def test_who_tells_the_story_is_not_left_out_beside_kin_of_his(told: str, language: str) -> None:
    reply = _reply(told, language=language)
    assert not reply.answered
    assert {"ar": "وأنت: الابن أم البنت", "en": "Are you"}[language] in reply.text


def test_who_says_whose_child_he_is_stands_there_once() -> None:
    assert _shares(_reply("توفي أبي وترك أمي وأنا ولده الوحيد")) == {"wife": "1/8", "son": "7/8"}


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ("توفي رجل عن زوجة وابن وتوفي الابن عن بنت", "ar"),
        ("توفي رجل عن أخ وأخت شقيقين وتوفيت أخته بعده وما تركت أحدا", "ar"),
        ("A man died leaving a wife and a son. The wife died leaving a mother.", "en"),
    ],
)
def test_whom_another_one_left_are_no_heirs_of_the_first(told: str, language: str) -> None:
    assert not _reply(told, language=language).answered


def test_a_death_after_the_first_is_heard_without_then() -> None:
    reply = _reply("توفيت امرأة عن زوج وأخ شقيق وتوفي الزوج بعدها عن ابن", schools=("hanafi",))
    assert reply.answered
    assert _shares(reply) == {"husband": "1/2", "full_brother": "1/2"}


def test_who_had_died_when_the_deceased_did_is_no_heir() -> None:
    assert _shares(_reply("توفي جدي بعد وفاة أبي وترك ابنين وبنتا")) == {"son": "4/5", "daughter": "1/5"}
    assert _shares(_reply("توفي رجل عن زوجة وثلاثة أبناء بعد أن توفيت زوجته الأولى")) == {"wife": "1/8", "son": "7/8"}


def test_a_long_text_of_few_words_adds_to_no_estate() -> None:
    assert not adds_to_an_estate("،" * 4_000)


@pytest.mark.parametrize(
    ("story", "language"),
    [
        ("توفي رجل وله ابن وبنت وتوفي ابنه قبله وترك ولدا", "ar"),
        ("توفي رجل وله ثلاثة أبناء وبنت وتوفي ابنه قبله وترك ولدا", "ar"),
        ("A man died leaving a son and a daughter. His son died before him leaving a son", "en"),
        ("A man died leaving a wife and a daughter. His son died before him leaving a son", "en"),
    ],
)
def test_who_died_before_and_may_be_one_of_the_heirs_told_is_not_divided_as_if_he_lived(story: str, language: str) -> None:
    assert not _reply(story, language=language).answered


def test_who_died_before_and_is_none_of_the_heirs_told_leaves_his_children() -> None:
    assert _shares(_reply("توفي رجل عن بنت وتوفي ابنه قبله وترك ولدا")) == {"daughter": "1/2", "son_of_son": "1/2"}
    assert _shares(_reply("توفي رجل وترك ابنا وبنتا وابنا توفي قبله وترك ولدا")) == {"son": "2/3", "daughter": "1/3"}
