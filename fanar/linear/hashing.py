"""Turns words into numbers without a vocabulary: character n-grams, words, pairs of words, names, each a bucket. Knows nothing of weights.

Hashes of n-grams are rolling, over the code points of the whole text at once, so that numpy does the work.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF, _ONE = np.uint64(32), np.uint64(1)
_SPACE = 32


def character_hashes(words: Sequence[str], *, longest: int) -> list[Hashes]:
    """Return the hashes of the n-grams of 2 to `longest` characters that stand within one word, of which its boundaries are part."""
    if not words:
        return []
    codes = np.frombuffer(f" {' '.join(words)} ".encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
    inside = codes != _SPACE
    hashes = (codes[:-1] * _BASE + codes[1:]) * _BASE
    found, whole = [hashes], inside[1:-1]
    for size in range(3, min(longest, len(codes)) + 1):
        hashes = (hashes[:-1] + codes[size - 1 :]) * _BASE
        found.append(hashes[whole])
        whole = whole[:-1] & inside[size - 1 : -1]
    return found


def word_hashes(words: Sequence[str]) -> list[Hashes]:
    """Return the hashes of the words, and those of each word with the next."""
    single = named_hashes(words, salt=0)
    pairs = single[:-1] * _BASE
    pairs += single[1:]
    pairs += _ONE
    return [single, pairs]


def named_hashes(names: Sequence[str], *, salt: int = 1) -> Hashes:
    """Return a hash for each name; another `salt` gives other ones."""
    return np.array([crc32(name.encode("utf-8", "replace"), salt) for name in names], dtype=np.uint64)


def buckets_of(hashes: Hashes, *, bits: int) -> NDArray[np.int64]:
    """Return the bucket of each hash, below 2^`bits`. The hashes are used up."""
    hashes ^= hashes >> _HALF
    hashes *= _MIX
    hashes >>= np.uint64(64 - bits)
    # Below 2^63 both read the same bits.
    return hashes.view(np.int64)
