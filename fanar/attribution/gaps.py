"""One alignment of quoted words with canonical ones: its steps, and how what lies between matched words is laid out at least cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fanar.arabic.words import Word
from fanar.attribution.canon import word_key
from fanar.attribution.canonical import UNKNOWN, CanonicalText
from fanar.attribution.likeness import is_similar
from fanar.attribution.spelling import Agreement, agreement, bare

StepKind = Literal["same", "vowels", "clipped", "substituted", "inserted", "deleted"]

LARGEST_GAP = 40
"""Between matched words, no more than this many are compared each with each."""

_BEYOND, _GAP, _SUBSTITUTION, _SIMILAR, _CLIPPED, _VOWELS = 1.0, 0.9, 0.85, 0.6, 0.2, 0.1

STEP_KINDS: dict[Agreement, StepKind] = {
    Agreement.SAME: "same",
    Agreement.VOWELS_CONFLICT: "vowels",
    Agreement.DIFFERENT: "substituted",
}


@dataclass(frozen=True, slots=True)
class Step:
    """Quoted words `first:end` stand for the canonical words at `place:place_end`; either may be empty."""

    kind: StepKind
    first: int
    end: int
    place: int
    place_end: int

    @property
    def agrees(self) -> bool:
        """Whether the letters are the canonical ones."""
        return self.kind in ("same", "vowels", "clipped")


@dataclass(frozen=True, slots=True)
class Alignment:
    """All words of a quotation laid along the canonical text. `similar` counts substituted words that look like the right ones."""

    steps: tuple[Step, ...]
    similar: int = 0

    @property
    def place(self) -> int:
        """Place of the first canonical word."""
        return self.steps[0].place

    @property
    def place_end(self) -> int:
        """Place after the last canonical word."""
        return self.steps[-1].place_end

    @property
    def agreeing(self) -> int:
        """Number of quoted words that agree."""
        return sum(step.end - step.first for step in self.steps if step.agrees)

    @property
    def errors(self) -> int:
        """Number of steps that do not agree."""
        return sum(not step.agrees for step in self.steps)

    @property
    def rank(self) -> tuple[float, int]:
        """Greater is the better alignment."""
        conflicts = sum(step.kind == "vowels" for step in self.steps)
        return self.agreeing + self.similar / 2 - self.errors * 0.3, -conflicts


class Gaps:
    """Builds one alignment: matched words as given, and what lies between them by least cost."""

    def __init__(self, canon: CanonicalText, words: Sequence[Word]) -> None:
        self._canon = canon
        self._words = words
        self._keys = [canon.key(word.text) for word in words]
        self._steps: list[Step] = []
        self._similar = 0

    def matched(self, step: Step) -> None:
        """Add a step that is known."""
        self._similar += step.kind == "substituted"
        self._steps.append(step)

    def alignment(self) -> Alignment | None:
        """Return what was built."""
        return Alignment(tuple(self._steps), self._similar) if self._steps else None

    def lone(self, place: int, end: int) -> Alignment | None:
        """Return the alignment of all words somewhere within a range of places."""
        self.bridge(0, len(self._words), place, end, free_start=True, free_end=True)
        return self.alignment()

    def bridge(self, first: int, end: int, place: int, place_end: int, *, free_start: bool = False, free_end: bool = False) -> None:
        """Lay words `first:end` along places `place:place_end`; at a free end canonical words may be left out."""
        if first == end and (free_start or free_end):
            return
        if end - first > LARGEST_GAP or place_end - place > LARGEST_GAP * 2:
            self._unaligned(first, end, place, place_end, free=free_start or free_end)
            return
        cost: list[list[float]] = [[_GAP * j * (not free_start) for j in range(place_end - place + 1)]]
        moves: list[list[tuple[int, int]]] = [[(0, 1)] * (place_end - place + 1)]
        for i in range(first, end):
            cost.append([cost[-1][0] + _GAP])
            moves.append([(1, 0)])
            for j in range(place, place_end):
                self._fill(cost, moves, i - first + 1, j - place + 1, first, place)
        at = len(cost) - 1
        column = min(range(len(cost[at])), key=lambda c: (cost[at][c], c)) if free_end else len(cost[at]) - 1
        path = []
        while at > 0 or (column > 0 and not free_start):
            used, passed = moves[at][column]
            path.append((at - used, column - passed, used, passed))
            at, column = at - used, column - passed
        for at, column, used, passed in reversed(path):
            self._add(first + at, first + at + used, place + column, place + column + passed)

    def _fill(self, cost: list[list[float]], moves: list[list[tuple[int, int]]], row: int, column: int, first: int, place: int) -> None:
        i, j = first + row - 1, place + column - 1
        options = [
            (cost[row - 1][column - 1] + self._distance(i, j), (1, 1)),
            (cost[row - 1][column] + _GAP, (1, 0)),
            (cost[row][column - 1] + _GAP, (0, 1)),
        ]
        if row > 1 and self._divided(i - 1, j):
            options.append((cost[row - 2][column - 1], (2, 1)))
        if column > 1 and self._united(i, j - 1):
            options.append((cost[row - 1][column - 2], (1, 2)))
        best = min(options)
        cost[row].append(best[0])
        moves[row].append(best[1])

    def _distance(self, i: int, place: int) -> float:
        word = self._words[i].text
        # Words that agree share their key, and comparing keys costs nothing.
        if self._keys[i] == self._canon.keys[place] != UNKNOWN:
            found = self._canon.agreement(word, place)
            if found is not Agreement.DIFFERENT:
                return 0.0 if found is Agreement.SAME else _VOWELS
        if i == 0 and self._canon.is_clipped(word, place):
            return _CLIPPED
        if is_similar(word, self._canon.texts[place]):
            return _SIMILAR
        # A word beyond a verse's end is rather one too many than the next verse's first, replaced.
        return _BEYOND if i and self._canon.begins_verse(place) else _SUBSTITUTION

    def _divided(self, i: int, place: int) -> bool:
        both = bare(self._words[i].text) + bare(self._words[i + 1].text)
        return self._keys[i] != self._canon.keys[place] and both in self._canon.spellings(place)

    def _united(self, i: int, place: int) -> bool:
        first, second = self._canon.texts[place], self._canon.texts[place + 1]
        key = word_key(self._words[i].text)
        if not (second and key.startswith(word_key(first)) and key.endswith(word_key(second))):
            return False
        return agreement(self._words[i].text, first + second) is not Agreement.DIFFERENT

    def _add(self, first: int, end: int, place: int, place_end: int) -> None:
        if end == first:
            self._steps.append(Step("deleted", first, end, place, place_end))
        elif place == place_end:
            self._steps.append(Step("inserted", first, end, place, place_end))
        elif end - first + place_end - place > 2:
            self._steps.append(Step("same", first, end, place, place_end))
        else:
            found = self._canon.agreement(self._words[first].text, place)
            clipped = first == 0 and self._canon.is_clipped(self._words[0].text, place)
            kind: StepKind = "clipped" if found is Agreement.DIFFERENT and clipped else STEP_KINDS[found]
            self._similar += kind == "substituted" and is_similar(self._words[first].text, self._canon.texts[place])
            self._steps.append(Step(kind, first, end, place, place_end))

    def _unaligned(self, first: int, end: int, place: int, place_end: int, *, free: bool) -> None:
        at = place if not free or not self._steps else self._steps[-1].place_end
        self._steps += [Step("inserted", i, i + 1, at, at) for i in range(first, end)]
        if not free:
            self._steps += [Step("deleted", end, end, j, j + 1) for j in range(place, place_end)]
