"""The lexicon: dialect and modern words, frame words, phrases."""

from __future__ import annotations

import pytest

from fanar.errors import ConfigurationError
from rag.islamic.lexicon import Lexicon, load_lexicon

LINES = ["القرآن؛ ورد\t-", "قصة\t~", "فلوس؛ مصاري\tمال؛ أموال", "فوائد البنك\tربا", "booze; beers\twine", "صلاة الكسوف؛ البخاري\t!"]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(LINES)


def test_a_dialect_word_has_classical_equivalents(lexicon: Lexicon) -> None:
    entry = lexicon.entry("فلوس")
    assert entry is not None
    assert entry.equivalents == (("مال",), ("اموال",))


@pytest.mark.parametrize("word", ["الفلوس", "فلوسه", "بفلوسهم", "وفلوس", "عالفلوس"])
def test_a_word_is_known_with_what_is_written_onto_it(lexicon: Lexicon, word: str) -> None:
    assert lexicon.entry(word) == lexicon.entry("فلوس")


def test_an_english_word_is_known_by_its_stem(lexicon: Lexicon) -> None:
    entry = lexicon.entry("beer")
    assert entry is not None
    assert entry.equivalents == (("wine",),)


def test_frame_words_and_weak_words_are_told_apart(lexicon: Lexicon) -> None:
    assert lexicon.frames("بالقران")
    weak = lexicon.entry("القصه")
    assert weak is not None
    assert (weak.weak, weak.frame) == (True, False)


def test_what_scripture_says_nothing_of_is_marked(lexicon: Lexicon) -> None:
    named, plain = lexicon.entry("البخاري"), lexicon.entry("فلوس")
    assert named is not None
    assert plain is not None
    assert (named.absent, plain.absent) == (True, False)


def test_the_longest_phrase_at_a_place_is_found(lexicon: Lexicon) -> None:
    found = lexicon.phrase(["حكم", "فوايد", "البنك"], 1)
    assert found is not None
    length, entry = found
    assert length == 2
    assert entry.equivalents == (("ربا",),)
    assert lexicon.phrase(["حكم", "فوايد", "البنك"], 0) is None


def test_rows_on_the_same_form_are_added_up() -> None:
    entry = Lexicon(["بحر\tيم", "بحر\tماء"]).entry("بحر")
    assert entry is not None
    assert entry.equivalents == (("يم",), ("ما",))


def test_a_word_of_the_same_root_is_a_guess(lexicon: Lexicon) -> None:
    related = Lexicon(["مسخرة\tسخرية"]).related("مسخره")
    assert related is not None
    assert related.equivalents == (("سخريه",),)
    assert lexicon.related("money") is None


@pytest.mark.parametrize("line", ["no tab", "فلوس\t", "فلوس\t  "])
def test_a_line_that_cannot_be_read_is_refused_by_its_number(line: str) -> None:
    with pytest.raises(ConfigurationError, match="Line 2"):
        Lexicon(["بحر\tيم", line])


def test_the_table_that_ships_can_be_read_and_is_of_some_size() -> None:
    lexicon = load_lexicon()
    assert len(lexicon) > 1_000
    assert lexicon.frames("القران")
