from __future__ import annotations

import pytest

from fanar.arabic.ordinals import number_said
from fanar.arabic.words import normal_words


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("الثلاثون", 30),
        ("الثلاثين", 30),
        ("الأولى", 1),
        ("الحادي عشر", 11),
        ("التاسعة عشرة", 19),
        ("الحادي والعشرون", 21),
        ("التاسع والخمسين", 59),
        ("٢٨", 28),
        ("خمسة", 5),
        ("30th", 30),
        ("first", 1),
        ("twelfth", 12),
        ("thirty", 30),
        ("twenty-first", 21),
        ("sixtieth", 60),
        ("604", 604),
    ],
)
def test_numbers_are_read_in_words_and_digits(said: str, value: int) -> None:
    words = normal_words(said)
    assert number_said(words, 0) == (value, len(words))


@pytest.mark.parametrize("said", ["", "كتاب", "thirds", "12345", "و"])
def test_what_is_no_number_is_none(said: str) -> None:
    assert number_said(normal_words(said), 0) == (0, 0)


def test_a_number_ends_where_another_word_begins() -> None:
    assert number_said(normal_words("الجزء الثلاثون من القرآن"), 1) == (30, 1)
    assert number_said(normal_words("twenty verses"), 0) == (20, 1)
