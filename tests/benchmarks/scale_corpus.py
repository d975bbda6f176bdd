"""Passages and questions in any number, made up: words from roots and patterns, as rare as words are, in topics. Measures nothing.

They read like nothing, but are indexed and searched like Arabic: stems and roots recur in many forms, a few words are everywhere, most
are rare, and passages of one topic share words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from fanar.documents import Document

CORPUS = "made-up"
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_PATTERNS = ("{}{}{}", "{}ا{}{}", "م{}{}و{}", "ت{}{}ي{}", "{}{}ا{}", "ا{}ت{}ا{}", "م{}ا{}{}", "است{}{}{}")
_AFFIXES = tuple(product(("", "ال", "و", "بال"), ("", "ه", "ات")))
_ROOTS = 3_000
_WORDS = 100_000
_TOPICS = 4_000
_WORDS_OF_TOPIC = 60
_COMMONEST = 300  # words that belong to no topic
_LENGTHS = (20, 40)
_SHARE_OF_TOPIC = 0.5
_CHUNK = 10_000
_ASKED = 5

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class MadeUp:
    """A language of `words`, commonest first, and of `topics`, rows of their numbers; `common` and `topical` are cumulated shares."""

    words: NDArray[np.object_]
    topics: Numbers
    common: NDArray[np.float64]
    topical: NDArray[np.float64]

    @classmethod
    def of(cls, seed: int) -> MadeUp:
        """Make up a language; the same seed makes the same."""
        dice = np.random.default_rng(seed)
        roots = ["".join(dice.choice(list(_LETTERS), 3, replace=False)) for _ in range(_ROOTS)]
        forms = [f"{first}{pattern.format(*root)}{last}" for root in roots for pattern in _PATTERNS for first, last in _AFFIXES]
        words = np.array(list(dict.fromkeys(forms)), dtype=object)
        words = words[dice.permutation(len(words))[:_WORDS]]
        topics = dice.integers(_COMMONEST, len(words), (_TOPICS, _WORDS_OF_TOPIC))
        return cls(words, topics, _cumulated(len(words)), _cumulated(_WORDS_OF_TOPIC))

    def documents(self, first: int, last: int) -> Iterator[Document]:
        """Yield the passages of these numbers, end-exclusive; each number always gives the same passage when chunks are whole."""
        for start in range(first, last, _CHUNK):
            rows, lengths = self._rows(start, min(_CHUNK, last - start))
            for number, (row, length) in enumerate(zip(rows, lengths, strict=True), start):
                text = " ".join(self.words[row[:length]])
                yield Document(id=str(number), corpus=CORPUS, reference=f"passage {number}", text=text, metadata={"part": number % 10})

    def questions(self, passages: int, count: int, *, seed: int) -> list[tuple[str, str]]:
        """Return questions as (text, id of the passage whose words they are), out of the first `passages`."""
        dice = np.random.default_rng(seed)
        starts = dice.choice(max(1, passages // _CHUNK), min(count, max(1, passages // _CHUNK)), replace=False) * _CHUNK
        found: list[tuple[str, str]] = []
        for start in starts:
            chosen = set(dice.choice(min(_CHUNK, passages), -(-count // len(starts)), replace=False).tolist())
            of_chunk = [each for at, each in enumerate(self.documents(int(start), int(start) + min(_CHUNK, passages))) if at in chosen]
            found += [(" ".join(dice.choice(each.text.split(), _ASKED, replace=False)), each.id) for each in of_chunk]
        return found[:count]

    def _rows(self, start: int, count: int) -> tuple[Numbers, Numbers]:
        dice = np.random.default_rng([start, count, _CHUNK])
        shape = (count, _LENGTHS[1])
        topics = dice.integers(0, len(self.topics), count)
        told = self.topics[topics[:, None], np.searchsorted(self.topical, dice.random(shape))]
        plain = np.searchsorted(self.common, dice.random(shape))
        return np.where(dice.random(shape) < _SHARE_OF_TOPIC, told, plain), dice.integers(*_LENGTHS, count, endpoint=True)


def _cumulated(size: int) -> NDArray[np.float64]:
    shares = 1 / (np.arange(size) + 2.7)
    return np.asarray(np.cumsum(shares) / shares.sum() * (1 - 1e-12), dtype=np.float64)
