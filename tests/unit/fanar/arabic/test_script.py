"""Hints from the surface of a text: script, language, dialect, direction."""

from __future__ import annotations

import pytest

from fanar.arabic.script import Shares, base_direction, dialect_hint, is_arabizi, language_hint, shares


def test_shares_count_letters_only() -> None:
    assert shares("ab تث 123 !") == Shares(0.5, 0.5, 0.0)
    assert shares("٣ + 4") == Shares(0.0, 0.0, 0.0)
    assert shares("日本 ab").other == 0.5


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ما حكم صيام المسافر؟", "ar"),
        ("What is zakat?", "en"),
        ("اشرح لي machine learning بالتفصيل", "ar"),
        ("3ayez a3raf el mawdoo3 da", "ar"),
        ("What does «صبر» mean in English please", "en"),
        ("", "en"),
    ],
)
def test_language_is_the_one_to_answer_in(text: str, language: str) -> None:
    assert language_hint(text) == language


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("وش تبغى مني الحين؟", "gulf"),
        ("عايز أعرف ازاي أروح هناك دلوقتي", "egyptian"),
        ("شو بدك تعمل هلق؟", "levantine"),
        ("واش نقدر نمشي دابا؟ بزاف ديال الناس", "maghrebi"),
        ("شكو ماكو هسه يمعود", "iraqi"),
        ("ما الذي يجب أن أفعله؟", "msa"),
        ("صباح الخير", None),
        ("hello there", None),
        ("إن الذي كان يجب ليس هذا، هذه وين", "msa"),
    ],
)
def test_dialect_follows_its_marker_words(text: str, dialect: str | None) -> None:
    assert dialect_hint(text) == dialect


@pytest.mark.parametrize("text", ["3ayez a3raf 7aga", "kifak shu 3am ta3mel", "sho akhbarak ya habibi", "mar7aba", "wach labas 3lik khoya"])
def test_arabic_in_latin_letters_is_seen(text: str) -> None:
    assert is_arabizi(text)


@pytest.mark.parametrize(
    "text",
    ["My 2nd H200 costs 5k", "the mp3 file", "b2b sales in 2024", "Play C4 please", "عايز 3ayez a3raf", "", "I have 3 cats and 2 dogs"],
)
def test_english_with_numbers_is_not_arabizi(text: str) -> None:
    assert not is_arabizi(text)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("استخدم المكتبة numpy في بايثون", "rtl"),
        ("The word سلام means peace", "ltr"),
        ("`long_code_identifier` هنا", "rtl"),
        ("https://example.org/a/very/long/path نعم", "rtl"),
        ("ab تث", "ltr"),
        ("تث ab", "rtl"),
        ("123", "ltr"),
        ("שלום", "rtl"),
    ],
)
def test_direction_is_that_of_most_letters(text: str, direction: str) -> None:
    assert base_direction(text) == direction


@pytest.mark.parametrize("unit", ["a'", "2a", "```", "@", "ا`", "x@y."])
def test_hostile_text_is_read_in_bounded_time(unit: str) -> None:
    text = unit * 50_000
    assert base_direction(text) in ("rtl", "ltr")
    assert is_arabizi(text) in (True, False)
    assert dialect_hint(text) is None
