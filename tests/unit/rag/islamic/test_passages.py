"""Verses as they are shown."""

from __future__ import annotations

from rag.islamic.passages import Passage, named, passages_of
from tests.unit.rag.islamic.quran import verse


def test_neighbours_stand_together_in_the_order_of_the_quran() -> None:
    passages = passages_of(verse(reference) for reference in ("2:185", "5:6", "2:184"))
    assert [str(passage.reference) for passage in passages] == ["2:184-185", "5:6"]


def test_a_verse_between_two_joins_them() -> None:
    passages = passages_of(verse(reference) for reference in ("2:183", "2:185", "2:184"))
    assert [str(passage.reference) for passage in passages] == ["2:183-185"]


def test_the_last_verse_of_a_surah_is_no_neighbour_of_the_next_surah() -> None:
    assert len(passages_of([verse("113:5"), verse("114:1")])) == 2


def test_verses_are_shown_verbatim() -> None:
    passage = Passage((verse("112:1"), verse("112:2")))
    shown = passage.shown("ar")
    assert f"﴿{verse('112:1').text}﴾\n﴿{verse('112:2').text}﴾" in shown
    assert "Translation" not in shown
    assert passage.document.text == f"{verse('112:1').text}\n{verse('112:2').text}"


def test_a_reader_of_english_gets_the_translation() -> None:
    assert "“Translation of 112:1.”" in Passage((verse("112:1"),)).shown("en")
    assert "“" not in Passage((verse("113:1"),)).shown("en")


def test_a_passage_is_named_and_linked() -> None:
    reference = Passage((verse("2:184"), verse("2:185"))).reference
    assert reference.url == "https://quran.com/2/184-185"
    assert Passage((verse("2:255"),)).reference.url == "https://quran.com/2/255"
    assert named(reference, "ar") == "البقرة 2:184–185"
    assert named(reference, "en") == "Al-Baqarah 2:184–185"
