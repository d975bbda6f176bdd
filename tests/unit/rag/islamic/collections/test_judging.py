"""Whether passages speak to questions."""

from __future__ import annotations

import pytest

from fanar.documents import Document
from rag.islamic.collections.judging import Ground, judge
from rag.islamic.collections.sought import read_sought
from tests.unit.rag.islamic.collections.records import HADITH, LAW, asked, hadith, law
from tests.unit.rag.islamic.quran import reader


def _ground(question: str, document: Document, *turns: str) -> Ground | None:
    found = judge(read_sought(asked(question, *turns), reader()), document, kind="hadith" if document.corpus == "sunnah" else "law")
    return found and found.ground


@pytest.mark.parametrize(
    ("question", "ground"),
    [
        ("حديث القنفذ لا يطير في الهواء", "quoted"),
        ("حديث عن القنفذ", "headed"),
        ("حديث عن القنفذ في الهواء", "named"),
        ("حديث عن القنفذ والببغاء", None),
        ("حديث عن الحوت", None),
        ("حديث", None),
    ],
)
def test_a_passage_is_one_for_all_that_is_asked_about_or_none(question: str, ground: Ground | None) -> None:
    assert _ground(question, HADITH[1]) == ground


def test_the_chain_of_a_hadith_says_nothing_of_its_subject() -> None:
    assert _ground("حديث عن فلان", HADITH[0]) is None


def test_a_translation_speaks_for_a_hadith() -> None:
    assert _ground("a hadith about the neighbour", HADITH[0]) == "named"


def test_things_far_apart_in_a_text_are_not_named_together() -> None:
    text = f"القنفذ {'كلام طويل ' * 20} الببغاء"
    assert _ground("حديث عن القنفذ والببغاء", hadith("bukhari:9", text)) is None


def test_a_heading_about_more_than_is_asked_is_none() -> None:
    document = law("9", "صلاة الجمعة للطبيب المناوب في المستشفى البعيد", "قول مخترع")
    assert _ground("ما حكم الصلاة؟", document) is None


def test_a_heading_and_the_text_together_name_what_is_asked_about() -> None:
    document = law("9", "زكاة الحلي المستعمل", "قول مخترع فيما تلبسه القنافذ كل يوم من قبعات")
    assert _ground("هل في قبعات الحلي المستعمل زكاة؟", document) == "named"


def test_the_accusative_is_the_same_word() -> None:
    assert _ground("ما حكم بيع القنافذ نقود", law("9", "بيع القنافذ", "قول مخترع في بيعها نقودا")) == "named"


def test_a_follow_up_may_lack_one_thing_of_what_it_follows() -> None:
    document = law("9", "صيام المريض", "قول مخترع في صيام المريض")
    assert _ground("ما حكم صيام المسافر؟", document, "وللمريض؟") is not None
    assert _ground("ما حكم سباحة القنفذ المسافر؟", document, "وللمريض؟") is None


def test_law_under_another_heading_is_not_about_it() -> None:
    assert [_ground("ما حكم مسح القبعة؟", document) for document in LAW] == ["headed", "headed", None, None]


def test_what_is_named_by_two_words_may_be_inflected_in_the_passage() -> None:
    assert _ground("حديث عن إكرام الضيف", hadith("bukhari:9", "نص مخترع: من فعل كذا فليكرم ضيفه")) == "named"
    assert _ground("حديث عن إكرام الضيف", hadith("bukhari:9", "نص مخترع: نزل به ضيف ثلاثة أيام")) is None
