"""The Quran as one run of words that can be searched: where do these words stand? Knows nothing of quotation marks or verdicts.

Words are found by their skeleton, in which Uthmani and everyday spelling agree, through a suffix array over the whole text: the
places of any run of words are one interval, narrowed word by word.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from fanar.attribution.canon_rows import CanonRows, read_rows, word_key
from fanar.attribution.canonical import UNKNOWN
from fanar.attribution.likeness import is_clipped
from fanar.attribution.spelling import Agreement, agreement, begins_otherwise
from fanar.attribution.written import bare, is_vocalised
from fanar.protocols import ScriptureIndex
from fanar.scripture.references import VerseReference


class Canon:
    """The words of all verses in order. A place is a position in that order; between surahs stands a word that matches none."""

    def __init__(self, scripture: ScriptureIndex, *, rows: CanonRows | None = None) -> None:
        """Search `rows`, which must have been read from `scripture`; without them it is read."""
        rows = rows or read_rows(scripture)
        self.texts = rows.texts
        self._verse_of = rows.verse_of
        self._start = rows.starts
        self._end = rows.ends
        self._verses = rows.verses
        self._spellings = rows.spellings
        self._ids = rows.ids
        self._suffixes = rows.suffixes
        self._texts = [document.text for document in scripture.verses()]
        self._first = dict(zip(rows.verses, rows.first, strict=True))

    @property
    def keys(self) -> Sequence[int]:
        """The key of the word at each place."""
        return self._suffixes.keys

    def key(self, word: str) -> int:
        """Return the key of a written word."""
        return self._ids.get(word_key(word), UNKNOWN)

    def spellings(self, place: int) -> tuple[str, ...]:
        """Return the letters of the word at `place` in Uthmani spelling, and in everyday spelling where that differs."""
        return self._spellings.get(self.texts[place], ())

    def agreement(self, written: str, place: int) -> Agreement:
        """Return how far a written word agrees with the word at `place`."""
        canonical = self.texts[place]
        if written == canonical:
            return Agreement.SAME
        # Everyday spelling has forms that no rule derives from Uthmani spelling (رأى, رَءَا).
        standard = bare(written) in self._spellings.get(canonical, ())
        if standard and not is_vocalised(written):
            return Agreement.SAME
        found = agreement(written, canonical)
        if not standard:
            return found if found is Agreement.DIFFERENT or self._has_its_lams(written, place) else Agreement.DIFFERENT
        if found is not Agreement.DIFFERENT:
            return found
        return Agreement.VOWELS_CONFLICT if begins_otherwise(written, canonical) else Agreement.SAME

    def _has_its_lams(self, written: str, place: int) -> bool:
        """Whether a word has as many lams as in one of its spellings: الليل has one more than ٱلَّيْل, and اللذي is none for ٱلَّذِى."""
        forms = self.spellings(place)
        return not forms or bare(written).count("ل") in {form.count("ل") for form in forms}

    def is_clipped(self, written: str, place: int) -> bool:
        """Whether a written word, the first of a quotation, is the word at `place` without the conjunction before it."""
        return is_clipped(written, self.texts[place])

    def longest(self, keys: Sequence[int], at: int, end: int) -> tuple[int, int, int]:
        """Return (length, low, high) of the longest run of `keys[at:end]` in the text; `places(low, high)` are where it begins."""
        return self._suffixes.longest(keys, at, end)

    def places(self, low: int, high: int) -> list[int]:
        """Return the places of an interval, in the order of the text."""
        return self._suffixes.places(low, high)

    def rarity(self, key: int) -> float:
        """Return the natural logarithm of how few words of the text have this key."""
        return log(len(self.texts) / self._suffixes.frequency(key))

    def place_of(self, reference: VerseReference) -> tuple[int, int]:
        """Return the places of the first word of these verses and of the word after the last; (0, 0) where the text lacks them."""
        first = self._first.get((reference.surah, reference.first), 0)
        last = self._first.get((reference.surah, reference.last), -1)
        if last < 0:
            return 0, 0
        end = last
        while end < len(self.texts) and self._verse_of[end] == self._verse_of[last] and self.texts[end]:
            end += 1
        return first, end

    def reference(self, first: int, end: int) -> VerseReference:
        """Return the verses of the words from place `first` to before `end`."""
        surah, begin = self._verses[self._verse_of[first]]
        return VerseReference(surah, begin, self._verses[self._verse_of[end - 1]][1])

    def same_surah(self, first: int, second: int) -> bool:
        """Whether two places are in one surah."""
        return self._verses[self._verse_of[first]][0] == self._verses[self._verse_of[second]][0]

    def begins_verse(self, place: int) -> bool:
        """Whether the word at `place` is the first of its verse."""
        return place == 0 or self._verse_of[place] != self._verse_of[place - 1]

    def verbatim(self, first: int, end: int) -> str:
        """Return the canonical text of the words from place `first` to before `end`, verse after verse, with the marks between them."""
        parts = []
        for verse in range(self._verse_of[first], self._verse_of[end - 1] + 1):
            begin = self._start[first] if verse == self._verse_of[first] else 0
            stop = self._end[end - 1] if verse == self._verse_of[end - 1] else None
            parts.append(self._texts[verse][begin:stop])
        return " ".join(parts)
