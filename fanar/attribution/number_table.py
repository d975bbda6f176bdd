"""Looks up what numbers stand for, many at a time, in buckets: that costs less than searching a sorted row. Knows nothing of words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

GOLDEN = 0x9E3779B97F4A7C15
"""2 to the 64th by the golden ratio: its products spread numbers evenly (Knuth, TAOCP 3, 6.4)."""
_MIX = np.uint64(GOLDEN)
_FEWEST_BITS = 4


class NumberTable:
    """What each of some numbers stands for; of a number that is given twice, the last one counts."""

    def __init__(self, numbers: NDArray[np.uint64], values: NDArray[np.int32], *, missing: int) -> None:
        self._missing = np.int32(missing)
        self._bits = np.uint64(64 - max(_FEWEST_BITS, len(numbers).bit_length() + 1))
        buckets = self._buckets(numbers)
        order = np.argsort(buckets, kind="stable")
        buckets, self._numbers, self._values = buckets[order], numbers[order], values[order]
        self._starts = np.searchsorted(buckets, np.arange((1 << 64 - int(self._bits)) + 1)).astype(np.int32)

    def values_of(self, numbers: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Return what each number stands for."""
        found = np.full(len(numbers), self._missing, dtype=np.int32)
        buckets = self._buckets(numbers)
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

    def _buckets(self, numbers: NDArray[np.uint64]) -> NDArray[np.int64]:
        mixed = (numbers ^ (numbers >> np.uint64(32))) * _MIX
        return (mixed >> self._bits).astype(np.int64)
