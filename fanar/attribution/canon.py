"""The Quran as one run of words that can be searched: where do these words stand? Knows nothing of quotation marks or verdicts.

Words are found by their skeleton, in which Uthmani and everyday spelling agree, through a suffix array over the whole text: the
places of any run of words are one interval, narrowed word by word.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from functools import lru_cache

from fanar.arabic.normalization import compact
from fanar.arabic.words import Word, words
from fanar.attribution.canonical import UNKNOWN
from fanar.attribution.likeness import is_clipped, normal_word
from fanar.attribution.spelling import LONGEST_WORD, Agreement, agreement, bare, is_vocalised
from fanar.attribution.suffixes import Suffixes
from fanar.protocols import ScriptureIndex
from fanar.scripture.references import VerseReference

_ATTACHED = frozenset(("يا", "ويا", "فيا", "و"))
_DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
_LONGEST_ATTACHED = 8
# «ها أنتم» is one word in Uthmani spelling.
_YOU = re.compile(r"\s+[أا]\W*ن\W*ت\W*م")


@lru_cache(maxsize=16_384)
def word_key(word: str) -> str:
    """Return the skeleton of one word, without spaces."""
    return compact(word) if len(word) <= LONGEST_WORD * 2 else ""


def _is_attached(word: str) -> bool:
    return len(word) <= _LONGEST_ATTACHED and word[0] in "يوف" and normal_word(word) in _ATTACHED


def _is_ha(word: str) -> bool:
    return len(word) <= _LONGEST_ATTACHED and word[0] == "ه" and normal_word(word) == "ها"


def joined_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of a span as they are compared: «يا أيها» and «و قال» are one word, as they are in Uthmani spelling; no numbers."""
    found: list[Word] = []
    attached: Word | None = None
    for word in words(text[start:end]):
        letters = word.text.lstrip(_DIGITS)
        if not letters:
            continue
        placed = Word(letters, start + word.end - len(letters), start + word.end)
        joins = _is_attached(letters) or (_is_ha(letters) and _YOU.match(text, placed.end) is not None)
        if attached is not None and not joins and text[attached.end : placed.start].isspace():
            placed = Word(attached.text + letters, attached.start, placed.end)
        elif attached is not None:
            found.append(attached)
        attached = placed if joins else None
        if not joins:
            found.append(placed)
    return [*found, attached] if attached is not None else found


class Canon:
    """The words of all verses in order. A place is a position in that order; between surahs stands a word that matches none."""

    def __init__(self, scripture: ScriptureIndex) -> None:
        self.texts: list[str] = []
        self._interned: dict[str, str] = {}
        self._verse_of = array("H")
        self._start = array("H")
        self._end = array("H")
        self._verses: list[tuple[int, int]] = []
        self._texts: list[str] = []
        self._spellings: dict[str, tuple[str, ...]] = {}
        self._aliases: dict[str, str] = {}
        self._learnt: set[tuple[str, str]] = set()
        self._first: dict[tuple[int, int], int] = {}
        keys: list[str] = []
        for document in scripture.verses():
            surah, ayah = document.metadata["surah"], document.metadata["ayah"]
            if self._verses and self._verses[-1][0] != surah:
                self._add(Word("", 0, 0), keys, f"\n{surah}")
            self._verses.append((surah, ayah))
            self._texts.append(document.text)
            self._first[surah, ayah] = len(keys)
            uthmani = joined_words(document.text)
            self._learn_spellings(uthmani, joined_words(document.spelling))
            for word in uthmani:
                self._add(word, keys, word_key(word.text))
        self._add(Word("", 0, 0), keys, "\n")
        self._interned.clear()
        self._ids: dict[str, int] = {}
        self._suffixes = Suffixes.of([self._ids.setdefault(key, len(self._ids)) for key in keys])
        for alias, known in self._aliases.items():
            self._ids.setdefault(alias, self._ids[word_key(known)])
        self._aliases.clear()
        self._learnt.clear()

    @property
    def keys(self) -> Sequence[int]:
        """The key of the word at each place."""
        return self._suffixes.keys

    def _add(self, word: Word, keys: list[str], key: str) -> None:
        self.texts.append(self._interned.setdefault(word.text, word.text))
        self._verse_of.append(max(len(self._verses) - 1, 0))
        self._start.append(word.start)
        self._end.append(word.end)
        keys.append(key)

    def _learn_spellings(self, uthmani: Sequence[Word], everyday: Sequence[Word]) -> None:
        at = 0
        for place, word in enumerate(uthmani):
            other = everyday[at].text if at < len(everyday) else word.text
            at += 1
            # Where everyday spelling has a word more, it divides one («وأن لو» for وَأَلَّوِ).
            if len(everyday) - at >= len(uthmani) - place and word_key(other) != word_key(word.text):
                other += everyday[at].text
                at += 1
            if (word.text, other) in self._learnt:
                continue
            self._learnt.add((word.text, other))
            self._aliases.setdefault(word_key(other), word.text)
            self._aliases.setdefault(word_key(bare(word.text)), word.text)
            # Unicode's composed form of Uthmani text makes one letter of an alef and the madda above it.
            composed = bare(unicodedata.normalize("NFC", word.text))
            known = self._spellings.get(word.text, (bare(word.text),))
            self._spellings[word.text] = tuple(dict.fromkeys((*known, bare(other), composed)))

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
        return Agreement.SAME if standard and found is Agreement.DIFFERENT else found

    def is_clipped(self, written: str, place: int) -> bool:
        """Whether a written word, the first of a quotation, is the word at `place` without the conjunction before it."""
        return is_clipped(written, self.texts[place])

    def longest(self, keys: Sequence[int], at: int, end: int) -> tuple[int, int, int]:
        """Return (length, low, high) of the longest run of `keys[at:end]` in the text; `places(low, high)` are where it begins."""
        return self._suffixes.longest(keys, at, end)

    def places(self, low: int, high: int) -> list[int]:
        """Return the places of an interval, in the order of the text."""
        return self._suffixes.places(low, high)

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
