"""A small table that says where five words in a row may stand in a source, and surely says where they do not. Knows nothing of words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fanar.attribution.number_table import GOLDEN

RUN = 5
_BITS = 25
_FACTORS = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1)
_SECOND = 0x2545F491


def gram_table(keys: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Return the table of all runs in a row of keys."""
    table = np.zeros(1 << _BITS, dtype=bool)
    for places in _places(keys):
        table[places] = True
    return np.packbits(table)


def may_stand(table: NDArray[np.uint8], row: NDArray[np.int32]) -> list[int]:
    """Return the positions of a row of keys, ascending, at which a run begins that may stand in the source; negative keys stand nowhere."""
    if len(row) < RUN:
        return []
    found = np.ones(len(row) - RUN + 1, dtype=bool)
    for places in _places(row):
        found &= (table[places >> 3] >> (7 - (places & 7)).astype(np.uint8)) & 1 == 1
    unknown = np.convolve(row < 0, np.ones(RUN, dtype=np.int32), "valid")
    return np.flatnonzero(found & (unknown == 0)).tolist()


def _places(row: NDArray[np.int32]) -> list[NDArray[np.int64]]:
    size = max(len(row) - RUN + 1, 0)
    mixed = np.zeros(size, dtype=np.uint64)
    for shift, factor in enumerate(_FACTORS):
        mixed = (mixed ^ row[shift : shift + size].astype(np.uint32).astype(np.uint64)) * np.uint64(factor)
        mixed ^= mixed >> np.uint64(29)
    other = mixed * np.uint64(_SECOND)
    return [(each >> np.uint64(64 - _BITS)).astype(np.int64) for each in (mixed * np.uint64(GOLDEN), other)]
