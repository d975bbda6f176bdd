"""Disguises of a word all fold to the same form; what is no disguise stays apart. In time that grows with the text only."""

from __future__ import annotations

import time

import pytest

from fanar.moderation.folding import folded_words


@pytest.mark.parametrize(
    "disguise",
    ["حمار", "حـــمـــار", "حِمَارٌ", "حمااااار", "ح\u200bما\u200bر", "ح م ا ر", "ح.م.ا.ر", "ح-م-ا-ر", "حم*ار", "ﺣﻤﺎﺭ", "#حمار", "حمار!!!"],
)
def test_arabic_disguises_fold_to_the_word(disguise: str) -> None:
    assert folded_words(disguise) == ["حمار"]


@pytest.mark.parametrize(
    "disguise",
    [
        "idiot",
        "IDIOT",
        "iiidiiiot",
        "1d10t",
        "i.d.i.o.t",
        "i d i o t",
        "id*iot",
        "іdіоt",
        "ｉｄｉｏｔ",
        "𝐢𝐝𝐢𝐨𝐭",
        "i\u0301d\u0301i\u0301o\u0301t\u0301",
        "idi0t!",
    ],
)
def test_english_disguises_fold_to_the_word(disguise: str) -> None:
    assert folded_words(disguise) == ["idiot"]


@pytest.mark.parametrize(
    ("disguise", "words"),
    [
        ("ا ن ت  ح م ا ر", {"انت", "حمار"}),
        ("y o u  a r e  a n  i d i o t", {"you", "are", "idiot"}),
        ("ا ن ت  ح م ا ر!", {"انت", "حمار"}),
        ("ح م  ا ر", {"حمار"}),
        ("ح  م  ا  ر", {"حمار"}),
    ],
)
def test_a_wide_gap_between_spaced_letters_may_end_a_word_or_not(disguise: str, words: set[str]) -> None:
    assert words <= set(folded_words(disguise))


def test_words_stay_apart() -> None:
    assert folded_words("the well-known case, don't panic") == ["the", "wel", "known", "case", "dont", "panic"]
    assert folded_words("قال.ثم ذهب") == ["قال", "ثم", "ذهب"]
    assert folded_words("see https://example.org/path @someone") == ["se"]


def test_numbers_keep_their_length_only() -> None:
    assert folded_words("3.14 2024 5") == ["0", "00", "0000", "0"]


@pytest.mark.parametrize("text", ["a\u0301\u0316", "a.b.", "a*", "| ", "ه ", "a b c  ", "@a.", "#_"])
def test_time_grows_with_the_text_only(text: str) -> None:
    def seconds(repeats: int) -> float:
        begun = time.process_time()
        folded_words(text * repeats)
        return time.process_time() - begun

    small, large = min(seconds(3_000) for _ in range(3)), seconds(30_000)
    assert large < 40 * max(small, 0.002)
