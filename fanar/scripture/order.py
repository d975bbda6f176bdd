"""The verses in their order: which one comes how manieth. Knows numbers only, no words."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from fanar.scripture.references import VerseReference
from fanar.scripture.surahs import SURAHS

Place = tuple[int, int]
"""Surah and verse."""

_BEFORE = (0, *accumulate(surah.verses for surah in SURAHS))
VERSES = _BEFORE[-1]
"""How many verses there are."""
PLACES: tuple[Place, ...] = tuple((surah.number, ayah) for surah in SURAHS for ayah in range(1, surah.verses + 1))
"""All verses in their order."""


def position(place: Place) -> int:
    """Return how many verses stand before this one."""
    surah, ayah = place
    return _BEFORE[surah - 1] + ayah - 1


def place_at(at: int) -> Place:
    """Return the verse before which `at` others stand."""
    surah = bisect_right(_BEFORE, at)
    return surah, at - _BEFORE[surah - 1] + 1


def references_between(first: Place, last: Place) -> tuple[VerseReference, ...]:
    """Return the verses from `first` to `last`, surah by surah."""
    return tuple(
        VerseReference(number, first[1] if number == first[0] else 1, last[1] if number == last[0] else SURAHS[number - 1].verses)
        for number in range(first[0], last[0] + 1)
    )
