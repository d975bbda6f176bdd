"""The words of hadith as numbers, for texts that are read all at once. Knows nothing of collections beyond the keys of their words."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from fanar.attribution.canonical import UNKNOWN
from fanar.attribution.hadith_words import BLESSINGS, LIGATURES, ONE_KEY
from fanar.attribution.number_table import NumberTable
from fanar.attribution.plain import PlainWords, forms_of

_BLESSED = tuple(forms_of(blessing) for blessing in (*BLESSINGS, *((ligature,) for ligature in LIGATURES)))


def without_blessings(words: PlainWords) -> PlainWords:
    """Return the words but those of the blessings behind names."""
    borders = np.zeros(len(words.starts) + 1, dtype=np.int64)
    longest = np.zeros(len(words.starts), dtype=np.int64)
    for blessing in _BLESSED:
        at = np.flatnonzero(words.forms[: len(words.forms) - len(blessing) + 1] == blessing[0])
        for following, form in enumerate(blessing[1:], 1):
            at = at[words.forms[at + following] == form]
        longest[at] = np.maximum(longest[at], len(blessing))
    at = np.flatnonzero(longest)
    np.add.at(borders, at, 1)
    np.add.at(borders, at + longest[at], -1)
    kept = np.cumsum(borders[:-1]) == 0
    return PlainWords(words.starts[kept], words.ends[kept], words.forms[kept], words.consonants[kept])


def form_table(ids: Mapping[str, int]) -> NumberTable:
    """Return the keys of a collection's words, UNKNOWN of all others, by the numbers of their forms."""
    written = {form: ids[key] for form, key in ONE_KEY.items() if key in ids}
    # Of a misprint with a digit inside nothing would be left to tell it from the word without.
    written |= {form: key for form, key in ids.items() if form.isalpha()}
    keys = np.fromiter(written.values(), dtype=np.int32, count=len(written))
    return NumberTable(forms_of(list(written)), keys, missing=UNKNOWN)
