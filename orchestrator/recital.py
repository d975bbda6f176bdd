"""Finds the verses of the Quran in a text that is to be read aloud: they are recited by a person's voice, or not at all.

Stricter than what judges quotations: a whole short verse counts wherever its words stand in a row, marked as a quotation or not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fanar.arabic.normalization import NormalizedText, normalize, normalize_with_offsets
from fanar.protocols import AttributionVerifier, ScriptureIndex
from fanar.scripture.references import parse_reference

Place = tuple[int, int]
"""A surah and one of its verses."""

_WORD = re.compile(r"\w+")
_LONGEST = 8  # words: longer verses are found by what judges quotations
_SHORTEST = 3  # words of a verse amid others; shorter ones are everyday words, and count where they are all that is said


@dataclass(frozen=True, slots=True)
class Recital:
    """A stretch of a text that is scripture: these verses, word for word when `faithful`."""

    start: int
    end: int
    verses: tuple[Place, ...]
    faithful: bool


class VerseWatch:
    """Tells which stretches of a text are scripture, by the verses of `scripture` and by what `verifier` says."""

    def __init__(self, *, scripture: ScriptureIndex, verifier: AttributionVerifier) -> None:
        self._scripture = scripture
        self._verifier = verifier
        self._short: dict[tuple[str, ...], Place] | None = None

    def find(self, text: str) -> list[Recital]:
        """Return the scripture in `text`, in order, without overlaps. Linear in the length of the text, but not quick."""
        quoted = [
            Recital(quote.start, quote.end, self._verses(quote.reference), quote.faithful)
            for quote in self._verifier.verify(text, checks=frozenset(("quran",))).quotes
            if quote.type == "quran"
        ]
        found: list[Recital] = []
        for each in sorted([*quoted, *self._whole_verses(text)], key=lambda one: (one.start, -one.end)):
            if not found or each.start >= found[-1].end:
                found.append(each)
        return found

    def _verses(self, reference: str | None) -> tuple[Place, ...]:
        named = parse_reference(reference) if reference else None
        return tuple((named.surah, ayah) for ayah in range(named.first, named.last + 1)) if named else ()

    def _whole_verses(self, text: str) -> list[Recital]:
        normal = normalize_with_offsets(text)
        words = list(_WORD.finditer(normal.text))
        found, place = [], 0
        while place < len(words):
            length = self._length_at([word[0] for word in words[place : place + _LONGEST]], all_said=len(words) <= _SHORTEST and place == 0)
            if length:
                found.append(self._recital(words[place : place + length], normal))
            place += length or 1
        return found

    def _length_at(self, words: Sequence[str], *, all_said: bool) -> int:
        table = self._table()
        if all_said and tuple(words) in table:
            return len(words)
        lengths = range(len(words), _SHORTEST - 1, -1)
        return next((length for length in lengths if tuple(words[:length]) in table), 0)

    def _recital(self, words: Sequence[re.Match[str]], normal: NormalizedText) -> Recital:
        start, end = normal.original_span(words[0].start(), words[-1].end())
        return Recital(start, end, (self._table()[tuple(word[0] for word in words)],), faithful=True)

    def _table(self) -> dict[tuple[str, ...], Place]:
        if self._short is None:
            self._short = {}
            for verse in reversed(self._scripture.verses()):
                place = (verse.metadata["surah"], verse.metadata["ayah"])
                for spelling in filter(None, (verse.text, verse.expansion)):
                    words = tuple(_WORD.findall(normalize(spelling)))
                    if len(words) <= _LONGEST:
                        self._short[words] = place
        return self._short


Watch = Callable[[str], Sequence[Recital]]
