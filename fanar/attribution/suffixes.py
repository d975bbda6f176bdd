"""Where runs of keys begin in a long row of them: a suffix array, in memory or in files. Knows nothing of words.

All suffixes stand in their order, so the places of any run of keys are one interval of it, narrowed key by key.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

NO_KEY = -1
"""A key that stands nowhere."""


class Suffixes:
    """A row of keys, the order of its suffixes, and where in that order each key's begin. Suffixes are in order up to `depth` keys."""

    def __init__(self, keys: Sequence[int], order: Sequence[int], starts: Sequence[int], *, depth: int | None = None) -> None:
        self.keys = keys
        self._order = order
        self._starts = starts
        self._depth = depth or len(keys) + 1

    @classmethod
    def of(cls, keys: Sequence[int]) -> Suffixes:
        """Order all suffixes of `keys`, in memory."""
        row = np.asarray(keys, dtype=np.int32)
        order = suffix_order(row)
        return cls(array("i", row.tolist()), array("i", order.tolist()), array("i", key_starts(row, order).tolist()))

    @property
    def parts(self) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """The keys, the order and the starts, as the constructor takes them."""
        return self.keys, self._order, self._starts

    def longest(self, keys: Sequence[int], at: int, end: int) -> tuple[int, int, int]:
        """Return (length, low, high) of the longest run of `keys[at:end]`; `places(low, high)` are where it begins."""
        key = keys[at]
        if key == NO_KEY:
            return 0, 0, 0
        low, high = self._starts[key], self._starts[key + 1]
        depth = 1
        while at + depth < end and keys[at + depth] != NO_KEY:
            narrow = self._narrowed(low, high, depth, keys[at + depth])
            if narrow[0] == narrow[1]:
                break
            low, high = narrow
            depth += 1
        return depth, low, high

    def places(self, low: int, high: int) -> list[int]:
        """Return the places of an interval, in their order."""
        return sorted(self._order[low:high])

    def frequency(self, key: int) -> int:
        """Return at how many places a key stands."""
        return self._starts[key + 1] - self._starts[key]

    def places_of(self, key: int) -> Sequence[int]:
        """Return the places of a key, in no order that means anything."""
        return self._order[self._starts[key] : self._starts[key + 1]]

    def _narrowed(self, low: int, high: int, depth: int, key: int) -> tuple[int, int]:
        keys, order = self.keys, self._order
        size = len(keys)
        if high - low == 1:
            place = order[low] + depth
            return (low, high) if place < size and keys[place] == key else (low, low)
        if depth >= self._depth:
            # Beyond what is in order, an interval can only be kept whole, where all of it goes on alike.
            alike = all(place + depth < size and keys[place + depth] == key for place in order[low:high])
            return (low, high) if alike else (low, low)

        def following(place: int) -> int:
            return keys[place + depth] if place + depth < size else NO_KEY

        first = bisect_left(order, key, low, high, key=following)
        return first, bisect_right(order, key, first, high, key=following)


def suffix_order(keys: NDArray[np.int32], *, depth: int | None = None) -> NDArray[np.int32]:
    """Return the places in the order of the suffixes that begin there, by doubling the length that is compared, up to `depth` keys."""
    rank = keys.astype(np.int64)
    size = len(rank)
    length = 1
    order = np.argsort(rank, kind="stable")
    while length < min(size, depth or size):
        second = np.zeros(size, dtype=np.int64)
        second[: size - length] = rank[length:] + 1
        pair = rank * (int(rank.max()) + 2) + second
        order = np.argsort(pair, kind="stable")
        rank = np.empty(size, dtype=np.int64)
        rank[order] = np.concatenate(([0], np.cumsum(np.diff(pair[order]) != 0)))
        if rank[order[-1]] == size - 1:
            break
        length *= 2
    return order.astype(np.int32)


def key_starts(keys: NDArray[np.int32], order: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return where in `order` each key's suffixes begin, and after them the end."""
    largest = int(keys.max()) if len(keys) else 0
    return np.searchsorted(keys[order], np.arange(largest + 2)).astype(np.int32)
