"""Turns words into the numbered features that the moderator's linear models read. Knows nothing of categories or weights.

A feature is a bucket: the character n-grams of 2 to 5 within words; words, and pairs of words; what a list of words hints at. What matters
is that one stands there, not how often, and each of the three weighs the same, however many features it has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fanar.linear.hashing import buckets_of, character_hashes, named_hashes, word_hashes
from fanar.moderation.folding import folded_words
from fanar.moderation.lexicon import Lexicon

BITS = 18
BUCKETS = 1 << BITS
VERSION = 1
WINDOW, STEP = 32, 24
"""Words that are judged together, and how far the next such window begins behind: long texts hide nothing, and cost what they are long."""
_LONGEST_GRAM = 5
_HINTS = 0x6D6F6465
HINT_WEIGHT = 0.7
_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Features:
    """Distinct buckets and their values, the same length."""

    buckets: NDArray[np.int64]
    values: NDArray[np.float32]


def windows(text: str) -> Iterator[list[str]]:
    """Yield the folded words of `text`, so many at a time; a short text is one window, one without words none."""
    words = [word[:_LONGEST_WORD] for word in folded_words(text)]
    for start in range(0, max(len(words) - (WINDOW - STEP), 1), STEP):
        if window := words[start : start + WINDOW]:
            yield window


class FeatureExtractor:
    """Reads features off windows of words."""

    def __init__(self, *, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def hints(self, words: Sequence[str]) -> list[str]:
        """Return what the list of words says of a window."""
        return self._lexicon.hints(words)

    def extract(self, words: Sequence[str]) -> Features:
        """Return the features of one window."""
        blocks = [
            (np.concatenate(character_hashes(words, longest=_LONGEST_GRAM)), 1.0),
            (np.concatenate(word_hashes(words)), 1.0),
            (named_hashes(self.hints(words), salt=_HINTS), HINT_WEIGHT),
        ]
        buckets = [np.unique(buckets_of(hashes, bits=BITS)) for hashes, _ in blocks]
        values = [
            np.full(len(found), weight * max(len(found), 1) ** -0.5, dtype=np.float32)
            for found, (_, weight) in zip(buckets, blocks, strict=True)
        ]
        return Features(np.concatenate(buckets), np.concatenate(values))
