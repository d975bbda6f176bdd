"""What questions and follow-ups seek."""

from __future__ import annotations

import pytest

from rag.islamic.collections.sought import Sought, read_sought, terms_of
from tests.unit.rag.islamic.collections.records import asked
from tests.unit.rag.islamic.quran import reader


def _sought(*turns: str) -> Sought:
    return read_sought(asked(*turns), reader())


def _must(sought: Sought) -> list[str]:
    return [" ".join(concept.words) for concept in sought.must]


@pytest.mark.parametrize("question", ["حديث عن الجار", "عايز حديث شريف عن الجار لو سمحت", "هات حديث النبي عن الجار"])
def test_words_that_only_ask_are_no_subject(question: str) -> None:
    assert _must(_sought(question)) == ["الجار"]


def test_what_is_the_quran_to_other_books_is_a_subject() -> None:
    assert "القران" in _must(_sought("حديث عن تعلم القرآن"))


def test_what_is_asked_of_a_thing_is_no_part_of_it() -> None:
    assert _must(_sought("هل بخاخ القنفذ يفطر الصائم؟")) == ["بخاخ", "القنفذ", "الصايم"]


def test_another_school_asks_the_same_again() -> None:
    sought = _sought("ما حكم مسح القبعة؟", "وعند المالكية؟", "والحنابلة؟")
    assert (_must(sought), sought.schools) == (["مسح", "القبعه"], ("hanbali",))


def test_one_thing_of_its_own_is_asked_together_with_the_question_before() -> None:
    sought = _sought("ما حكم صيام المسافر؟", "وللمريض؟")
    assert _must(sought) == ["وللمريض"]
    assert [concept.words for concept in sought.may] == [("صيام",), ("المسافر",)]
    assert sought.lacking == 1


def test_a_whole_question_changes_the_subject_and_keeps_the_school() -> None:
    sought = _sought("ما حكم مسح القبعة عند الشافعية؟", "وما حكم لبس الجورب؟")
    assert (_must(sought), sought.may, sought.schools) == (["لبس", "الجورب"], (), ("shafii",))


def test_a_school_alone_asks_the_last_whole_question_again() -> None:
    sought = _sought("ما حكم مسح القبعة؟", "وعند الشافعية؟", "وما حكم لبس الجورب؟", "والحنفية؟")
    assert (_must(sought), sought.schools) == (["لبس", "الجورب"], ("hanafi",))


@pytest.mark.parametrize("last", ["وفي كل المذاهب؟", "وعند باقي المذاهب؟", "and in all schools?"])
def test_all_schools_together_narrow_nothing_and_are_no_subject(last: str) -> None:
    sought = _sought("ما حكم مسح القبعة عند الشافعية؟", last)
    assert (_must(sought), sought.schools) == (["مسح", "القبعه"], ())


def test_schools_together_are_no_subject_of_a_question() -> None:
    assert _must(_sought("ما حكم مسح القبعة عند المذاهب الأربعة؟")) == ["مسح", "القبعه"]


@pytest.mark.parametrize("said", ["أنا حنفي.", "أنا على المذهب الحنفي", "I follow the Hanafi school.", "I'm Hanafi."])
def test_the_school_that_somebody_follows_is_kept_for_another_question(said: str) -> None:
    sought = _sought(f"{said} هل يجوز مسح القبعة؟", "كم مقدار زكاة الفطر؟")
    assert sought.schools == ("hanafi",)


def test_what_somebody_asks_of_a_school_is_not_kept_for_another_question() -> None:
    assert _sought("ما حكم مسح القبعة عند الحنفية؟", "كم مقدار زكاة الفطر؟").schools == ()


def test_a_hadith_is_asked_for_by_its_number() -> None:
    sought = _sought("حديث رقم 10 في صحيح البخاري")
    assert (sought.collections, sought.number) == (("bukhari",), "10")


def test_without_a_user_nothing_is_sought() -> None:
    assert read_sought([], reader()).must == ()


def test_retrievers_look_for_the_words_as_they_stand_and_for_what_is_known_of_them() -> None:
    assert {"صله", "الرحم"} <= {term.word for term in terms_of(reader())("صلة الرحم")}


def test_a_long_text_is_read_at_its_beginning() -> None:
    assert len(_sought("القنفذ " * 100_000).words) <= 64
