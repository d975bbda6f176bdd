"""How far a transcript is from what was said: word and character error rates. Knows nothing of sound or models.

Texts are compared strictly, as they are written, or as the Open Universal Arabic ASR Leaderboard compares them: without punctuation,
vowel marks and hamza, with the letters پ ڤ written ب ف, digits in ASCII, and a lone و joined to the word after it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

Normalizer = Callable[[str], str]

_LETTERS = str.maketrans("پڤآأإؤئ", "بفاااوي", "ء")
_VOWEL_MARKS = re.compile("[\u064b-\u0652]")
_LONE_WAW = re.compile(r"(?<!\S)و\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Score:
    """Errors among so many reference units. Scores of many texts add up to that of all of them: long texts count more."""

    errors: int = 0
    units: int = 0

    def __add__(self, other: Score) -> Score:
        """Return the score over both."""
        return Score(self.errors + other.errors, self.units + other.units)

    @property
    def rate(self) -> float | None:
        """Errors per unit, which insertions can carry above 1; `None` where nothing was said."""
        return self.errors / self.units if self.units else None


def strict(text: str) -> str:
    """Return the text as it is written, but for its spaces."""
    return " ".join(text.split())


def leaderboard(text: str) -> str:
    """Return the text as the Arabic leaderboard compares it."""
    bare = _VOWEL_MARKS.sub("", "".join(map(_plain, text))).translate(_LETTERS)
    return strict(_LONE_WAW.sub("و", bare))


def word_errors(reference: str, heard: str, *, normalizer: Normalizer = strict) -> Score:
    """Return the fewest words to replace, leave out or put in to make what was heard into the reference."""
    said = normalizer(reference).split()
    return Score(_distance(said, normalizer(heard).split()), len(said))


def character_errors(reference: str, heard: str, *, normalizer: Normalizer = strict) -> Score:
    """Return the fewest code points to change, spaces between words among them."""
    said = normalizer(reference)
    return Score(_distance(said, normalizer(heard)), len(said))


def _plain(letter: str) -> str:
    """Return what is left of a letter: nothing of punctuation and signs, the ASCII digit of a digit."""
    if unicodedata.category(letter)[0] in "PS":
        return ""
    return str(unicodedata.digit(letter)) if letter.isdecimal() else letter


def _distance(reference: Sequence[str], heard: Sequence[str]) -> int:
    """Return the edit distance, a row at a time, so that memory grows with one text and not with both."""
    numbers = {unit: number for number, unit in enumerate(dict.fromkeys([*reference, *heard]))}
    row = np.array([numbers[unit] for unit in heard], dtype=np.int64)
    steps = np.arange(len(row) + 1)
    costs = steps.copy()
    for unit in reference:
        reached = np.minimum(costs[1:] + 1, costs[:-1] + (row != numbers[unit]))
        # Putting in costs one more than the cell to the left, so a running minimum of what a cell costs beyond its place finds them all.
        costs = np.minimum.accumulate(np.concatenate(([costs[0] + 1], reached)) - steps) + steps
    return int(costs[-1])
