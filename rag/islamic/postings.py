"""Which rows have a term, and with what weight: sorted arrays that can lie in a file. Knows nothing of what rows or terms are.

Terms are kept as 64-bit digests: a quarter of a million of them collide with a chance of one in half a billion.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_DIGEST = 8
_NO_ROWS = np.zeros(0, dtype=np.int32)

Rows = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Postings:
    """The rows of each term, ascending.

    `keys` are the sorted digests; term number n has rows[starts[n]:starts[n + 1]], and their weights.
    """

    keys: NDArray[np.uint64]
    starts: NDArray[np.int64]
    rows: Rows
    weights: NDArray[np.float16]

    @classmethod
    def build(cls, rows: Sequence[Iterable[str] | Mapping[str, float]]) -> Postings:
        """Invert `rows`, each the terms of a row; a mapping gives their weights too."""
        found: dict[str, list[tuple[int, float]]] = {}
        for number, terms in enumerate(rows):
            for term in terms:
                found.setdefault(term, []).append((number, terms[term] if isinstance(terms, Mapping) else 1.0))
        ordered = sorted((digest(term), places) for term, places in found.items())
        places = [place for _, listed in ordered for place in listed]
        starts = np.concatenate([[0], np.cumsum([len(listed) for _, listed in ordered])]).astype(np.int64)
        return cls(
            np.array([key for key, _ in ordered], dtype=np.uint64),
            starts,
            np.array([row for row, _ in places], dtype=np.int32),
            np.array([weight for _, weight in places], dtype=np.float16),
        )

    def of(self, term: str) -> Rows:
        """Return the rows that have `term`."""
        first, last = self._place(term)
        return self.rows[first:last] if last > first else _NO_ROWS

    def weighted(self, term: str) -> tuple[Rows, Floats]:
        """Return the rows that have `term`, and its weight in each."""
        first, last = self._place(term)
        return self.rows[first:last], self.weights[first:last].astype(np.float32)

    def frequency(self, term: str) -> int:
        """Return the number of rows that have `term`."""
        first, last = self._place(term)
        return last - first

    def with_all(self, terms: Iterable[str]) -> Rows:
        """Return the rows that have all of `terms`; none for no terms."""
        found: Rows | None = None
        for rows in sorted(map(self.of, terms), key=len):
            found = rows if found is None else np.intersect1d(found, rows, assume_unique=True)
        return _NO_ROWS if found is None else found

    def _place(self, term: str) -> tuple[int, int]:
        key = np.uint64(digest(term))
        at = int(np.searchsorted(self.keys, key))
        if at == len(self.keys) or self.keys[at] != key:
            return 0, 0
        return int(self.starts[at]), int(self.starts[at + 1])


def digest(term: str) -> int:
    """Return the number under which `term` is kept."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=_DIGEST).digest(), "little")
