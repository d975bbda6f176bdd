"""Finds articles that are one report, whoever published it: a story. Knows nothing of storage or of meaning.

Articles are compared by runs of words in their search form, so that spelling and vowel marks do not tell two apart. MinHash finds those
that share many runs; then rare runs and rare words of the openings count most: telegrams and weather reports are written by one pattern,
and only the names in them tell which is which. What is like an article of the last two days joins its story; what is like none begins one.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zlib import crc32

import numpy as np
from datasketch import MinHash, MinHashLSH
from numpy.typing import NDArray

from rag.analysis import content_words, search_words, stem

_PERMUTATIONS = 128  # of MinHash
_CANDIDATE = 0.12  # share of runs in common, as MinHash guesses it, from which articles are compared
_RUN = 3  # words
_WORDS = 160  # that are read; outlets shorten an agency's report at its end
_LONGEST_WORD = 16  # characters of a word with its space, to cut the text before it is taken apart
_OPENING = 30  # content words
_OPENING_CHARACTERS = 800
_SHORTEST = 8  # words; what has fewer is like nothing

_OPENINGS_SHARE = 0.2
_RARITY_OF_OPENINGS = 3
ALIKE = 0.24
"""Likeness from which two articles are one report. This and the two above are chosen on every second one of the labelled pairs."""
TOGETHER = timedelta(hours=48)
"""Reports of one thing are published within this time; the same words later are about something else."""

_REMEMBERED = 20_000  # articles
_BUCKETS = 1 << 22  # counters of how often a run or word was seen, two bytes each
_UNSEEN = 1_000  # articles that are taken to have been seen before the first, so that no run seems common at once
_MOST_SEEN = 60_000  # below what a counter holds
_MOST_TELLERS = 12  # latest articles of a story that another is compared with

Hashes = NDArray[np.uint32]
_NO_WORDS = MinHash(num_perm=_PERMUTATIONS, hashfunc=int)
"""To copy one takes a tenth of what drawing its permutations anew does."""


@dataclass(frozen=True, slots=True)
class _Known:
    story: str
    published: datetime
    runs: Hashes
    opening: Hashes


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an article belongs: its story, the signature it is compared by, and the stories that have become one with its own."""

    story: str
    signature: bytes = b""
    joined: tuple[str, ...] = ()


class Stories:
    """The stories of the articles last seen, each given as (id, story, signature, time of publication)."""

    def __init__(self, known: Iterable[tuple[str, str, bytes, datetime]] = ()) -> None:
        self._near = MinHashLSH(threshold=_CANDIDATE, num_perm=_PERMUTATIONS, weights=(0.2, 0.8))
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._tellers: dict[str, list[str]] = {}
        self._seen = np.zeros(_BUCKETS, dtype=np.uint16)
        self._compared = _UNSEEN
        for id_, story, signature, published in known:
            if signature:
                article = _Known(story, published, *_read(signature))
                self._remember(id_, article, _sketch(article.runs))

    def place(self, id_: str, title: str, text: str, *, published: datetime, story: str = "") -> Placed:
        """Return where an article belongs. Where it is like no other, it stays in `story` or begins one.

        It is like a story when it is on average like those who tell it; two stories that it is like become one.
        """
        self.forget(id_)
        runs, opening = _hashes(title, text)
        if len(runs) < _SHORTEST - _RUN + 1:
            return Placed(story or id_)
        new = _Known(story, published, runs, opening)
        sketch = _sketch(runs)
        near = {self._known[each].story for each in self._near.query(sketch)}
        alike = sorted(((likeness, each) for each in near if (likeness := self._likeness_to(new, each)) >= ALIKE), reverse=True)
        # An article that was corrected to say something else leaves a story that others still tell.
        own = story if story and not self._tellers.get(story) else id_
        chosen = alike[0][1] if alike else own
        joined = tuple(each for _, each in alike[1:])
        for each in joined:
            self._join(each, chosen)
        self._remember(id_, replace(new, story=chosen), sketch)
        return Placed(chosen, _written(runs, opening), joined)

    def forget(self, id_: str) -> None:
        """Forget an article that is gone."""
        gone = self._known.pop(id_, None)
        if gone is not None:
            self._near.remove(id_)
            self._tellers[gone.story].remove(id_)
            if not self._tellers[gone.story]:
                del self._tellers[gone.story]

    def _remember(self, id_: str, article: _Known, sketch: MinHash) -> None:
        self.forget(id_)
        self._near.insert(id_, sketch, check_duplication=False)
        self._known[id_] = article
        self._tellers.setdefault(article.story, []).append(id_)
        # What was forgotten still tells how rare a run of words is.
        self._compared += 1
        for hashes in (article.runs, article.opening):
            places = hashes % _BUCKETS
            self._seen[places] = np.minimum(self._seen[places], _MOST_SEEN - 1) + 1
        if len(self._known) > _REMEMBERED:
            self.forget(next(iter(self._known)))

    def _join(self, story: str, other: str) -> None:
        tellers = self._tellers.pop(story)
        for each in tellers:
            self._known[each] = replace(self._known[each], story=other)
        self._tellers[other] += tellers

    def _likeness_to(self, article: _Known, story: str) -> float:
        tellers = [self._known[each] for each in self._tellers[story][-_MOST_TELLERS:]]
        return sum(self._likeness(article, each) if _together(article, each) else 0.0 for each in tellers) / len(tellers)

    def _likeness(self, first: _Known, second: _Known) -> float:
        runs = self._shared(first.runs, second.runs, 1)
        return (1 - _OPENINGS_SHARE) * runs + _OPENINGS_SHARE * self._shared(first.opening, second.opening, _RARITY_OF_OPENINGS)

    def _shared(self, first: Hashes, second: Hashes, power: int) -> float:
        """Return the rarity of what two have in common as a share of the rarity of both."""
        both = np.intersect1d(first, second, assume_unique=True)
        common, one, other = (float(self._rarities(each, power).sum()) for each in (both, first, second))
        return common / (one + other - common) if common else 0.0

    def _rarities(self, hashes: Hashes, power: int) -> NDArray[np.float64]:
        seen = self._seen[hashes % _BUCKETS].astype(np.float64)
        return np.asarray((math.log(self._compared) - np.log(seen + 1)) ** power)


def _together(first: _Known, second: _Known) -> bool:
    return abs(first.published - second.published) <= TOGETHER


def _hashes(title: str, text: str) -> tuple[Hashes, Hashes]:
    words = search_words(f"{title}\n{text[: _WORDS * _LONGEST_WORD]}")[:_WORDS]
    runs = {crc32(" ".join(words[at : at + _RUN]).encode()) for at in range(len(words) - _RUN + 1)}
    opening = {crc32(f"opening {stem(word)}".encode()) for word in content_words(f"{title}\n{text[:_OPENING_CHARACTERS]}")[:_OPENING]}
    return np.array(sorted(runs), dtype=np.uint32), np.array(sorted(opening), dtype=np.uint32)


def _sketch(runs: Hashes) -> MinHash:
    sketch = _NO_WORDS.copy()
    sketch.update_batch(runs.tolist())
    return sketch


def _written(runs: Hashes, opening: Hashes) -> bytes:
    return np.array([len(runs)], dtype="<u4").tobytes() + runs.astype("<u4").tobytes() + opening.astype("<u4").tobytes()


def _read(signature: bytes) -> tuple[Hashes, Hashes]:
    hashes = np.frombuffer(signature, dtype="<u4").astype(np.uint32)
    return hashes[1 : 1 + int(hashes[0])], hashes[1 + int(hashes[0]) :]
