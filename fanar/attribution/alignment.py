"""Finds where quoted words stand in the canonical text, or nearly stand. Knows nothing of quotation marks or verdicts.

Runs of words that stand in the text anchor the alignment; only what lies between them is compared word with word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log2

from fanar.arabic.words import Word
from fanar.attribution.canonical import UNKNOWN, CanonicalText
from fanar.attribution.gaps import LARGEST_GAP, STEP_KINDS, Alignment, Gaps, Step

_CANDIDATES = 4
_RARITY = 20.0
_MOST_PLACES = 300
_SEED_PLACES = 60
_LONE_SEED_PLACES = 6
_LONE_SEED_PLACES_SHORT = 120
_SHORT = 8
_DRIFT = 6
_ONE_WORD = 1_000.0
"""The weight that one word more in common counts as: weight only breaks ties."""
_WIDEST = 24
_PROMISING_SHARE = 0.3


class Aligner:
    """Finds where quoted words stand, or nearly stand."""

    def __init__(self, canon: CanonicalText) -> None:
        self._canon = canon

    def align(self, words: Sequence[Word], *, hint: tuple[int, int] = (0, 0)) -> list[Alignment]:
        """Return the best alignments, equally good, in the order of the text; none where the words stand nowhere near.

        `hint` is a range of places where they are said to stand.
        """
        keys = [self._canon.key(word.text) for word in words]
        length, low, high = self._canon.longest(keys, 0, len(keys)) if keys else (0, 0, 0)
        if keys and length == len(keys):
            found = [self._direct(words, place) for place in self._canon.places(low, min(high, low + _MOST_PLACES))]
        else:
            windows = [window for window in self._windows(keys, hint) if self._is_promising(keys, *window)]
            found = [a for window in windows if (a := self._anchored(words, keys, *window)) is not None]
        best = max((a.rank for a in found), default=(0.0, 0))
        return [a for a in found if a.rank == best] if best[0] > 0 else []

    def _direct(self, words: Sequence[Word], place: int) -> Alignment:
        steps = [self._step(words[i], i, place + i) for i in range(len(words))]
        similar = sum(s.kind == "substituted" for s in steps)
        return Alignment(tuple(steps), similar)

    def _step(self, word: Word, at: int, place: int) -> Step:
        return Step(STEP_KINDS[self._canon.agreement(word.text, place)], at, at + 1, place, place + 1)

    def _windows(self, keys: Sequence[int], hint: tuple[int, int]) -> list[tuple[int, int]]:
        """Return the ranges of diagonals (place minus position) that gather most matching words."""
        votes: dict[int, float] = {}
        lone = _LONE_SEED_PLACES if len(keys) > _SHORT else _LONE_SEED_PLACES_SHORT
        at = 0
        while at < len(keys):
            length, low, high = self._canon.longest(keys, at, len(keys))
            if 0 < high - low <= (_SEED_PLACES if length > 1 else lone):
                # What stands in few places says more about where the rest stands.
                weight = length * (_RARITY - log2(high - low)) / _RARITY
                for place in self._canon.places(low, high):
                    votes[place - at] = votes.get(place - at, 0) + weight
            # A run that begins within another may be the one that goes on: in few words, look at each.
            at += 1 if len(keys) <= _SHORT else max(length, 1)
        windows: list[tuple[float, int, int]] = []
        for diagonal in sorted(votes):
            if windows and diagonal - windows[-1][2] <= _DRIFT and diagonal - windows[-1][1] <= _WIDEST:
                windows[-1] = (windows[-1][0] + votes[diagonal], windows[-1][1], diagonal)
            else:
                windows.append((votes[diagonal], diagonal, diagonal))
        if len(keys) <= _SHORT:
            # Of windows that hold equally many of few words, the one with the rarer run counts.
            windows = [(self._shared(keys, low, high) + weight / _ONE_WORD, low, high) for weight, low, high in windows]
        windows.sort(key=lambda window: (-window[0], window[1]))
        chosen = [(low, high) for _, low, high in windows[:_CANDIDATES]]
        # Words that the text ascribes to a verse are compared with that verse in any case.
        return chosen if hint[1] <= hint[0] else [*chosen, (hint[0], max(hint[0], hint[1] - len(keys)))]

    def _is_promising(self, keys: Sequence[int], low: int, high: int) -> bool:
        """Whether enough of the words stand anywhere between these diagonals."""
        return self._shared(keys, low, high) >= _PROMISING_SHARE * len(keys)

    def _shared(self, keys: Sequence[int], low: int, high: int) -> int:
        there = set(self._canon.keys[max(low, 0) : high + len(keys) + 1])
        return sum(key in there for key in keys)

    def _anchored(self, words: Sequence[Word], keys: Sequence[int], low: int, high: int) -> Alignment | None:
        gaps = Gaps(self._canon, words)
        i, place = 0, max(low, 0)
        free_start = True
        for at, length, anchor in self._anchors(keys, low, high):
            if anchor < place and not free_start:
                continue
            begin = max(anchor - (at - i) - 2, 0) if free_start else place
            gaps.bridge(i, at, begin, anchor, free_start=free_start)
            for step in range(length):
                gaps.matched(self._step(words[at + step], at + step, anchor + step))
            i, place, free_start = at + length, anchor + length, False
        if free_start:
            return None if len(words) > LARGEST_GAP else gaps.lone(max(low, 0), min(high + len(words) + 2, len(self._canon.texts)))
        gaps.bridge(i, len(words), place, min(place + (len(words) - i) + 2, len(self._canon.texts)), free_end=True)
        return gaps.alignment()

    def _anchors(self, keys: Sequence[int], low: int, high: int) -> list[tuple[int, int, int]]:
        """Return (position, length, place) of the runs along these diagonals, ascending in both."""
        found: list[tuple[int, int, int]] = []
        canon = self._canon.keys
        low, high = low - 1, high + 1
        at = 0
        while at < len(keys):
            best = (0, 0)
            for place in self._same(keys[at], at + low, at + high + 1):
                length = 0
                while at + length < len(keys) and place + length < len(canon) and keys[at + length] == canon[place + length]:
                    length += 1
                best = max(best, (length, -place))
            length, place = best[0], -best[1]
            if length >= 2 and (not found or place >= found[-1][2] + found[-1][1]):
                found.append((at, length, place))
            at += max(length, 1)
        return found

    def _same(self, key: int, begin: int, end: int) -> Iterator[int]:
        """Yield the places within a range at which a word of this key stands."""
        canon = self._canon.keys
        if key == UNKNOWN:
            return
        for place in range(max(begin, 0), min(end, len(canon))):
            if canon[place] == key:
                yield place
