"""One alignment of quoted words with canonical ones: its steps, and how what lies between matched words is laid out at least cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fanar.arabic.words import Word
from fanar.attribution.canon_rows import word_key
from fanar.attribution.canonical import UNKNOWN, CanonicalText
from fanar.attribution.likeness import is_similar
from fanar.attribution.spelling import Agreement, agreement
from fanar.attribution.written import bare

StepKind = Literal["same", "vowels", "clipped", "substituted", "inserted", "deleted"]

LARGEST_GAP = 40
"""Between matched words, no more than this many are compared each with each."""

_BORDER, _BEYOND, _GAP, _SUBSTITUTION, _SIMILAR, _CLIPPED, _VOWELS = 9.0, 1.0, 0.9, 0.85, 0.6, 0.2, 0.1

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


@dataclass(frozen=True, slots=True)
class _Column:
    """What a gap is filled by: all that is asked of one canonical word, once."""

    place: int
    text: str
    key: int
    skeleton: str
    divided: tuple[str, ...]
    begins: bool
    ends: bool


class Gaps:
    """Builds one alignment: matched words as given, and what lies between them by least cost."""

    def __init__(self, canon: CanonicalText, words: Sequence[Word]) -> None:
        self._canon = canon
        self._words = words
        self._keys = [canon.key(word.text) for word in words]
        self._steps: list[Step] = []
        self._similar = 0
        self._columns: dict[int, _Column] = {}

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
        columns = [self._column(j) for j in range(place, place_end)]
        cost: list[list[float]] = [[_GAP * j * (not free_start) for j in range(len(columns) + 1)]]
        moves: list[list[tuple[int, int]]] = [[(0, 1)] * (len(columns) + 1)]
        for i in range(first, end):
            self._add_row(cost, moves, i, columns)
        at = len(cost) - 1
        column = min(range(len(cost[at])), key=lambda c: (cost[at][c], c)) if free_end else len(cost[at]) - 1
        path = []
        while at > 0 or (column > 0 and not free_start):
            used, passed = moves[at][column]
            path.append((at - used, column - passed, used, passed))
            at, column = at - used, column - passed
        for at, column, used, passed in reversed(path):
            self._add(first + at, first + at + used, place + column, place + column + passed)

    def _column(self, place: int) -> _Column:
        known = self._columns.get(place)
        if known is None:
            text = self._canon.texts[place]
            begins = self._canon.begins_verse(place)
            ends = place + 1 < len(self._canon.texts) and self._canon.begins_verse(place + 1)
            own, *everyday = self._canon.spellings(place) or ("",)
            # It is everyday spelling that divides words: «وأن لو» for وَأَلَّوِ, and never «وأ لو».
            divided = tuple(everyday) or (own,)
            known = _Column(place, text, self._canon.keys[place], word_key(text), divided, begins, ends)
            self._columns[place] = known
        return known

    def _add_row(self, cost: list[list[float]], moves: list[list[tuple[int, int]]], i: int, columns: Sequence[_Column]) -> None:
        above, row, taken = cost[-1], [cost[-1][0] + _GAP], [(1, 0)]
        both = bare(self._words[i - 1].text) + bare(self._words[i].text) if len(cost) > 1 else ""
        skeleton = word_key(self._words[i].text)
        for at, column in enumerate(columns):
            least, move = above[at] + self._distance(i, column), (1, 1)
            # Of equal costs the one that uses fewest words counts.
            if above[at + 1] + _GAP <= least:
                least, move = above[at + 1] + _GAP, (1, 0)
            if row[at] + _GAP <= least:
                least, move = row[at] + _GAP, (0, 1)
            if at and above[at - 1] < least and self._united(i, skeleton, columns[at - 1], column):
                least, move = above[at - 1], (1, 2)
            if both and cost[-2][at] < least and both in column.divided and self._keys[i - 1] != column.key:
                least, move = cost[-2][at], (2, 1)
            row.append(least)
            taken.append(move)
        cost.append(row)
        moves.append(taken)

    def _distance(self, i: int, column: _Column) -> float:
        if not column.text:
            return _BORDER
        word = self._words[i].text
        # Words that agree share their key, and comparing keys costs nothing.
        if self._keys[i] == column.key != UNKNOWN:
            found = self._canon.agreement(word, column.place)
            if found is not Agreement.DIFFERENT:
                return 0.0 if found is Agreement.SAME else _VOWELS
        if i == 0 and self._canon.is_clipped(word, column.place):
            return _CLIPPED
        if is_similar(word, column.text):
            return _SIMILAR
        # A word beyond a verse's end is rather one too many than the next verse's first, replaced; so is one before its first.
        return _BEYOND if (column.begins if i else column.ends) else _SUBSTITUTION

    def _united(self, i: int, skeleton: str, first: _Column, second: _Column) -> bool:
        if not (second.text and skeleton.startswith(first.skeleton) and skeleton.endswith(second.skeleton)):
            return False
        return agreement(self._words[i].text, first.text + second.text) is not Agreement.DIFFERENT

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
