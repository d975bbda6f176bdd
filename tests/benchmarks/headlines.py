"""How two headlines lie to each other, for a benchmark model: rare words in common, words near in meaning, what is left of either.

What words mean is told by their neighbours in news (positive mutual information, 150 singular values), how rare they are by the same.
Fitted for the benchmark alone; nothing of it ships.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from math import log

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.sparse.linalg import svds

from fanar.arabic.normalization import normalize
from fanar.arabic.stemming import root
from fanar.attribution.claims.lexicon import NEGATORS, OPPOSITES
from fanar.attribution.claims.reading import concepts
from fanar.attribution.claims.tokens import Token, tokens

WIDTH = 150
WINDOW = 5
FEWEST = 4  # times a word stands in the news, to have neighbours
RARE = 6.0
_SPELT_ALIKE = 0.74
_ROOT = 0.85
_LONG = 3

Array = NDArray[np.float64]


class WordMeanings:
    """Words as vectors of length one, and how rare they are."""

    def __init__(self, texts: Sequence[str]) -> None:
        lines = [[token.stem for token in tokens(text) if not token.stop] for text in texts]
        counted = Counter(word for line in lines for word in line)
        self._number = {word: at for at, word in enumerate(word for word, times in counted.most_common() if times >= FEWEST)}
        self._texts = Counter(word for line in lines for word in set(line))
        self._size = len(lines)
        self._vectors = _decomposed(_together(lines, self._number))

    def vector(self, word: str) -> Array | None:
        """Return a word's vector, None for one that is too rare."""
        at = self._number.get(word)
        return None if at is None else self._vectors[at]

    def rarity(self, word: str) -> float:
        """Return how much a word says, by how few texts hold it."""
        return log((self._size + 1) / (self._texts[word] + 0.5))

    def sense(self, words: Iterable[str]) -> Array:
        """Return the direction of several words, rare ones first; nothing where none is known."""
        known = [vector * self.rarity(word) for word in words if (vector := self.vector(word)) is not None]
        total = np.sum(known, axis=0) if known else np.zeros(WIDTH)
        return np.asarray(total / (np.linalg.norm(total) or 1.0))

    def nearness(self, word: str, others: Sequence[str]) -> float:
        """Return how near the nearest of `others` is: by its letters, its root or its neighbours."""
        return 1.0 if word in others else max((self._near(word, other) for other in others), default=0.0)

    def _near(self, word: str, other: str) -> float:
        one, two = self.vector(word), self.vector(other)
        near = float(one @ two) if one is not None and two is not None else 0.0
        if min(len(word), len(other)) >= _LONG:
            spelt = SequenceMatcher(None, word, other).ratio()
            near = max(near, spelt if spelt > _SPELT_ALIKE else 0.0)
        return max(near, _ROOT) if len(root(word)) >= _LONG and root(word) == root(other) else near


def likeness_rows(claims: Sequence[str], passages: Sequence[str], meanings: WordMeanings) -> Array:
    """Return a row of likenesses for each pair."""
    return np.array([_likeness(*map(_read, pair), meanings, pair) for pair in zip(claims, passages, strict=True)])


@lru_cache(maxsize=20_000)
def _read(text: str) -> tuple[Token, ...]:
    return tuple(tokens(text))


def _likeness(ours: Sequence[Token], theirs: Sequence[Token], meanings: WordMeanings, texts: tuple[str, str]) -> list[float]:
    said, shown = ([token.stem for token in found if not token.stop] for found in (ours, theirs))
    lost, new = [word for word in said if word not in shown], [word for word in shown if word not in said]
    shared = set(said) & set(shown)
    return [
        *_sides(said, shown, meanings),
        *_sides(shown, said, meanings),
        *_spelt(*map(normalize, texts)),
        *_signs(ours, theirs),
        len(shared),
        len(shared) / max(1, len({*said, *shown})),
        sum(meanings.rarity(word) > RARE for word in shared),
        max(map(meanings.rarity, shared), default=0.0),
        len(said) / max(1, len(shown)),
        float(meanings.sense(said) @ meanings.sense(shown)),
        float(meanings.sense(lost) @ meanings.sense(new)),
        max((meanings.nearness(word, new) for word in lost), default=0.0),
        _turned([shown.index(word) for word in said if word in shared]),
        float(said[:1] == shown[:1]),
        float(said[-1:] == shown[-1:]),
    ]


def _sides(words: Sequence[str], others: Sequence[str], meanings: WordMeanings) -> list[float]:
    """Return how much of one side the other says, word for word and in meaning, and how rare the rarest word is that it does not say."""
    rarities = [meanings.rarity(word) for word in words]
    near = [meanings.nearness(word, others) for word in words]
    total = sum(rarities) or 1.0
    missing = [rarity for word, rarity in zip(words, rarities, strict=True) if word not in others]
    return [
        len(words),
        len(missing),
        1 - sum(missing) / total,
        max(missing, default=0.0),
        float(np.mean(near)) if near else 0.0,
        min(near, default=0.0),
        float(np.dot(near, rarities)) / total,
    ]


def _spelt(one: str, other: str) -> list[float]:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return [matcher.ratio(), matcher.find_longest_match().size / max(1, len(one))]


def _signs(ours: Sequence[Token], theirs: Sequence[Token]) -> list[float]:
    one, other = ({concept for token in found if not token.stop for concept in concepts(token)} for found in (ours, theirs))
    said, shown = ({token.form for token in found if token.kind == "number"} for found in (ours, theirs))
    return [
        len(one & other),
        sum(OPPOSITES.get(concept, "") in other for concept in one),
        *(sum(token.form in NEGATORS for token in found) for found in (ours, theirs)),
        *map(len, (said & shown, said - shown, shown - said)),
    ]


def _turned(places: Sequence[int]) -> float:
    return sum(first > second for first, second in pairwise(places)) / max(1, len(places) - 1)


def _together(lines: Sequence[Sequence[str]], number: dict[str, int]) -> sparse.coo_matrix:
    """Return how often words stand together, near ones counting more."""
    rows, columns, counts = [], [], []
    for line in lines:
        known = np.array([number[word] for word in line if word in number], dtype=np.int64)
        for apart in range(1, min(WINDOW, len(known) - 1) + 1):
            rows.append(known[:-apart])
            columns.append(known[apart:])
            counts.append(np.full(len(known) - apart, apart**-0.5))
    table = sparse.coo_matrix((np.concatenate(counts), (np.concatenate(rows), np.concatenate(columns))), shape=(len(number),) * 2).tocsr()
    return (table + table.T).tocoo()


def _decomposed(table: sparse.coo_matrix) -> Array:
    """Return a vector of length one for each word."""
    sums = np.asarray(table.sum(axis=1)).ravel()
    smoothed = sums**0.75 / (sums**0.75).sum()  # what is rare would else lie near to everything that is rare
    shared = np.log(table.data / (sums[table.row] * smoothed[table.col]))
    kept = shared > 0
    positive = sparse.csr_matrix((shared[kept], (table.row[kept], table.col[kept])), shape=table.shape)
    left, values, _ = svds(positive, k=WIDTH, v0=np.ones(table.shape[0]))
    vectors = left * np.sqrt(values)
    return np.asarray(vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9))
