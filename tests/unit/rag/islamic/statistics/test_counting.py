"""Counts, held against a plain reading of the text and against numbers that concordances agree on."""

from __future__ import annotations

import re

import pytest

from fanar.errors import NotFoundError
from fanar.scripture.order import place_at
from fanar.scripture.references import VerseReference
from fanar.scripture.surahs import SURAHS
from rag.ingest.tanzil import load_tanzil
from rag.islamic.divisions.reading import Named
from rag.islamic.divisions.table import load_divisions
from rag.islamic.statistics.counting import Counting, both
from rag.islamic.statistics.queries import Edge, Extreme, Scope
from rag.islamic.statistics.words import QuranWords, forms_of, with_particles
from tests.unit.rag.islamic.quran import documents

ALL = Scope()


@pytest.fixture(scope="module")
def counting() -> Counting:
    return Counting(words=QuranWords(documents()), divisions=load_divisions())


@pytest.mark.parametrize("word", ["الله", "موسى", "مريم", "الجنة", "يوم", "من"])
def test_a_form_is_counted_as_often_as_it_stands_between_spaces(counting: Counting, word: str) -> None:
    plain = sum(verse.spelling.split().count(word) for verse in load_tanzil().verses)
    assert counting.found((word,), ALL).alone == {word: plain}


def test_the_name_of_god_is_counted_with_all_that_stands_before_it(counting: Counting) -> None:
    found = counting.found(("الله",), ALL)
    # What the concordance of Abd al-Baqi counts, with «اللهم» apart.
    assert sum(found.alone.values()) + sum(found.attached.values()) == 2699
    assert {"لله", "والله", "بالله", "تالله", "آلله"} <= set(found.attached)


def test_particles_are_attached_as_arabic_writes_them() -> None:
    assert {"للرحمن", "بالرحمن", "والرحمن"} <= with_particles("الرحمن")
    assert {"لليل", "والليل"} <= with_particles("الليل")
    assert {"الصبر", "بالصبر", "فصبر", "وبالصبر"} <= with_particles("صبر")
    assert "أسماء" not in with_particles("ماء")
    assert "سماء" not in with_particles("ماء")
    assert "صبر" not in with_particles("صبر")


def test_a_word_that_is_spelt_carelessly_is_counted_as_it_is_written(counting: Counting) -> None:
    assert counting.found(("الصلاه",), ALL).alone == counting.found(("الصلاة",), ALL).alone
    assert counting.found(("الصَّلَاةَ",), ALL).alone == counting.found(("الصلاة",), ALL).alone
    assert set(counting.found(("ماء",), ALL).alone) == {"ماء"}
    assert counting.found(("الابجديه",), ALL).verses == ()
    assert counting.found(("...",), ALL).verses == ()


@pytest.mark.parametrize(("word", "form"), [("زنجبيل", "زنجبيلا"), ("الزنجبيل", "زنجبيلا"), ("النحاس", "ونحاس"), ("القضب", "وقضبا")])
def test_a_noun_that_occurs_in_one_case_alone_is_counted_in_it(counting: Counting, word: str, form: str) -> None:
    found = counting.found((word,), ALL)
    assert {**found.alone, **found.attached} == {form: 1}


@pytest.mark.parametrize("word", ["القال", "يتماس", "الحاسوب"])
def test_a_verb_is_counted_for_no_noun_that_is_spelt_like_it(counting: Counting, word: str) -> None:
    assert counting.found((word,), ALL).verses == ()


def test_a_phrase_is_counted_word_by_word(counting: Counting) -> None:
    found = counting.found(("يا", "أيها", "الذين", "آمنوا"), ALL)
    plain = sum(len(re.findall("يا أيها الذين آمنوا(?= |$)", verse.spelling)) for verse in load_tanzil().verses)
    assert sum(found.alone.values()) == plain == 89


