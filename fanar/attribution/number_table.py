"""Looks up what numbers stand for, many at a time, in buckets: that costs less than searching a sorted row. Knows nothing of words."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

GOLDEN = 0x9E3779B97F4A7C15
"""2 to the 64th by the golden ratio: its products spread numbers evenly (Knuth, TAOCP 3, 6.4)."""
_MIX = np.uint64(GOLDEN)
_FEWEST_BITS = 4


class TableParts(NamedTuple):
    """What a table is made of, as it can lie in files: the numbers by bucket, what each stands for, where each bucket begins."""

    numbers: NDArray[np.uint64]
    values: NDArray[np.int32]
    starts: NDArray[np.int32]


class NumberTable:
    """What each of some numbers stands for; of a number that is given twice, the last one counts."""

    def __init__(self, numbers: NDArray[np.uint64], values: NDArray[np.int32], *, missing: int) -> None:
        bits = _bits(len(numbers))
        buckets = _buckets(numbers, bits)
        order = np.argsort(buckets, kind="stable")
        starts = np.searchsorted(buckets[order], np.arange((1 << 64 - int(bits)) + 1)).astype(np.int32)
        self._take(TableParts(numbers[order], values[order], starts), missing)

    @classmethod
    def of(cls, parts: TableParts, *, missing: int) -> NumberTable:
        """Return the table whose `parts` these are."""
        table = cls.__new__(cls)
        table._take(parts, missing)
        return table

    def _take(self, parts: TableParts, missing: int) -> None:
        self.parts = parts
        self._numbers, self._values, self._starts = parts
        self._bits = _bits(len(parts.numbers))
        self._missing = np.int32(missing)

    def values_of(self, numbers: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Return what each number stands for."""
        found = np.full(len(numbers), self._missing, dtype=np.int32)
        buckets = _buckets(numbers, self._bits)
        at, end = self._starts[buckets], self._starts[buckets + 1]
        left = np.flatnonzero(at < end)
        at, end = at[left], end[left]
        while len(left):
            same = self._numbers[at] == numbers[left]
            found[left[same]] = self._values[at[same]]
            at = at + 1
            going = at < end
            left, at, end = left[going], at[going], end[going]
        return found


def _bits(count: int) -> np.uint64:
    """Return how many bits of a mixed number are left out where there are so many."""
    return np.uint64(64 - max(_FEWEST_BITS, count.bit_length() + 1))


def _buckets(numbers: NDArray[np.uint64], bits: np.uint64) -> NDArray[np.int64]:
    mixed = (numbers ^ (numbers >> np.uint64(32))) * _MIX
    return (mixed >> bits).astype(np.int64)
