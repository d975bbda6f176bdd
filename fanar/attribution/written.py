"""Reads a written word letter by letter: what each is, what carries it, its vowel, and the signs that Uthmani spelling adds.

Knows nothing of other words, nor of which spellings mean the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from fanar.arabic.letters import DAGGER_ALEF, HAMZA, SILENT, SMALL_HIGH_NOON, SMALL_HIGH_YEH, SMALL_YEH, TABLE, TATWEEL

CACHED_WORDS = 16_384
"""Words whose letters are remembered: most of the Quran's, and those around them."""

_SMALL_WAW = "\u06e5"
_HAMZA_ABOVE, _HAMZA_BELOW = "\u0654", "\u0655"
_SMALL_SEEN = "\u06dc\u06e3"
# Signs of imala, ishmam and tashil: the vowel is not the plain one, and everyday spelling writes one or another.
_READING_SIGNS = "\u06ea\u06eb\u06ec"
_SILENCES = SILENT + "\u06e0"
_SHADDA = "\u0651"
SUKUN = "o"
_VOWELS = {
    "\u064e": "a",
    "\u064f": "u",
    "\u0650": "i",
    "\u064b": "an",
    "\u08f0": "an",
    "\u064c": "un",
    "\u08f1": "un",
    "\u064d": "in",
    "\u08f2": "in",
    "\u0652": SUKUN,
    "\u06e1": SUKUN,
}
_KINDS = {"أ": ("ا", "أ"), "إ": ("ا", "إ"), "آ": ("ا", "آ"), "ؤ": (HAMZA, "و"), "ئ": (HAMZA, "ي"), HAMZA: (HAMZA, "")}
_AT_THE_END = frozenset((_SMALL_WAW, SMALL_YEH, "\u0653"))
_SMALL_LETTERS = {_SMALL_WAW: "و", SMALL_YEH: "ي", SMALL_HIGH_YEH: "ي", SMALL_HIGH_NOON: "ن"}


@dataclass(slots=True)
class Letter:
    """One letter of a word. `base` is the letter as it is compared, `kind` the form in which it was written where there are several.

    `vowel` is one of a, u, i, an, un, in and o, for sukun; empty where none is written. Uthmani spelling has small letters, which are
    `optional`, as everyday spelling may leave them out, and `silent` ones; a letter that `carries_alef` is read as the alef above it, a
    sad `as_seen` as a seen, and of one that is `freely_read` no vowel is held against any other.
    """

    base: str
    kind: str = ""
    vowel: str = ""
    shadda: bool = False
    optional: bool = False
    carries_alef: bool = False
    silent: bool = False
    as_seen: bool = False
    freely_read: bool = False


@lru_cache(maxsize=CACHED_WORDS)
def bare(word: str) -> str:
    """Return the letters of `word` as they were chosen: without marks and tatweel, hamza and dots kept."""
    kept = (("ا" if c == "ٱ" else c) for c in word if TABLE.get(ord(c), c) or c == HAMZA)
    return "".join(kept)


@lru_cache(maxsize=CACHED_WORDS)
def is_vocalised(word: str) -> bool:
    """Whether `word` bears any vowel."""
    return any(mark in word for mark in _VOWELS)


@lru_cache(maxsize=CACHED_WORDS)
def writes_small_alef(word: str) -> bool:
    """Whether `word` bears a small alef."""
    return DAGGER_ALEF in word


def read_letters(word: str) -> tuple[Letter, ...]:
    """Return the letters of `word`, of everyday or of Uthmani spelling, in the order in which they are read."""
    found: list[Letter] = []
    carried = ""
    after_tatweel = False
    for character in word:
        if after_tatweel and character in _VOWELS:
            # Upon a tatweel, vowel and hamza come in either order.
            carried = _VOWELS[character]
            continue
        if character == _HAMZA_ABOVE and (after_tatweel or not found):
            found.append(Letter(HAMZA, vowel=carried))
            carried, after_tatweel = "", False
            continue
        if carried and found:
            found[-1].vowel, carried = carried, ""
        after_tatweel = character == TATWEEL
        _read(found, character)
    if found and found[-1].optional and word[-1] in _AT_THE_END and [letter.base for letter in found[-2:]] != ["ي", "ي"]:
        found.pop()
    _move_tanween(found)
    return _with_long_alefs(found)


def _read(found: list[Letter], character: str) -> None:
    if character in _KINDS:
        found.append(Letter(*_KINDS[character]))
    elif character in _SMALL_LETTERS:
        found.append(Letter(_SMALL_LETTERS[character], optional=True))
    elif character not in (TATWEEL, DAGGER_ALEF) and (base := TABLE.get(ord(character), character)):
        found += [Letter(letter, "ة" if character == "ة" else "") for letter in base]
    elif found:
        _mark(found, character)


def _mark(found: list[Letter], mark: str) -> None:
    letter = found[-1]
    if mark in _VOWELS:
        letter.vowel = _VOWELS[mark]
    elif mark == _SHADDA:
        _mark_shadda(found)
    elif mark == DAGGER_ALEF and not (letter.base in "وي" and not letter.vowel):
        found.append(Letter("ا", optional=True))
    elif mark == DAGGER_ALEF:
        letter.carries_alef = True
    elif mark in _SILENCES:
        letter.silent = True
    elif mark in (_HAMZA_ABOVE, _HAMZA_BELOW):
        _mark_hamza(letter, mark)
    elif mark in _READING_SIGNS:
        letter.freely_read = True
    elif mark in _SMALL_SEEN and letter.base == "ص":
        letter.as_seen = True


def _mark_shadda(found: list[Letter]) -> None:
    letter = found[-1]
    # Where lam and alef are one glyph, their marks are often typed after both.
    bearer = found[-2] if letter.base == "ا" and not letter.kind and len(found) > 1 and found[-2].base == "ل" else letter
    bearer.shadda = True
    if bearer is not letter and letter.vowel:
        bearer.vowel, letter.vowel = letter.vowel, ""


def _mark_hamza(letter: Letter, mark: str) -> None:
    if letter.base == "ا":
        letter.kind = "أ" if mark == _HAMZA_ABOVE else "إ"
    elif mark == _HAMZA_ABOVE:
        letter.kind, letter.base = letter.base, HAMZA


def _move_tanween(found: list[Letter]) -> None:
    """Move the tanween that some write upon the final alef or ya to the letter that bears it."""
    if len(found) > 1 and found[-1].vowel == "an" and found[-1].base in "اي" and not (found[-1].shadda or found[-2].vowel):
        found[-2].vowel, found[-1].vowel = "an", ""


def _with_long_alefs(letters: list[Letter]) -> tuple[Letter, ...]:
    """Join the hamza and alef of ءَا into the آ of everyday spelling."""
    joined: list[Letter] = []
    for letter in letters:
        before = joined[-1] if joined else None
        hamza = before is not None and before.base == HAMZA and before.kind == "" and before.vowel in ("a", "")
        if before is not None and before.kind == "أ" and letter.base == "ا" and letter.optional:
            before.kind, before.vowel = "آ", ""
        elif hamza and before and letter.base == "ا" and not letter.kind and not letter.optional and (before.vowel or len(joined) == 1):
            letter.kind, letter.vowel = "آ", ""
            joined[-1] = letter
        else:
            joined.append(letter)
    return tuple(joined)
