"""A text in a translator's words finds its verse, whoever of the translators is installed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from rag.islamic.worded import InstalledWordings
from rag.islamic.wordings import Wordings, build_wordings, open_wordings
from tests.unit.rag.islamic.quran import scripture
from tests.unit.rag.islamic.test_wordings import translated

FIRST = {
    "94:5": "For surely with difficulty is ease",
    "94:6": "Surely with difficulty is ease",
    "2:256": "There is no compulsion in the religion; the right direction is distinct from error",
    "55:13": "Which of the favours of your Lord will you deny",
    "55:16": "Which of the favours of your Lord will you deny",
    "112:1": "Say: He is Allah, the One",
}
SECOND = {
    **FIRST,
    "94:5": "Truly hardship is followed by ease",
    "94:6": "Truly hardship is followed by ease",
    "2:256": "Let there be no force",
}


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Wordings]:
    folder = tmp_path_factory.mktemp("wordings")
    arabic = {"94:5": "with hardship ease as a commentary in Arabic says"}
    parts = (("quran", "en", FIRST), ("first", "en", FIRST), ("second", "en", SECOND), ("tafsir", "ar", arabic))
    return {name: _indexed(folder / name, name, language, texts) for name, language, texts in parts}


def _indexed(folder: Path, name: str, language: str, texts: Mapping[str, str]) -> Wordings:
    build_wordings(folder, [translated(place, text) for place, text in texts.items()], language=language)
    return open_wordings(folder, name=name)


def _installed(*translations: Wordings) -> InstalledWordings:
    return InstalledWordings(shelf=lambda: translations, verses=scripture().verses())


def test_words_that_no_translator_has_together_find_their_verse_in_all_of_them(indexed: dict[str, Wordings]) -> None:
    alone, both = _installed(indexed["first"]), _installed(indexed["first"], indexed["second"])
    said = "No force or compulsion in religion, right is distinct from error"
    (worded, better) = (alone.of(said), both.of(said))
    assert worded is not None
    assert better is not None
    assert worded.verse.id == better.verse.id == "2:256"
    assert worded.share < better.share
    assert worded.probability < better.probability <= 1


def test_a_verse_does_not_stand_behind_one_that_says_the_same(indexed: dict[str, Wordings]) -> None:
    worded = _installed(indexed["first"]).of("Which of the favours of your Lord do you deny")
    assert worded is not None
    assert worded.verse.id == "55:13"
    assert worded.lead > 0.5


def test_who_asks_quotes_only_what_is_mostly_a_verses_words(indexed: dict[str, Wordings]) -> None:
    installed = _installed(indexed["first"])
    assert installed.of("Which of the favours of your Lord will you deny?") is not None
    assert installed.of("What did they say about no compulsion when the traders came to town?") is None
    assert installed.of("What did they say about no compulsion when the traders came to town") is not None


def test_the_qurans_own_translation_words_verses_and_without_any_nothing_is_said(indexed: dict[str, Wordings]) -> None:
    found = _installed(indexed["quran"]).of(FIRST["2:256"])
    assert found is not None
    assert found.verse.id == "2:256"
    assert _installed().of(FIRST["2:256"]) is None
    assert _installed(indexed["quran"], indexed["second"]).of(FIRST["2:256"]) is not None


def test_a_commentary_in_arabic_translates_nothing_and_no_words_word_nothing(indexed: dict[str, Wordings]) -> None:
    assert _installed(indexed["tafsir"]).of("with hardship ease") is None
    assert _installed(indexed["first"]).of("…") is None
    foreign = _installed(indexed["first"]).of("ما حكم صيام المسافر")
    assert foreign is None or foreign.probability < 0.02
