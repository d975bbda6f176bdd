"""Passages of collections as people see them."""

from __future__ import annotations

from dataclasses import replace

from rag.islamic.collections.showing import Hadith, Law, by_school, schools_of
from tests.unit.rag.islamic.collections.records import HADITH, LAW, hadith, law


def test_a_hadith_stands_verbatim_with_collection_number_and_grade() -> None:
    shown = Hadith(HADITH[0]).shown("ar")
    assert shown == f"«{HADITH[0].text}»\nصحيح البخاري 1 · الدرجة: صحيح"


def test_who_reads_english_sees_the_translation_and_english_names() -> None:
    assert Hadith(HADITH[0]).shown("en").endswith("“Invented: the neighbour”\nSahih al-Bukhari 1 · grade: authentic (sahih)")


def test_a_grade_is_worded_as_the_source_words_it() -> None:
    worded = replace(HADITH[2], metadata={**HADITH[2].metadata, "grade_text": "ضعيف جدا"})
    assert "الدرجة: ضعيف جدا" in Hadith(worded).shown("ar")
    assert "grade: weak (da`if)" in Hadith(worded).shown("en")


def test_what_the_source_does_not_state_is_said_not_to_be_stated() -> None:
    shown = Hadith(hadith("bukhari:", "نص مخترع", grade="unstated")).shown("ar")
    assert "بلا رقم في المصدر" in shown
    assert "لم تُذكر درجته في المصدر" in shown


def test_a_long_text_is_cut_at_a_sentence_and_cited_as_shown() -> None:
    long_ = hadith("bukhari:1", "جملة مخترعة تامة. " * 200, english="An invented sentence. " * 200)
    shown = Hadith(long_)
    assert f"«{shown.document.text} [" in shown.shown("ar")
    assert long_.text.startswith(shown.document.text)
    assert shown.document.translation in shown.shown("en")
    assert shown.document.expansion == ""


def test_law_names_its_school_book_and_place() -> None:
    shown = Law(LAW[0], "عنوان").shown("ar")
    assert shown == f"مسح القبعة\n«{LAW[0].text}»\nالحنفية · كتاب الألف · 1"


def test_law_without_a_book_names_its_corpus() -> None:
    assert Law(law("9", "س", "ج", book=""), "عنوان").source("ar") == "عنوان · 9"


def test_a_corpus_that_is_of_a_school_by_its_title_speaks_for_it() -> None:
    assert Law(LAW[3], "فقه المالكية").school == "maliki"


def test_schools_stand_side_by_side_in_their_order_under_their_names() -> None:
    laws = by_school([(document, "عنوان") for document in reversed(LAW)], most=2)
    assert schools_of(laws) == ["hanafi", "maliki", "shafii"]
    assert [each.shown("en").split("\n")[0] for each in laws] == ["**Hanafi**", "**Maliki**", "**Shafi'i**", "**No school stated**"]


def test_a_school_alone_needs_no_heading_and_says_only_so_much() -> None:
    laws = by_school([(replace(LAW[0], id=str(number)), "عنوان") for number in range(5)], most=2)
    assert len(laws) == 2
    assert not any("**" in each.shown("ar") for each in laws)
