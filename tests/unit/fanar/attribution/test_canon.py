"""The canonical text finds runs of words, and returns itself verbatim."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fanar.attribution.canon import Canon
from fanar.attribution.canon_rows import joined_words, word_key
from fanar.documents import Document
from fanar.scripture.index import InMemoryScripture
from fanar.scripture.references import VerseReference


def _places(canon: Canon, text: str) -> list[str]:
    keys = [canon.key(word.text) for word in joined_words(text)]
    length, low, high = canon.longest(keys, 0, len(keys))
    return [str(canon.reference(place, place + length)) for place in canon.places(low, high)] if length == len(keys) else []


def test_all_places_of_a_run_are_found(canon: Canon) -> None:
    assert _places(canon, "إن الله مع الصابرين") == ["2:153", "8:46"]
    assert len(_places(canon, "فبأي آلاء ربكما تكذبان")) == 31


def test_a_run_does_not_cross_from_surah_to_surah(canon: Canon) -> None:
    assert _places(canon, "ولا الضالين") == ["1:7"]
    assert _places(canon, "ولا الضالين الم") == []


def test_unknown_words_have_no_place(canon: Canon) -> None:
    assert canon.longest([canon.key("تلفزيون")], 0, 1) == (0, 0, 0)
    assert word_key("ا" * 1000) == ""


def test_the_text_of_each_verse_is_verbatim(canon: Canon, uthmani: dict[tuple[int, int], str]) -> None:
    for (surah, ayah), text in uthmani.items():
        first, end = canon.place_of(VerseReference(surah, ayah, ayah))
        assert canon.verbatim(first, end) in text
        assert str(canon.reference(first, end)) == f"{surah}:{ayah}"


def test_verses_that_are_not_there_have_no_place(canon: Canon) -> None:
    assert canon.place_of(VerseReference(2, 500, 500)) == (0, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("يا أيها الناس", ["ياأيها", "الناس"]),
        ("و الله", ["والله"]),
        ("ها أنتم هؤلاء", ["هاأنتم", "هؤلاء"]),
        ("ها هو", ["ها", "هو"]),
        ("يا، أيها", ["يا", "أيها"]),
        ("و و و", ["و", "و", "و"]),
        ("أحد (1) الله12 ١٢صمد", ["أحد", "الله12", "صمد"]),
        ("", []),
    ],
)
def test_words_are_joined_as_uthmani_spelling_joins_them(text: str, expected: list[str]) -> None:
    found = joined_words(text)
    assert [word.text for word in found] == expected
    assert all(text[word.start : word.end].replace(" ", "") == word.text for word in found)


def test_an_index_without_everyday_spelling_serves_too() -> None:
    verse = Document("112:1", "quran", "112:1", "قُلْ هُوَ ٱللَّهُ أَحَدٌ", metadata={"surah": 112, "ayah": 1})
    canon = Canon(InMemoryScripture([verse], version="", basmala=""))
    assert _places(canon, "قل هو الله أحد") == ["112:1"]


def test_an_empty_index_holds_nothing() -> None:
    canon = Canon(InMemoryScripture([], version="", basmala=""))
    assert canon.longest([canon.key("قل")], 0, 1) == (0, 0, 0)


def test_the_headings_of_a_verse_teach_no_spellings() -> None:
    text, spelling, heading = "وَيَبْصُۜطُ وَإِلَيْهِ تُرْجَعُونَ", "ويبسط وإليه ترجعون", "الرزق بيد الله"
    verse = Document("2:245", "quran", "2:245", text, expansion=spelling, metadata={"surah": 2, "ayah": 245})
    headed = replace(verse, expansion=f"{spelling}\nar\t{heading}")
    plain, with_heading = (Canon(InMemoryScripture([each], version="test", basmala="")) for each in (verse, headed))
    words = f"{text} {spelling} {heading}".split()
    assert [with_heading.key(word) for word in words] == [plain.key(word) for word in words]
