"""Numbers in words, in both languages and every case."""

from __future__ import annotations

import pytest

from fanar.arabic.numerals import read_numeral
from fanar.arabic.words import normal_words


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("خمسون", 50),
        ("خمسين", 50),
        ("أحد عشر", 11),
        ("اثنتا عشرة", 12),
        ("خمسة عشر", 15),
        ("ثمانية وعشرين", 28),
        ("مئتا", 200),
        ("ثلاث مئة", 300),
        ("ثلاثمائة وخمسين", 350),
        ("ألفي", 2_000),
        ("ألفان وخمسمئة", 2_500),
        ("خمسة وعشرين ألفًا", 25_000),
        ("مئة وخمسة عشر ألفا", 115_000),
        ("مليون ومئتي ألف", 1_200_000),
        ("ثلاثة ملايين ومئتي ألف وواحد", 3_200_001),
        ("صفر", 0),
        ("two hundred and fifty", 250),
        ("twenty-five thousand", 25_000),
        ("one million two hundred thousand", 1_200_000),
        ("one hundred and twenty thousand", 120_000),
        ("one thousand and two", 1_002),
    ],
)
def test_a_number_is_read_whole(written: str, value: int) -> None:
    words = normal_words(written)
    assert read_numeral(words, 0) == (value, len(words))


@pytest.mark.parametrize(
    ("written", "value", "used"),
    [
        ("five five", 5, 1),
        ("one hundred and two hundred", 100, 2),
        ("two thousand and two hundred", 2_000, 2),
        ("خمسة آلاف مليون", 5_000, 2),
        ("خمسة وستون كتابا", 65, 2),
    ],
)
def test_a_number_ends_where_another_begins(written: str, value: int, used: int) -> None:
    assert read_numeral(normal_words(written), 0) == (value, used)


@pytest.mark.parametrize("written", ["", "كتاب", "أحد الناس", "and five", "وخمسة"])
def test_what_is_no_number_is_none(written: str) -> None:
    assert read_numeral(normal_words(written), 0) is None
