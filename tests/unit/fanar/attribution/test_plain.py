"""The words of a text as numbers: the same words, at the same places, as when each is made an object."""

from __future__ import annotations

import numpy as np
import pytest

from fanar.arabic.normalization import normalize
from fanar.attribution.canon_rows import joined_words, word_key
from fanar.attribution.hadith_plain import form_table, without_blessings
from fanar.attribution.hadith_words import hadith_key, hadith_words
from fanar.attribution.number_table import NumberTable
from fanar.attribution.plain import consonants_of, forms_of, plain_words
from tests.unit.fanar.attribution.conftest import Verses, read_edition

PROSE = (
    "قال النبيُّ ﷺ: «إنّما الأعمالُ بالنّيّات»، وروى عنه عمر رضي الله عنه (ت. 23 هـ)، و قال أيضًا: ها أنتم هؤلاء!\n\nو"
    " يا أيها الناس، ويا قوم، فيا ليت: 12 رجلًا و5 نساء وراء و و جاؤوا لله ﻻ ﷲ ــ ء مسؤولية ٱلصَّلَوٰةِ هيّا'نا don't go"
)


@pytest.mark.parametrize("text", [PROSE, f"{PROSE} " * 400, PROSE.replace(" ", "\n"), "", " ", "و", "﴿﴾", "12", "𐎀𐎁 قال 𝔸"])
def test_words_stand_where_they_stand_when_each_is_an_object(text: str) -> None:
    expected = [(word.start, word.end) for word in joined_words(text) if hadith_key(word.text) and not _beyond(word.text)]

    found = plain_words(text)

    assert [(text[a:b].strip("'0123456789") != "", b) for a, b in zip(found.starts, found.ends, strict=True)] == [
        (True, end) for _, end in expected
    ]
    assert all(a <= start for a, (start, _) in zip(found.starts, expected, strict=True))


@pytest.mark.parametrize("gap", [" \u200f", "\u200f ", "\u200f \u200e", " \u061c", "\u00ad "])
def test_marks_that_nobody_sees_keep_no_word_from_the_one_it_is_written_with(gap: str) -> None:
    text = f"و{gap}قال يا{gap}أيها"
    assert [normalize(word.text) for word in joined_words(text)] == ["وقال", "ياايها"]
    found = plain_words(text)
    assert [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)] == [f"و{gap}قال", f"يا{gap}أيها"]


def _beyond(word: str) -> bool:
    return all(ord(letter) > 0xFFFF for letter in word)


def test_words_of_every_edition_have_the_numbers_of_their_keys() -> None:
    for edition in ("uthmani.txt", "simple-clean.txt"):
        text = "\n".join(read_edition(edition).values())

        found = plain_words(text)

        assert np.array_equal(found.consonants, consonants_of([word_key(word.text) for word in joined_words(text)]))


def test_equal_words_have_equal_numbers_and_others_do_not(uthmani: Verses) -> None:
    keys = sorted({hadith_key(word.text) for verse in list(uthmani.values())[:2_000] for word in joined_words(verse)})

    numbers = forms_of(keys)

    assert len(set(numbers.tolist())) == len(keys)
    assert np.array_equal(numbers[::-1], forms_of(keys[::-1]))


def test_blessings_are_left_out_as_they_are_of_words() -> None:
    text = PROSE.partition(" 12")[0] + " عن أبي هريرة رضي الله عنه أنه قال صلى الله عليه وآله وسلم وعليه السلام أيضا"
    keys = {hadith_key(word.text): at for at, word in enumerate(hadith_words(text))}

    found = form_table(keys).values_of(without_blessings(plain_words(text)).forms)

    assert found.tolist() == [keys[hadith_key(word.text)] for word in hadith_words(text)]


def test_a_word_that_no_collection_has_is_unknown() -> None:
    assert form_table({"قال": 4}).values_of(plain_words("قال شيئا وقال").forms).tolist() == [4, -1, 4]
    assert form_table({}).values_of(plain_words("قال").forms).tolist() == [-1]


def test_a_number_table_knows_what_it_was_given_and_nothing_else() -> None:
    numbers = np.arange(0, 60_000, 7, dtype=np.uint64) << np.uint64(40)
    table = NumberTable(numbers, np.arange(len(numbers), dtype=np.int32), missing=-1)

    assert np.array_equal(table.values_of(numbers), np.arange(len(numbers)))
    assert set(table.values_of(numbers + np.uint64(1)).tolist()) == {-1}
