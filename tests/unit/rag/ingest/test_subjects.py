from __future__ import annotations

import pytest

from fanar.arabic.words import normal_words
from fanar.errors import ConfigurationError
from rag.ingest.expansion import Expansion, Heading
from rag.ingest.subjects import load_subjects, read_subjects
from rag.ingest.tanzil import load_tanzil


def test_a_line_is_read_into_verses_anchors_and_headings() -> None:
    index = read_subjects(["2:184-185,4:101\tسفر؛أخر\tصيام المسافر؛ الإفطار\ttraveller's fast; concession\n".encode()])
    (subject,) = index.subjects
    assert subject.places == ((2, 184), (2, 185), (4, 101))
    assert subject.anchors == ("سفر", "أخر")
    assert subject.headings == (
        Heading("ar", "صيام المسافر"),
        Heading("ar", "الإفطار"),
        Heading("en", "traveller's fast"),
        Heading("en", "concession"),
    )


def test_a_verse_has_each_heading_once() -> None:
    index = read_subjects([b"1:1\tx\ta\tb\n1:1\tx\ta\tc\n"])
    assert [heading.text for heading in index.by_verse()[1, 1]] == ["a", "b", "c"]


def test_the_checksum_changes_with_any_line() -> None:
    assert read_subjects([b"1:1\tx\ta\tb\n"]).checksum != read_subjects([b"1:1\tx\ta\tc\n"]).checksum


@pytest.mark.parametrize("line", ["1:1\tx\ta", "1:1\tx\ta\tb\tc", "one\tx\ta\tb", "1:1-x\tx\ta\tb", "1\tx\ta\tb"])
def test_a_line_that_cannot_be_read_is_named_by_its_number(line: str) -> None:
    with pytest.raises(ConfigurationError, match="Line 2"):
        read_subjects([f"1:1\tx\ta\tb\n{line}\n".encode()])


def test_every_subject_points_to_verses_that_hold_its_anchors() -> None:
    words = {(verse.surah, verse.ayah): set(normal_words(verse.spelling)) for verse in load_tanzil().verses}
    for subject in load_subjects().subjects:
        standing = set().union(*(words[place] for place in subject.places))
        assert {word for anchor in subject.anchors for word in normal_words(anchor)} <= standing, subject
        assert subject.headings, subject


def test_headings_of_both_languages_lead_to_verses_of_every_surah() -> None:
    by_verse = load_subjects().by_verse()
    assert {surah for surah, _ in by_verse} == set(range(1, 115))
    assert {heading.language for headings in by_verse.values() for heading in headings} == {"ar", "en"}


def test_an_expansion_survives_its_encoding() -> None:
    expansion = Expansion("الصلاة", (Heading("ar", "إقامة الصلاة"), Heading("en", "prayer\tand\nalms")))
    decoded = Expansion.decoded(expansion.encoded())
    assert decoded == Expansion("الصلاة", (Heading("ar", "إقامة الصلاة"), Heading("en", "prayer and alms")))


def test_text_of_another_origin_is_a_spelling() -> None:
    assert Expansion.decoded("كلمات أخرى") == Expansion("كلمات أخرى")
    assert Expansion.decoded("") == Expansion()
    assert Expansion.decoded("a\nfr\tb\nno tab") == Expansion("a")
