"""Words that light stemming would take for others."""

from __future__ import annotations

import pytest

from fanar.arabic.words import normal_words
from rag.analysis import stem


def _stem(word: str) -> str:
    return stem(normal_words(word)[0])


@pytest.mark.parametrize(("word", "other"), [("الغيبة", "الغيب"), ("وكفارة", "الكفار"), ("الجماعة", "الجماع"), ("سنة", "سن")])
def test_a_word_is_not_the_one_without_its_ta_marbuta(word: str, other: str) -> None:
    assert _stem(word) != _stem(other)


@pytest.mark.parametrize("word", ["العمرة", "والعمرة", "البيعة"])
def test_with_the_article_the_last_letter_is_no_pronoun(word: str) -> None:
    assert _stem(word) != _stem(word.removeprefix("و").removeprefix("ال"))


@pytest.mark.parametrize(
    ("word", "same", "other"),
    [
        ("والدة", "الوالد", "الدة"),
        ("والديه", "والدها", "ديه"),
        ("آلهتهم", "آلهة", "هتهم"),
        ("إلهكم", "إله", "هكم"),
        ("إلياس", "إلياس", "يأس"),
        ("ألوان", "الألوان", "وان"),
        ("آلاف", "ألف", "أف"),
        ("الظلمات", "ظلمات", "الظلم"),
    ],
)
def test_what_looks_like_an_article_or_an_ending_may_be_the_words_own(word: str, same: str, other: str) -> None:
    assert _stem(word) == _stem(same)
    assert _stem(word) != _stem(other)
