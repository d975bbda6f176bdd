"""Normal forms of Arabic text, with a way back to the original. Knows nothing of dictionaries or of scripture.

`search` makes spellings of the same word equal: no tashkeel, tatweel, Quranic or invisible marks; one alef, one ya, ta marbuta as ha,
hamza without carrier; Persian and Urdu letters, presentation forms, digits and Latin case folded. It turns characters into characters.

`skeleton` goes further, to what Uthmani and everyday spelling have in common (الصلوة, الصلاة): no alef at all, no hamza, no doubled
waw, ya or article's lam, no final ya. Distinct words may share a skeleton: use it to find candidates, never to judge.

`compact` is the skeleton without anything but letters and digits, because the two spellings also divide words differently (يأيها, يا أيها).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from fanar.arabic.letters import DAGGER_ALEF, HAMZA, SILENT, SMALL_HIGH_NOON, SMALL_HIGH_YEH, SMALL_YEH, TABLE, TATWEEL, UNEVEN

Level = Literal["search", "skeleton", "compact"]
SHORT = 20_000
"""Characters of the longest text whose forms are kept for those who ask for them again."""
# A word's form is made faster than it is looked up, and would push out the prompt's.
_WORD = 24
_UNEVEN = re.compile(f"[{UNEVEN}]+")

# What Uthmani spelling writes on a carrier or beside it, each replaced by one character so that offsets stay.
_CARRIED_ALEF = re.compile(f"و(?={DAGGER_ALEF})|[ىي](?={DAGGER_ALEF}[\u0621-\u064a{TATWEEL}\u06e5])")
_CARRIED_HAMZA = str.maketrans({"ؤ": HAMZA, "ئ": HAMZA, SMALL_HIGH_YEH: "ي", SMALL_HIGH_NOON: "ن"})
_SILENT_YEH = re.compile(f"[ىي](?={SILENT})")
_INNER_SMALL_YEH = re.compile(f"{SMALL_YEH}(?=[\u0621-\u064a{TATWEEL}])")

_NOT_IN_SKELETON = re.compile(
    r"ا|و(?=و)|ي(?=ي)|(?:(?<=\bا)|(?<=\b.ا)|(?<=\b..ا))ل(?=ل)|ي\b|(?<=صل)و(?=ه\b)|(?<=زك)و(?=ه\b)|(?<=حي)و(?=ه\b)|(?<=نج)و(?=ه\b)|(?<=مشك)و(?=ه\b)|(?<=الرب)و(?=ا\b)"
)
_NOT_IN_COMPACT = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """A normal form and, for each of its characters, where in the original it began. `length` is the length of the original."""

    text: str
    offsets: Sequence[int]
    length: int

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original behind `text[start:end]`, with the marks that follow its last letter."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else self.length
            return at, at
        last = self.offsets[end - 1]
        while end < len(self.offsets) and self.offsets[end] == last:
            end += 1
        return self.offsets[start], self.offsets[end] if end < len(self.offsets) else self.length


def normalize(text: str) -> str:
    """Return the `search` form."""
    return _kept(text) if _WORD < len(text) <= SHORT else text.translate(TABLE)


# A dozen readers look at the same prompt, one after the other.
@lru_cache(maxsize=8)
def _kept(text: str) -> str:
    return text.translate(TABLE)


def skeleton(text: str) -> str:
    """Return the `skeleton` form."""
    return _NOT_IN_SKELETON.sub("", _carriers_resolved(text).translate(TABLE))


def compact(text: str) -> str:
    """Return the `compact` form."""
    return _NOT_IN_COMPACT.sub("", skeleton(text))


def normalize_with_offsets(text: str, *, level: Level = "search") -> NormalizedText:
    """Return the form `level` and its map back to `text`."""
    if level == "search":
        return _searched(text)
    form = _without(_NOT_IN_SKELETON, _searched(_carriers_resolved(text)))
    return form if level == "skeleton" else _without(_NOT_IN_COMPACT, form)


def _carriers_resolved(text: str) -> str:
    text = _CARRIED_ALEF.sub("ا", text)
    text = _SILENT_YEH.sub(TATWEEL, text)
    return _INNER_SMALL_YEH.sub("ي", text).translate(_CARRIED_HAMZA)


def _searched(text: str) -> NormalizedText:
    offsets = _offsets(text) if _UNEVEN.search(text) else range(len(text))
    return NormalizedText(text.translate(TABLE), offsets, len(text))


def _offsets(text: str) -> list[int]:
    """Return where in `text` each character of its form began."""
    offsets: list[int] = []
    hamza_at, after = -1, 0
    within_word = False
    for run in _UNEVEN.finditer(text):
        start = run.start()
        if after < start:
            _extend(offsets, text, range(after, start), hamza_at)
            hamza_at, within_word = -1, _form(text[start - 1]).isalnum()
        after = run.end()
        for at in range(start, after):
            piece = _form(text[at])
            if piece:
                within_word = piece.isalnum()
                offsets.extend([hamza_at if hamza_at >= 0 and within_word else at] * len(piece))
                hamza_at = -1
            # A hamza that opens a word is dropped too, but a span of the word must begin at it.
            elif text[at] == HAMZA and not within_word and hamza_at < 0:
                hamza_at = at
    _extend(offsets, text, range(after, len(text)), hamza_at)
    return offsets


def _extend(offsets: list[int], text: str, even: range, hamza_at: int) -> None:
    """Add characters that each become one; where a dropped hamza opens their word, the first begins at it."""
    offsets.extend(even)
    if even and hamza_at >= 0 and _form(text[even.start]).isalnum():
        offsets[-len(even)] = hamza_at


def _form(character: str) -> str:
    return TABLE.get(ord(character), character)


def _without(pattern: re.Pattern[str], form: NormalizedText) -> NormalizedText:
    kept = bytearray(b"\1") * len(form.text)
    for match in pattern.finditer(form.text):
        kept[match.start() : match.end()] = bytes(match.end() - match.start())
    pieces: list[str] = []
    offsets: list[int] = []
    opening = -1
    within_word = False
    for at, character in enumerate(form.text):
        letter = character.isalnum()
        if not kept[at]:
            # As above: a span of a word begins at its first letter, also where that letter is not in the form.
            if not letter:
                opening, within_word = -1, False
            elif not within_word and opening < 0:
                opening = form.offsets[at]
            continue
        within_word = letter
        pieces.append(character)
        offsets.append(opening if opening >= 0 and letter else form.offsets[at])
        opening = -1
    return NormalizedText("".join(pieces), offsets, form.length)
