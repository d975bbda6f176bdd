"""Text as stems and guessed roots, and as its wording. Knows nothing of where a text stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from fanar.arabic.stemming import root
from fanar.arabic.stopwords import STOPWORDS
from fanar.documents import Document
from rag.analysis import search_words, stem
from rag.islamic.lexicon import Lexicon

SHORTEST_ROOT = 3
_BIGRAM = 0.5
"""What two words in their order are worth beside one word."""
_REMEMBERED = 16_384

_stem = lru_cache(maxsize=_REMEMBERED)(stem)
_root = lru_cache(maxsize=_REMEMBERED)(root)


@dataclass(frozen=True, slots=True)
class Terms:
    """The stems and guessed roots of a stretch of text."""

    stems: frozenset[str]
    roots: frozenset[str]


def terms_of(words: Iterable[str]) -> Terms:
    """Return the terms of those of `words` that say anything."""
    content = [word for word in words if word not in STOPWORDS]
    found = (_root(word) for word in content if not word.isascii())
    return Terms(frozenset(map(_stem, content)), frozenset(each for each in found if len(each) >= SHORTEST_ROOT))


def verse_terms(verse: Document) -> Terms:
    """Return the terms of a verse's text, in its everyday spelling, and of its translation."""
    return terms_of([*search_words(verse.spelling), *search_words(verse.translation or "")])


def heading_terms(words: Sequence[str], lexicon: Lexicon) -> Terms:
    """Return the terms of a heading: «آية الكرسي» is no less the answer to «الكرسي» for the word that only frames it."""
    return terms_of([word for word in words if not lexicon.frames(word)] or words)


def wording(words: Sequence[str]) -> dict[str, float]:
    """Return how something is said: the stems of all words, those that only ask too, and of each two in their order, by weight."""
    stems = [_stem(word) for word in words]
    found = dict.fromkeys(stems, 0.0)
    for each in stems:
        found[each] += 1.0
    for first, second in pairwise(stems):
        pair = f"{first} {second}"
        found[pair] = found.get(pair, 0.0) + _BIGRAM
    return found
