"""Reads the verses as one row of words, as they are compared. Knows nothing of how the row is searched.

Reading takes about a second, so what was read can be kept (canon_file.py).
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from fanar.arabic.normalization import compact
from fanar.arabic.words import Word, words
from fanar.attribution.likeness import normal_word
from fanar.attribution.plain import ATTACHED, DIGITS, HA, YOU
from fanar.attribution.spelling import LONGEST_WORD
from fanar.attribution.suffixes import Suffixes
from fanar.attribution.written import bare
from fanar.protocols import ScriptureIndex

_ATTACHED = frozenset(ATTACHED)
# Between the digits of a number stand marks of direction now and then.
_DIGITS = DIGITS + "\u200e\u200f\u061c"
_LONGEST_ATTACHED = 8
# Marks of direction, joiners and soft hyphens are not seen; between two words there is still only space.
_IS_SPACE = re.compile("[\u200c-\u200f\u061c\u00ad]*\\s[\\s\u200c-\u200f\u061c\u00ad]*")
_STRAY = re.compile("[\u064b-\u0652]")


@lru_cache(maxsize=16_384)
def word_key(word: str) -> str:
    """Return the skeleton of one word, without spaces."""
    return compact(word) if len(word) <= LONGEST_WORD * 2 else ""


def _is_attached(word: str) -> bool:
    return len(word) <= _LONGEST_ATTACHED and word[0] in "يوف" and normal_word(word) in _ATTACHED


def _is_ha(word: str) -> bool:
    return len(word) <= _LONGEST_ATTACHED and word[0] == "ه" and normal_word(word) == HA


def may_be_joined(word: str) -> bool:
    """Whether a word may be one with the next."""
    return _is_attached(word) or _is_ha(word)


def joined_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of a span as they are compared: «يا أيها» and «و قال» are one word, as they are in Uthmani spelling; no numbers."""
    found: list[Word] = []
    attached: Word | None = None
    for word in words(text[start:end]):
        letters = word.text.lstrip(_DIGITS)
        if not letters:
            continue
        begin = start + word.end - len(letters)
        # A vowel before the first letter is what is left of a letter that is lost.
        lost = begin > start and not found and attached is None and _STRAY.match(text, begin - 1) is not None
        placed = Word(text[begin - lost : start + word.end], begin - lost, start + word.end)
        joins = _is_attached(letters) or (_is_ha(letters) and YOU.match(text, placed.end) is not None)
        if attached is not None and not joins and _IS_SPACE.fullmatch(text, attached.end, placed.start):
            placed = Word(attached.text + letters, attached.start, placed.end)
        elif attached is not None:
            found.append(attached)
        attached = placed if joins else None
        if not joins:
            found.append(placed)
    return [*found, attached] if attached is not None else found


@dataclass(frozen=True, slots=True)
class CanonRows:
    """The words of all verses in order; between surahs stands a word that matches none.

    `verse_of`, `starts` and `ends` say of each word in which verse it stands, and where in its text; `verses` are (surah, ayah), `first`
    the place of each verse's first word. `spellings` has the letters of each word in both spellings, `ids` the number of each key.
    """

    texts: list[str]
    verse_of: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]
    verses: list[tuple[int, int]]
    first: Sequence[int]
    spellings: dict[str, tuple[str, ...]]
    ids: dict[str, int]
    suffixes: Suffixes


def read_rows(scripture: ScriptureIndex) -> CanonRows:
    """Read all verses."""
    reading = _Reading()
    for document in scripture.verses():
        reading.verse((document.metadata["surah"], document.metadata["ayah"]), joined_words(document.text), joined_words(document.spelling))
    return reading.rows()


class _Reading:
    def __init__(self) -> None:
        self._texts: list[str] = []
        self._interned: dict[str, str] = {}
        self._verse_of = array("H")
        self._start = array("H")
        self._end = array("H")
        self._verses: list[tuple[int, int]] = []
        self._first = array("i")
        self._keys: list[str] = []
        self._spellings: dict[str, tuple[str, ...]] = {}
        self._aliases: dict[str, str] = {}
        self._learnt: set[tuple[str, str]] = set()

    def verse(self, place: tuple[int, int], uthmani: Sequence[Word], everyday: Sequence[Word]) -> None:
        """Add a verse in both its spellings."""
        if self._verses and self._verses[-1][0] != place[0]:
            self._add(Word("", 0, 0), f"\n{place[0]}")
        self._verses.append(place)
        self._first.append(len(self._keys))
        self._learn_spellings(uthmani, everyday)
        for word in uthmani:
            self._add(word, word_key(word.text))

    def rows(self) -> CanonRows:
        """Close the row and put it in order."""
        self._add(Word("", 0, 0), "\n")
        ids: dict[str, int] = {}
        suffixes = Suffixes.of([ids.setdefault(key, len(ids)) for key in self._keys])
        for alias, known in self._aliases.items():
            ids.setdefault(alias, ids[word_key(known)])
        return CanonRows(self._texts, self._verse_of, self._start, self._end, self._verses, self._first, self._spellings, ids, suffixes)

    def _add(self, word: Word, key: str) -> None:
        self._texts.append(self._interned.setdefault(word.text, word.text))
        self._verse_of.append(max(len(self._verses) - 1, 0))
        self._start.append(word.start)
        self._end.append(word.end)
        self._keys.append(key)

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
