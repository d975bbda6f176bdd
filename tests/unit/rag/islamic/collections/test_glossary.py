"""What English questions name, under its Arabic names."""

from __future__ import annotations

import pytest

from rag.analysis import search_words
from rag.islamic.collections.glossary import Glossary, GlossaryReader, all_arabic, names_of, read_glossary
from rag.islamic.collections.sought import Sought, in_books
from rag.islamic.reading import Concept
from tests.unit.rag.islamic.collections.records import asked
from tests.unit.rag.islamic.quran import reader

TABLE = ("while; ruling\t-", "prayer; prayers\tالصلاة", "combining prayers\tالجمع بين الصلاتين؛ جمع الصلاة", "travel\tالسفر")


def _named(question: str) -> list[str]:
    return [" ".join(concept.words) for concept in GlossaryReader(Glossary(TABLE), reader()).concepts(question)]


def test_the_longest_name_counts_and_words_that_frame_a_question_do_not() -> None:
    assert _named("The ruling on combining the prayers while travelling") == ["الجمع بين الصلاتين", "السفر"]
    assert _named("prayers, and prayer") == ["الصلاه"]


def test_what_is_not_in_the_table_stays_what_it_is() -> None:
    assert _named("prayer on a zeppelin") == ["الصلاه", "zeppelin"]


def test_all_names_of_a_thing_are_looked_up() -> None:
    concepts = tuple(Glossary(TABLE).concepts(search_words("combining prayers"), lambda words: [Concept((word,)) for word in words]))
    assert names_of(concepts) == "الجمع بين الصلاتين جمع الصلاه"


def _in_books(*turns: str) -> Sought | None:
    return in_books(asked(*turns), reader())


def test_a_question_is_looked_up_in_arabic_only_where_all_of_it_has_a_name_there() -> None:
    sought = _in_books("What is the ruling on shortening prayers while travelling?")
    assert sought is not None
    assert all_arabic(sought.must)
    assert _in_books("What is the ruling on praying on a zeppelin?") is None
    assert in_books([], reader()) is None


def test_daily_words_are_looked_up_as_books_have_them_and_those_of_books_as_they_are() -> None:
    sought = _in_books("ينفع أصلي في الطيارة؟")
    assert sought is not None
    assert ("الطايره",) in [concept.words for concept in sought.must]
    assert _in_books("ما حكم قصر الصلاة في السفر؟") is None


def test_a_follow_up_keeps_the_subject_and_names_the_school() -> None:
    sought = _in_books("What is the ruling on the witr prayer?", "and the Shafi'is?")
    assert sought is not None
    assert [concept.words[0] for concept in sought.must] == ["الوتر"]
    assert sought.schools == ("shafii",)


@pytest.mark.parametrize("name", ["wudu", "istikhara", "zakat al-fitr", "waking up", "i'tikaf"])
def test_the_table_that_ships_has_arabic_names(name: str) -> None:
    concepts = tuple(read_glossary().concepts(search_words(name), lambda words: [Concept((word,)) for word in words]))
    assert all_arabic(concepts)
