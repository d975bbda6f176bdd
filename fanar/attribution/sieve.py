"""Says where in a text words of the Quran may run, and surely where they do not. Knows nothing of verdicts.

Words are told apart by their consonants only, in pairs: where two words never follow one another in the Quran, no run of it goes on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import numpy as np

from fanar.attribution.canon_rows import CanonRows
from fanar.attribution.number_table import GOLDEN, NumberTable
from fanar.attribution.plain import Flags, Places, PlainWords, consonants_of

_BITS = 22
_NOWHERE = -1
_VANISHING = -2
"""The class of a word without consonants: it may stand between any two."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of a text outside of which no verse runs, in order."""

    spans: list[tuple[int, int]]

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the parts of the stretches that lie in a span."""
        first = bisect_right(self.spans, start, key=lambda stretch: stretch[1])
        last = bisect_left(self.spans, end, key=lambda stretch: stretch[0])
        return [(max(begin, start), min(stop, end)) for begin, stop in self.spans[first:last]]


class VerseSieve:
    """Holds which words follow one another in the Quran.

    A stretch is worth a look where runs of two and more, no more than `gap` words between them, hold more than `least` words, or just so
    many without a gap.
    """

    def __init__(self, rows: CanonRows, *, least: int, gap: int) -> None:
        self._least = least
        self._gap = gap
        # What stands between two surahs is a word like no other.
        known = {key: number for key, number in rows.ids.items() if not key.startswith("\n")}
        ids = np.fromiter(known.values(), dtype=np.int64, count=len(known))
        numbers, spelling = np.unique(consonants_of(list(known)), return_inverse=True)
        classes = _merged(spelling, ids)
        if len(numbers) and not numbers[0]:
            classes[classes == classes[0]] = _VANISHING
        self._classes = NumberTable(numbers, classes.astype(np.int32), missing=_NOWHERE)
        of_id = np.full(len(rows.ids), _NOWHERE)
        of_id[ids] = classes[spelling]
        row = of_id[np.asarray(rows.suffixes.keys)]
        row = row[row != _VANISHING]
        self._pairs = np.zeros(1 << _BITS, dtype=bool)
        self._pairs[_pair(row[:-1], row[1:])[(row[:-1] >= 0) & (row[1:] >= 0)]] = True

    def sift(self, words: PlainWords) -> Stretches:
        """Return where verses may run among the words of a text."""
        classes = self._classes.values_of(words.consonants).astype(np.int64)
        classes[words.consonants == 0] = _VANISHING
        starts, ends = _runs(self._linked(classes))
        if not len(starts):
            return Stretches([])
        apart = np.flatnonzero(starts[1:] - ends[:-1] > self._gap) + 1
        firsts = np.concatenate(([0], apart))
        begin, end = starts[firsts], ends[np.concatenate((apart - 1, [len(ends) - 1]))]
        held = np.add.reduceat(ends - starts, firsts)
        worth = held > self._least
        worth |= (held == self._least) & (end - begin == held)
        begin, end = begin[worth], end[worth]
        return Stretches([(int(words.starts[a]), int(words.ends[b - 1])) for a, b in zip(begin, end, strict=True)])

    def _linked(self, classes: Places) -> Flags:
        """Return for each word but the last whether it and the next one may stand in one run."""
        linked: Flags = (classes[:-1] != _NOWHERE) & (classes[1:] != _NOWHERE)
        real = np.flatnonzero(classes != _VANISHING)
        follow = real[:-1][np.diff(real) == 1]
        linked[follow] &= self._pairs[_pair(classes[follow], classes[follow + 1])]
        return linked


def _merged(spelling: Places, ids: Places) -> Places:
    """Return the class of each spelling, one for all spellings of a word."""
    classes = np.arange(int(spelling.max(initial=-1)) + 1)
    while True:
        least = np.full(int(ids.max(initial=0)) + 1, len(classes))
        np.minimum.at(least, ids, classes[spelling])
        before = classes.copy()
        np.minimum.at(classes, spelling, least[ids])
        if np.array_equal(before, classes):
            return classes


def _pair(first: Places, second: Places) -> Places:
    mixed = (first.astype(np.uint64) << np.uint64(32) | second.astype(np.uint64) & np.uint64(0xFFFFFFFF)) * np.uint64(GOLDEN)
    return (mixed >> np.uint64(64 - _BITS)).astype(np.int64)


def _runs(linked: Flags) -> tuple[Places, Places]:
    """Return where runs of words that are linked begin and end."""
    edges = np.flatnonzero(np.diff(linked, prepend=False, append=False))
    return edges[::2], edges[1::2] + 1
