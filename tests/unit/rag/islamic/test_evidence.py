"""What speaks for a verse."""

from __future__ import annotations

import numpy as np
import pytest

from rag.analysis import search_words
from rag.islamic.asking import KINDS
from rag.islamic.evidence import NAMES, Question, evidence_for
from tests.unit.rag.islamic.quran import reader, vocabulary

_SIGNED = ("number", "plea", "said_lead", "text_lead")


def _table(question: str, *references: str) -> list[dict[str, float]]:
    places = [tuple(map(int, reference.split(":"))) for reference in references]
    rows = np.array([vocabulary().rows[surah, ayah] for surah, ayah in places], dtype=np.int32)
    nothing = np.zeros(len(rows), dtype=np.float32)
    asked = Question(reader().concepts(question), search_words(question))
    table = evidence_for(asked, rows, vocabulary=vocabulary(), cosine=nothing, grams=nothing)
    return [dict(zip(NAMES, row.tolist(), strict=True)) for row in table]


def _evidence(question: str, reference: str) -> dict[str, float]:
    return _table(question, reference)[0]


def test_the_verse_that_answers_has_more_for_it_than_its_neighbour() -> None:
    answer, neighbour = _table("ما حكم صيام المسافر؟", "2:184", "2:188")
    assert answer["coverage"] > neighbour["coverage"]
    assert answer["standing"] == 1 > neighbour["standing"]
    assert answer["said"] > neighbour["said"]


def test_every_number_lies_between_zero_and_one_and_differences_between_minus_one_and_one() -> None:
    for question in ("ما كفارة اليمين؟", "كم ركعة صلاة الظهر؟", "who may inherit?", "؟", "فوائد البنك"):
        for row in _table(question, "2:184", "5:89", "4:11", "112:1"):
            assert all((-1 if name in _SIGNED else 0) <= value <= 1.000001 for name, value in row.items())


def test_a_word_that_nothing_explains_pulls_the_verse_down() -> None:
    plain, loaded = _evidence("صلاة الجمعة", "62:9"), _evidence("صلاة الجمعة في مركبة زرقبوطية", "62:9")
    assert loaded["coverage"] < plain["coverage"]
    assert loaded["unknown"] > plain["unknown"] == 0
    assert loaded["missing"] > plain["missing"]


def test_what_scripture_says_nothing_of_counts_by_its_share_of_the_question() -> None:
    alone, beside = _evidence("من هو البخاري؟", "2:255"), _evidence("صيام المسافر في صحيح البخاري", "2:184")
    assert alone["absent"] == 1 > beside["absent"] > 0
    assert _evidence("صيام المسافر", "2:184")["absent"] == 0


def test_a_weak_word_weighs_less_than_a_strong_one() -> None:
    assert _evidence("فضل الصبر", "3:200")["coverage"] > _evidence("الصبر والبيتكوين", "3:200")["coverage"]


def test_an_english_question_meets_the_english_headings() -> None:
    assert _evidence("no compulsion in religion", "2:256")["coverage"] > 0.9


def test_a_verse_without_a_word_in_common_has_nothing_for_it() -> None:
    evidence = _evidence("زرقبوط", "112:1")
    assert (evidence["coverage"], evidence["line"], evidence["match"]) == (0, 0, 0)


@pytest.mark.parametrize(
    "question", ["patience", "What does the Quran say about patience?", "verses about patience", "Find me Quranic verses on patience"]
)
def test_a_theme_is_asked_for_alike_however_it_is_framed(question: str) -> None:
    bare, framed = _evidence("patience", "2:153"), _evidence(question, "2:153")
    assert framed == pytest.approx(bare)


def test_only_a_question_that_begins_so_asks_whether() -> None:
    assert _evidence("Does the Quran speak of iron?", "57:25")["asks_whether"] == 1
    assert _evidence("What does iron stand for?", "57:25")["asks_whether"] == 0


@pytest.mark.parametrize("question", ["", "؟", "ما هو"])
def test_a_question_about_nothing_is_no_error(question: str) -> None:
    assert _evidence(question, "2:255")["coverage"] == 0


def test_a_number_speaks_for_a_verse_only_where_one_is_asked_for() -> None:
    gates, promised = _table("كم باب لجهنم؟", "15:44", "15:43")
    assert (gates["number"], promised["number"]) == (1, -1)
    assert _evidence("ما أبواب جهنم؟", "15:44")["number"] == 0


def test_a_supplication_is_looked_for_only_where_one_is_asked_for() -> None:
    said, told = _table("دعاء طلب العلم", "20:114", "58:11")
    assert (said["plea"], told["plea"]) == (1, -1)
    assert _evidence("ما فضل العلم؟", "20:114")["plea"] == 0


@pytest.mark.parametrize("reference", ["1:2", "6:164", "26:24"])
def test_a_verse_that_only_names_the_lord_is_no_supplication(reference: str) -> None:
    assert _evidence("دعاء دخول المسجد", reference)["plea"] == -1


@pytest.mark.parametrize("reference", ["2:201", "17:24", "21:87", "43:13"])
def test_a_verse_that_calls_upon_the_lord_is_a_supplication(reference: str) -> None:
    assert _evidence("supplication for travelling", reference)["plea"] == 1


def test_the_kind_of_thing_that_is_asked_for_is_told() -> None:
    asked = _evidence("متى فرض الصيام؟", "2:183")
    assert {kind for kind in KINDS if asked[kind]} == {"asks_when"}


def test_no_verses_have_no_evidence() -> None:
    assert _table("الصبر") == []
