"""Character n-grams within words. Knows nothing of weights or vocabularies."""

from __future__ import annotations

from collections.abc import Iterable

BOUNDARY = "_"


def character_ngrams(words: Iterable[str], *, shortest: int, longest: int) -> list[str]:
    """Return the n-grams of each word, its boundaries marked by `_`, so that a prefix differs from the same letters inside."""
    found: list[str] = []
    for word in words:
        padded = f"{BOUNDARY}{word}{BOUNDARY}"
        size = len(padded)
        for length in range(shortest, min(longest, size) + 1):
            found += [padded[at : at + length] for at in range(size - length + 1)]
    return found
