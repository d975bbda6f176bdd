"""What speaks for a verse."""

from __future__ import annotations

import pytest

from rag.islamic.evidence import Evidence, QuestionEvidence
from tests.unit.rag.islamic.quran import reader, verse, vocabulary


def _evidence(question: str, reference: str) -> Evidence:
    return QuestionEvidence(reader().concepts(question), vocabulary=vocabulary()).of(verse(reference))


def test_the_verse_that_answers_has_more_for_it_than_its_neighbour() -> None:
    question = "ما حكم صيام المسافر؟"
    assert _evidence(question, "2:184").weight > _evidence(question, "2:188").weight


def test_every_number_lies_between_zero_and_one() -> None:
    for question in ("ما كفارة اليمين؟", "كم ركعة صلاة الظهر؟", "who may inherit?", "؟", "فوائد البنك"):
        for reference in ("2:184", "5:89", "4:11", "112:1"):
            assert all(0 <= value <= 1 for value in _evidence(question, reference).as_row().values())


def test_a_word_that_nothing_explains_pulls_the_verse_down() -> None:
    plain, loaded = _evidence("صلاة الجمعة", "62:9"), _evidence("صلاة الجمعة في مركبة زرقبوطية", "62:9")
    assert loaded.coverage < plain.coverage
    assert loaded.unknown > plain.unknown == 0
    assert loaded.missing > plain.missing


def test_a_weak_word_weighs_less_than_a_strong_one() -> None:
    strong = _evidence("الصبر والبيتكوين", "3:200")
    weak = _evidence("فضل الصبر", "3:200")
    assert weak.coverage > strong.coverage


def test_an_english_question_meets_the_english_headings() -> None:
    assert _evidence("no compulsion in religion", "2:256").coverage > 0.9


def test_a_verse_without_a_word_in_common_has_nothing_for_it() -> None:
    evidence = _evidence("زرقبوط", "112:1")
    assert (evidence.coverage, evidence.line, evidence.match) == (0, 0, 0)


@pytest.mark.parametrize("question", ["", "؟", "ما هو"])
def test_a_question_about_nothing_is_no_error(question: str) -> None:
    assert _evidence(question, "2:255").coverage == 0
