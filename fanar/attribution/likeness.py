"""Words that are nearly the same: without a conjunction, or alike in how they begin and end. Knows nothing of their places."""

from __future__ import annotations

import re
from functools import lru_cache

from fanar.arabic.normalization import normalize
from fanar.attribution.spelling import Agreement, agreement

_SHORTEST_STEM = 3
_CONJUNCTIONS = ("و", "ف")
_LEFT_BEHIND = re.compile("^[\u064b-\u0652]|[\u064b-\u0650\u0652]{2}")
# Damma, kasra, shadda, sukun.
_NOT_OF_CONJUNCTIONS = ("\u064f", "\u0650", "\u0651", "\u0652")


@lru_cache(maxsize=16_384)
def normal_word(word: str) -> str:
    """Return the `search` form of one word."""
    return normalize(word)


def is_clipped(written: str, canonical: str) -> bool:
    """Whether `written` is the canonical word without the «و» or «ف» that joins it to what stands before."""
    letters = 2 if len(canonical) > 1 and not normalize(canonical[1]) else 1
    if lacks_letter(written):
        return False
    # The «ف» of فِي joins nothing: a conjunction bears a fatha, if anything.
    joins = canonical[:1] in _CONJUNCTIONS and canonical[1:2] not in _NOT_OF_CONJUNCTIONS
    return joins and len(normal_word(written)) > 1 and agreement(canonical[:letters] + written, canonical) is not Agreement.DIFFERENT


def lacks_letter(written: str) -> bool:
    """Whether a vowel stands before the first letter of `written`, or behind another: it is what is left of a letter that is lost."""
    return _LEFT_BEHIND.search(written) is not None


@lru_cache(maxsize=16_384)
def is_similar(written: str, canonical: str) -> bool:
    """Whether two words look alike: at least half of the longer one is their common beginning and end."""
    ours, theirs = normal_word(written), normal_word(canonical)
    shorter = min(len(ours), len(theirs))
    start = next((i for i in range(shorter) if ours[i] != theirs[i]), shorter)
    tail = next((i for i in range(shorter - start) if ours[-1 - i] != theirs[-1 - i]), shorter - start)
    return (start + tail) * 2 >= max(len(ours), len(theirs), 1)


@lru_cache(maxsize=16_384)
def is_inflected(written: str, canonical: str) -> bool:
    """Whether two words differ in their endings only: at least three letters, and half of the longer one, are their common beginning."""
    ours, theirs = normal_word(written), normal_word(canonical)
    start = next((i for i, (mine, other) in enumerate(zip(ours, theirs, strict=False)) if mine != other), min(len(ours), len(theirs)))
    return start >= _SHORTEST_STEM and start * 2 >= max(len(ours), len(theirs))
