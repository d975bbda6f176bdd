"""Words of a text, where they stand, and as they are searched for. Knows nothing of meaning or morphology."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from fanar.arabic.letters import MARKS
from fanar.arabic.normalization import SHORT, normalize

# A mark is no letter to `re`, so \w alone would cut a vocalised word at each vowel.
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}]|['’ʼ](?=[^\W\d_]))*")
_NORMAL_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it is written, marks included, and its offsets in the text."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Return the words of `text` in order; punctuation and symbols are left out."""
    return [Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]


def normal_words(text: str) -> list[str]:
    """Return the words of `text` in their `search` form."""
    return list(_kept(text)) if len(text) <= SHORT else _found(text)


def _found(text: str) -> list[str]:
    return _NORMAL_WORD.findall(normalize(text))


# Several readers look at the same prompt, one after the other.
@lru_cache(maxsize=8)
def _kept(text: str) -> tuple[str, ...]:
    return tuple(_found(text))


def normal_forms(*lines: str) -> frozenset[str]:
    """Return the set of the words of a list written by hand, separated by white space, in their `search` form."""
    return frozenset(normalize(" ".join(lines)).split())
