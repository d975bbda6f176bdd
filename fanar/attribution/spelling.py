"""Compares one written word with one word of the canonical text, letter by letter and vowel by vowel. Knows nothing of its neighbours.

The canonical word is in Uthmani spelling, which writes many long alefs as a small one above the line, or on a waw or ya; everyday
spelling writes them out. Both, hamza with or without its carrier, and the dots of ya and ta marbuta are the same word; another
letter, or a vowel that contradicts, is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import takewhile

from fanar.arabic.letters import DAGGER_ALEF, HAMZA, SILENT, SMALL_HIGH_NOON, SMALL_HIGH_YEH, SMALL_YEH, TABLE, TATWEEL
from fanar.arabic.words import normal_forms

_CACHED_WORDS = 16_384
LONGEST_WORD = 40
"""No word of the Quran comes near this; what is longer agrees with none."""

_SMALL_WAW = "\u06e5"
_HAMZA_ABOVE, _HAMZA_BELOW = "\u0654", "\u0655"
_SMALL_SEEN = "\u06dc\u06e3"
# Signs of imala, ishmam and tashil: the vowel is not the plain one, and everyday spelling writes one or another.
_READING_SIGNS = "\u06ea\u06eb\u06ec"
# Read with a pause that takes its tanween, and so written without it.
_PAUSED = frozenset(("عِوَجَا",))
_SILENCES = SILENT + "\u06e0"
_SHADDA = "\u0651"
_SUKUN = "o"
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
    "\u0652": _SUKUN,
    "\u06e1": _SUKUN,
}
_KINDS = {"أ": ("ا", "أ"), "إ": ("ا", "إ"), "آ": ("ا", "آ"), "ؤ": (HAMZA, "و"), "ئ": (HAMZA, "ي"), HAMZA: (HAMZA, "")}
_AT_THE_END = frozenset((_SMALL_WAW, SMALL_YEH, "\u0653"))
_SMALL_LETTERS = {_SMALL_WAW: "و", SMALL_YEH: "ي", SMALL_HIGH_YEH: "ي", SMALL_HIGH_NOON: "ن"}
_LONG = frozenset("اوي")
_CONFLICTING_ALEFS = frozenset({("أ", "إ"), ("إ", "أ"), ("أ", "آ"), ("إ", "آ"), ("آ", "أ"), ("آ", "إ")})
# Feminine nouns that Uthmani spelling ends in an open ta now and then, and everyday spelling in ta marbuta.
_OPEN_TA = normal_forms("رحمت نعمت امرأت سنت لعنت معصيت كلمت بقيت قرت فطرت شجرت جنت ابنت بينت غيبت جملت ثمرت غرفت مرضات")


class Agreement(IntEnum):
    """How far a written word agrees with a canonical one, from not at all upwards."""

    DIFFERENT = 0
    VOWELS_CONFLICT = 1
    SAME = 2


@dataclass(slots=True)
class _Letter:
    base: str
    kind: str = ""
    vowel: str = ""
    shadda: bool = False
    optional: bool = False
    carries_alef: bool = False
    silent: bool = False
    as_seen: bool = False
    freely_read: bool = False


@lru_cache(maxsize=_CACHED_WORDS)
def agreement(written: str, canonical: str) -> Agreement:
    """Return how far `written` agrees with the Uthmani word `canonical`."""
    if written == canonical:
        return Agreement.SAME
    if len(written) > LONGEST_WORD * 2:
        return Agreement.DIFFERENT
    ours, theirs = _letters(written), _letters(canonical)
    pairs = _paired(ours, theirs)
    if pairs is None:
        return Agreement.DIFFERENT
    vocalised = all(a.vowel or a.shadda or a.base in _LONG for a in ours)
    fine = all(_vowels_agree(pairs, at, vocalised=vocalised) for at in range(len(pairs)))
    return Agreement.SAME if fine or canonical in _PAUSED else Agreement.VOWELS_CONFLICT


@lru_cache(maxsize=_CACHED_WORDS)
def begins_otherwise(written: str, canonical: str) -> bool:
    """Whether a vowel contradicts on the letters with which two spellings of one word both begin."""
    both = takewhile(lambda pair: pair[0].base == pair[1].base, zip(_letters(written), _letters(canonical), strict=False))
    return any(mine.vowel and other.vowel and mine.vowel != other.vowel for mine, other in both)


@lru_cache(maxsize=_CACHED_WORDS)
def bare(word: str) -> str:
    """Return the letters of `word` as they were chosen: without marks and tatweel, hamza and dots kept."""
    kept = (("ا" if c == "ٱ" else c) for c in word if TABLE.get(ord(c), c) or c == HAMZA)
    return "".join(kept)


@lru_cache(maxsize=_CACHED_WORDS)
def is_vocalised(word: str) -> bool:
    """Whether `word` bears any vowel."""
    return any(mark in word for mark in _VOWELS)


@lru_cache(maxsize=_CACHED_WORDS)
def writes_small_alef(word: str) -> bool:
    """Whether `word` bears a small alef."""
    return DAGGER_ALEF in word


def _letters(word: str) -> tuple[_Letter, ...]:
    found: list[_Letter] = []
    carried = ""
    after_tatweel = False
    for character in word:
        if after_tatweel and character in _VOWELS:
            # Upon a tatweel, vowel and hamza come in either order.
            carried = _VOWELS[character]
            continue
        if character == _HAMZA_ABOVE and (after_tatweel or not found):
            found.append(_Letter(HAMZA, vowel=carried))
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


def _read(found: list[_Letter], character: str) -> None:
    if character in _KINDS:
        found.append(_Letter(*_KINDS[character]))
    elif character in _SMALL_LETTERS:
        found.append(_Letter(_SMALL_LETTERS[character], optional=True))
    elif character not in (TATWEEL, DAGGER_ALEF) and (base := TABLE.get(ord(character), character)):
        found += [_Letter(letter, "ة" if character == "ة" else "") for letter in base]
    elif found:
        _mark(found, character)


def _mark(found: list[_Letter], mark: str) -> None:
    letter = found[-1]
    if mark in _VOWELS:
        letter.vowel = _VOWELS[mark]
    elif mark == _SHADDA:
        _mark_shadda(found)
    elif mark == DAGGER_ALEF and not (letter.base in "وي" and not letter.vowel):
        found.append(_Letter("ا", optional=True))
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


def _mark_shadda(found: list[_Letter]) -> None:
    letter = found[-1]
    # Where lam and alef are one glyph, their marks are often typed after both.
    bearer = found[-2] if letter.base == "ا" and not letter.kind and len(found) > 1 and found[-2].base == "ل" else letter
    bearer.shadda = True
    if bearer is not letter and letter.vowel:
        bearer.vowel, letter.vowel = letter.vowel, ""


def _mark_hamza(letter: _Letter, mark: str) -> None:
    if letter.base == "ا":
        letter.kind = "أ" if mark == _HAMZA_ABOVE else "إ"
    elif mark == _HAMZA_ABOVE:
        letter.kind, letter.base = letter.base, HAMZA


def _move_tanween(found: list[_Letter]) -> None:
    """Move the tanween that some write upon the final alef or ya to the letter that bears it."""
    if len(found) > 1 and found[-1].vowel == "an" and found[-1].base in "اي" and not (found[-1].shadda or found[-2].vowel):
        found[-2].vowel, found[-1].vowel = "an", ""


def _with_long_alefs(letters: list[_Letter]) -> tuple[_Letter, ...]:
    """Join the hamza and alef of ءَا into the آ of everyday spelling."""
    joined: list[_Letter] = []
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


_Pairs = list[tuple[_Letter, _Letter]]


def _paired(ours: tuple[_Letter, ...], theirs: tuple[_Letter, ...]) -> _Pairs | None:
    """Pair the letters of the written word with those of the canonical one, or return None where they are not the same word."""
    dead: set[tuple[int, int]] = set()

    def walk(i: int, j: int) -> _Pairs | None:
        if i == len(ours) and j == len(theirs):
            return []
        if (i, j) in dead:
            return None
        for used, passed, pair in _steps(ours, i, theirs, j):
            rest = walk(i + used, j + passed)
            if rest is not None:
                return [pair, *rest] if pair else rest
        dead.add((i, j))
        return None

    return walk(0, 0)


def _steps(ours: tuple[_Letter, ...], i: int, theirs: tuple[_Letter, ...], j: int) -> list[tuple[int, int, tuple[_Letter, _Letter] | None]]:
    steps: list[tuple[int, int, tuple[_Letter, _Letter] | None]] = []
    mine = ours[i] if i < len(ours) else None
    other = theirs[j] if j < len(theirs) else None
    if mine and other and _may_stand_for(mine, other, last=i == len(ours) - 1 and j == len(theirs) - 1, theirs=theirs):
        steps.append((1, 1, (mine, other)))
    following = ours[i + 1] if i + 1 < len(ours) else None
    if mine and other and following:
        if mine.base == HAMZA and other.kind == "آ" and following.base == "ا":
            steps.append((2, 1, (mine, _Letter(HAMZA, vowel="a"))))
        # Everyday spelling writes the article's lam apart: الليل for ٱلَّيْل.
        article = j > 0 and theirs[j - 1].base == "ا" and not theirs[j - 1].kind
        if mine.base == following.base == other.base == "ل" and other.shadda and article:
            steps.append((2, 1, (following, other)))
    if mine and other and other.base == mine.kind == "ي" and j + 1 < len(theirs) and theirs[j + 1].base == HAMZA:
        steps.append((1, 2, None))
    droppable = other is not None and other.base == HAMZA and (not other.kind or j == len(theirs) - 1)
    if other and (other.optional or other.silent or droppable):
        steps.append((0, 1, None))
    if mine and (mine.optional or _is_superfluous(ours, i, other)):
        steps.append((1, 0, None))
    return steps


def _is_superfluous(ours: tuple[_Letter, ...], i: int, other: _Letter | None) -> bool:
    """Whether everyday spelling writes a letter here that Uthmani spelling does not: جاءوا, يحيي, فاسأل, الأيكة."""
    mine, before = ours[i], ours[i - 1].base if i else ""
    if other is None:
        return not mine.kind and (before, mine.base) in (("و", "ا"), ("ي", "ي"))
    if mine.base == "ا" and not mine.kind and i < 2:
        return other.base == "ل" if i == 0 else before in "وف" and other.base != "ا"
    return mine.base == HAMZA and not mine.kind and other.kind in ("أ", "إ")


def _may_stand_for(mine: _Letter, other: _Letter, *, last: bool, theirs: tuple[_Letter, ...]) -> bool:
    if mine.base == other.base:
        return True
    if other.base == HAMZA:
        return mine.base in _LONG and mine.kind != "آ"
    if mine.base == HAMZA and other.kind in ("أ", "إ"):
        return True
    if other.carries_alef and mine.base == "ا":
        return not mine.kind
    if other.as_seen and mine.base == "س":
        return True
    return last and mine.kind == "ة" and other.base == "ت" and "".join(t.base for t in theirs) in _OPEN_TA


def _vowels_agree(pairs: _Pairs, at: int, *, vocalised: bool) -> bool:
    mine, other = pairs[at]
    if (mine.kind, other.kind) in _CONFLICTING_ALEFS:
        return False
    comparable = mine.base == other.base or HAMZA in (mine.base, other.base)
    if other.silent or other.freely_read or not comparable or not (mine.vowel or mine.shadda):
        return True
    if mine.shadda and not other.shadda and at > 0:
        return False
    # A letter that absorbs the one before, the first of a word, and the lam of God's name are often written without their shadda.
    before = pairs[at - 1][1] if at else None
    absorbs = before is None or (not before.vowel and (before.base not in _LONG or before.base == other.base))
    named = before is not None and before.base == other.base == "ل"
    if other.shadda and not mine.shadda and vocalised and mine.vowel and not (absorbs or named):
        return False
    if mine.vowel == other.vowel or not mine.vowel or (mine.vowel == _SUKUN and (not other.vowel or at == len(pairs) - 1)):
        return True
    return not other.vowel and other.base in _LONG
