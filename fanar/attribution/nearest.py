"""Finds the verse that words which stand nowhere come nearest to: the one with their rarest run of words. Knows nothing of verdicts.

What a model makes up as a verse often begins like one. A run that hardly comes about by chance says which; everyday words say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from fanar.attribution.canon import Canon
from fanar.scripture.references import VerseReference

RAREST = 24.0
"""Natural logarithm of how unlikely the words of a run follow one another by chance."""


def nearest_verse(canon: Canon, words: Sequence[str], *, least: float = RAREST) -> VerseReference | None:
    """Return the verses of the rarest run of `words`, the first of several; None where no run is rare enough."""
    keys = [canon.key(word) for word in words]
    best, found = least, None
    at = 0
    while at < len(keys):
        length, low, high = canon.longest(keys, at, len(keys))
        rarity = sum(canon.rarity(key) for key in keys[at : at + length])
        if rarity > best:
            place = canon.places(low, high)[0]
            best, found = rarity, canon.reference(place, place + length)
        at += max(length, 1)
    return found
