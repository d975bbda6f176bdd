"""Compares one written word with one word of the canonical text, letter by letter and vowel by vowel. Knows nothing of its neighbours.

The canonical word is in Uthmani spelling, which writes many long alefs as a small one above the line, or on a waw or ya; everyday
spelling writes them out. Both, hamza with or without its carrier, and the dots of ya and ta marbuta are the same word; another
letter, or a vowel that contradicts, is not.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from itertools import takewhile

from fanar.arabic.letters import HAMZA
from fanar.arabic.words import normal_forms
from fanar.attribution.written import CACHED_WORDS, SUKUN, Letter, read_letters

LONGEST_WORD = 40
"""No word of the Quran comes near this; what is longer agrees with none."""

# Read with a pause that takes its tanween, and so written without it.
_PAUSED = frozenset(("عِوَجَا",))
_LONG = frozenset("اوي")
_CONFLICTING_ALEFS = frozenset({("أ", "إ"), ("إ", "أ"), ("أ", "آ"), ("إ", "آ"), ("آ", "أ"), ("آ", "إ")})
# Feminine nouns that Uthmani spelling ends in an open ta now and then, and everyday spelling in ta marbuta.
_OPEN_TA = normal_forms("رحمت نعمت امرأت سنت لعنت معصيت كلمت بقيت قرت فطرت شجرت جنت ابنت بينت غيبت جملت ثمرت غرفت مرضات")


class Agreement(IntEnum):
    """How far a written word agrees with a canonical one, from not at all upwards."""

    DIFFERENT = 0
    VOWELS_CONFLICT = 1
    SAME = 2


@lru_cache(maxsize=CACHED_WORDS)
def agreement(written: str, canonical: str) -> Agreement:
    """Return how far `written` agrees with the Uthmani word `canonical`."""
    if written == canonical:
        return Agreement.SAME
    if len(written) > LONGEST_WORD * 2:
        return Agreement.DIFFERENT
    ours, theirs = read_letters(written), read_letters(canonical)
    pairs = _paired(ours, theirs)
    if pairs is None:
        return Agreement.DIFFERENT
    vocalised = all(a.vowel or a.shadda or a.base in _LONG for a in ours)
    fine = all(_vowels_agree(pairs, at, vocalised=vocalised) for at in range(len(pairs)))
    return Agreement.SAME if fine or canonical in _PAUSED else Agreement.VOWELS_CONFLICT


@lru_cache(maxsize=CACHED_WORDS)
def begins_otherwise(written: str, canonical: str) -> bool:
    """Whether a vowel contradicts on the letters with which two spellings of one word both begin."""
    both = takewhile(lambda pair: pair[0].base == pair[1].base, zip(read_letters(written), read_letters(canonical), strict=False))
    return any(mine.vowel and other.vowel and mine.vowel != other.vowel for mine, other in both)


_Pairs = list[tuple[Letter, Letter]]


def _paired(ours: tuple[Letter, ...], theirs: tuple[Letter, ...]) -> _Pairs | None:
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


def _steps(ours: tuple[Letter, ...], i: int, theirs: tuple[Letter, ...], j: int) -> list[tuple[int, int, tuple[Letter, Letter] | None]]:
    steps: list[tuple[int, int, tuple[Letter, Letter] | None]] = []
    mine = ours[i] if i < len(ours) else None
    other = theirs[j] if j < len(theirs) else None
    if mine and other and _may_stand_for(mine, other, last=i == len(ours) - 1 and j == len(theirs) - 1, theirs=theirs):
        steps.append((1, 1, (mine, other)))
    following = ours[i + 1] if i + 1 < len(ours) else None
    if mine and other and following:
        if mine.base == HAMZA and other.kind == "آ" and following.base == "ا":
            steps.append((2, 1, (mine, Letter(HAMZA, vowel="a"))))
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


def _is_superfluous(ours: tuple[Letter, ...], i: int, other: Letter | None) -> bool:
    """Whether everyday spelling writes a letter here that Uthmani spelling does not: جاءوا, يحيي, فاسأل, الأيكة."""
    mine, before = ours[i], ours[i - 1].base if i else ""
    if other is None:
        return not mine.kind and (before, mine.base) in (("و", "ا"), ("ي", "ي"))
    if mine.base == "ا" and not mine.kind and i < 2:
        return other.base == "ل" if i == 0 else before in "وف" and other.base != "ا"
    return mine.base == HAMZA and not mine.kind and other.kind in ("أ", "إ")


def _may_stand_for(mine: Letter, other: Letter, *, last: bool, theirs: tuple[Letter, ...]) -> bool:
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
    if mine.vowel == other.vowel or not mine.vowel or (mine.vowel == SUKUN and (not other.vowel or at == len(pairs) - 1)):
        return True
    return not other.vowel and other.base in _LONG