def test_counting_keeps_to_its_scope(counting: Counting) -> None:
    surah = Scope(verses=(VerseReference(19, 1, 98),))
    assert {place_at(at)[0] for at in counting.found(("مريم",), surah).verses} == {19}
    juz = Scope(part=Named("juz", 30, 0, 0))
    assert counting.size("verse", juz) == 564
    assert counting.size("verse", Scope(place="makki")) + counting.size("verse", Scope(place="madani")) == 6236
    with pytest.raises(NotFoundError):
        counting.verses(Scope(part=Named("juz", 31, 0, 0)))


def test_two_words_together_are_what_both_verses_share(counting: Counting) -> None:
    prayer, alms = counting.found(("الصلاة",), ALL), counting.found(("الزكاة",), ALL)
    assert set(both([prayer, alms])) == set(prayer.verses) & set(alms.verses)
    assert both([]) == ()


def test_sizes_are_those_of_the_text(counting: Counting) -> None:
    assert (counting.size("surah", ALL), counting.size("verse", ALL)) == (114, 6236)
    assert (counting.size("juz", ALL), counting.size("hizb", ALL), counting.size("page", ALL)) == (30, 60, 604)
    kawthar = Scope(verses=(VerseReference(108, 1, 3),))
    assert (counting.size("word", kawthar), counting.size("letter", kawthar)) == (10, 42)
    assert counting.size("page", Scope(verses=(VerseReference(2, 1, 286),))) == 48
    assert counting.size("prostration", ALL) == len(counting.prostrations(ALL)) == 15
    assert counting.everyday_words(ALL) == sum(len(forms_of(verse.spelling)) for verse in load_tanzil().verses)


def test_a_letter_is_counted_with_what_it_carries(counting: Counting) -> None:
    qaf = Scope(verses=(VerseReference(50, 1, 45),))
    assert counting.letter("ق", qaf) == 57
    ikhlas = Scope(verses=(VerseReference(112, 1, 4),))
    text = "".join(verse.text for verse in load_tanzil().verses if verse.surah == 112)
    assert counting.letter("ا", ikhlas) == sum(text.count(each) for each in "اأإآٱ")


def test_the_longest_and_the_shortest_are_found(counting: Counting) -> None:
    assert counting.extreme(Extreme("verse", "word", most=True))[0].at == 288
    assert counting.extreme(Extreme("surah", "word", most=True))[0].at == 2
    assert counting.extreme(Extreme("surah", "word", most=False))[0].at == 108
    assert "فأسقيناكموه" in {each.form for each in counting.extreme(Extreme("word", "letter", most=True))}
    assert counting.extreme(Extreme("surah", "verse", most=True, rank=2))[0].at == 26


def test_those_that_are_as_long_as_the_last_are_named_too(counting: Counting) -> None:
    fewest = counting.extreme(Extreme("surah", "verse", most=False))
    assert {each.at for each in fewest} == {surah.number for surah in SURAHS if surah.verses == 3}
    assert counting.extreme(Extreme("surah", "verse", most=True, rank=200)) == []


def test_beginnings_and_ends_are_compared_word_by_word(counting: Counting) -> None:
    begin = [place_at(at)[0] for at in counting.edge(Edge("surah", ("الحمد", "لله")))]
    assert begin == [6, 18, 34, 35]
    assert [place_at(at)[0] for at in counting.edge(Edge("surah", ("حم",)))] == [40, 41, 42, 43, 44, 45, 46]
    ends = counting.edge(Edge("verse", ("غفور", "رحيم"), ending=True))
    assert len(ends) == sum(verse.spelling.split()[-2:] == ["غفور", "رحيم"] for verse in load_tanzil().verses)
    assert counting.edge(Edge("surah", ("الحمد", "للناس"))) == []


def test_the_most_frequent_forms_come_first(counting: Counting) -> None:
    found = counting.frequent(3, ALL)
    assert [form for form, _ in found][:2] == ["من", "الله"]
    assert found == sorted(found, key=lambda each: -each[1])
