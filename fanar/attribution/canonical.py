"""What quotations are held against: the words of a source in one row, and where a run of words stands in it.

Knows nothing of which source it is; the Quran's words and those of the collections of hadith are both such a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from fanar.attribution.spelling import Agreement

UNKNOWN = -1
"""The key of a word that stands nowhere in the source."""


class Texts(Protocol):
    """The words as the source writes them, by place; "" at a border that no quotation crosses."""

    def __getitem__(self, place: int, /) -> str:
        """Return the word at `place`."""
        ...

    def __len__(self) -> int:
        """Return how many places there are."""
        ...


class CanonicalText(Protocol):
    """A row of words that can be searched. A place is a position in it; words that are compared share a key."""

    @property
    def keys(self) -> Sequence[int]:
        """The key of the word at each place."""
        ...

    @property
    def texts(self) -> Texts:
        """The words."""
        ...

    def key(self, word: str) -> int:
        """Return the key of a written word, UNKNOWN where the source has none like it."""
        ...

    def spellings(self, place: int) -> tuple[str, ...]:
        """Return the letters of the word at `place` in every spelling that counts as the source's own."""
        ...

    def agreement(self, written: str, place: int) -> Agreement:
        """Return how far a written word agrees with the word at `place`."""
        ...

    def is_clipped(self, written: str, place: int) -> bool:
        """Whether a written word, the first of a quotation, is the word at `place` without what joins it to the one before."""
        ...

    def longest(self, keys: Sequence[int], at: int, end: int) -> tuple[int, int, int]:
        """Return (length, low, high) of the longest run of `keys[at:end]`; `places(low, high)` are where it begins."""
        ...

    def places(self, low: int, high: int) -> list[int]:
        """Return the places of an interval, in their order."""
        ...

    def begins_verse(self, place: int) -> bool:
        """Whether the word at `place` is the first of its passage."""
        ...

    def verbatim(self, first: int, end: int) -> str:
        """Return the source's text of the words from place `first` to before `end`."""
        ...
