"""Words carry their marks and their places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fanar.arabic.ngrams import character_ngrams
from fanar.arabic.normalization import normalize
from fanar.arabic.stopwords import STOPWORDS
from fanar.arabic.words import normal_words, words


def test_a_vocalised_word_is_one_word() -> None:
    text = "قَالَ: «ٱلْحَمْدُ لِلَّهِ»، don't stop"
    assert [word.text for word in words(text)] == ["قَالَ", "ٱلْحَمْدُ", "لِلَّهِ", "don't", "stop"]


@given(st.text())
def test_each_word_stands_where_it_says(text: str) -> None:
    assert all(text[word.start : word.end] == word.text for word in words(text))


def test_normal_words_are_in_search_form() -> None:
    assert normal_words("مَا حُكْمُ الصَّلاةِ؟ (2:255)") == ["ما", "حكم", "الصلاه", "2", "255"]


def test_words_of_a_short_text_are_kept_and_those_of_a_long_one_are_not() -> None:
    short, long = "زكاة المال " * 4, "زكاة المال " * 100_000
    assert normalize(short) is normalize(short)
    assert normal_words(short)[0] is normal_words(short)[0]
    assert normalize(long) is not normalize(long)
    assert normal_words(long)[0] is not normal_words(long)[0]


def test_no_word_in_blank_or_punctuation() -> None:
    assert words(" \n…،؛ __ ") == []
    assert normal_words("ًٌٍ ـ") == []


def test_ngrams_mark_the_boundaries_of_a_word() -> None:
    assert character_ngrams(["بيت"], shortest=2, longest=3) == ["_ب", "بي", "يت", "ت_", "_بي", "بيت", "يت_"]


def test_ngrams_longer_than_the_word_are_left_out() -> None:
    assert character_ngrams(["a"], shortest=3, longest=5) == ["_a_"]


def test_stopwords_match_normal_words_of_several_varieties() -> None:
    assert set(normal_words("إلى أي هذه ليش إزاي واش شلون the")) <= STOPWORDS
    assert not STOPWORDS & set(normal_words("صلاة زكاة سفر قطر"))
