"""The articles that changed since the index on disk was last written, searched in memory. Knows nothing of files.

They are scored by the rarities of the index on disk, so that their scores and its own compare.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from fanar.news import Article
from fanar.news_protocols import NewsRepository
from rag.recency.terms import WEIGHTS, Bounds, stems_of

_K1, _B = 1.2, 0.75  # tantivy's own, by which the index on disk scores
_AVERAGE = {"title": 9.0, "body": 180.0}  # stems of a field, roughly: the length that BM25 takes for usual
_AT_ONCE = 1_000  # changes read in one step
_MOST = 5_000  # changes held; further ones wait until the index on disk has followed these


@dataclass(frozen=True, slots=True)
class _Fresh:
    article: Article
    counts: Mapping[str, Counter[str]]
    lengths: Mapping[str, int]


class FreshArticles:
    """Follows the changes that another index has not followed yet. Not for two threads at once."""

    def __init__(self, *, repository: NewsRepository) -> None:
        self._repository = repository
        self._position = 0
        self._changed: dict[str, _Fresh | None] = {}

    @property
    def changed(self) -> frozenset[str]:
        """The ids of articles that are here or gone: whatever another index says of them is out of date."""
        return frozenset(self._changed)

    def follow(self, *, after: int) -> None:
        """Follow what changed after a position, which is how far the index on disk is. Raises StorageError."""
        if after >= self._position:
            self._changed, self._position = {}, after
        while len(self._changed) < _MOST and (changes := self._repository.changes(after=self._position, limit=_AT_ONCE)):
            for change in changes:
                self._changed[change.id] = None if change.article is None else _fresh(change.article)
            self._position = changes[-1].position

    def search(self, rarities: Mapping[str, float], *, bounds: Bounds) -> list[tuple[str, float]]:
        """Return (id, BM25) of what shares a stem, in no order."""
        scores = ((id_, _score(fresh, rarities)) for id_, fresh in self._changed.items() if fresh and bounds.hold(fresh.article))
        return [(id_, score) for id_, score in scores if score]


def _fresh(article: Article) -> _Fresh:
    stems = stems_of(article)
    return _Fresh(article, {field: Counter(each) for field, each in stems.items()}, {field: len(each) for field, each in stems.items()})


def _score(fresh: _Fresh, rarities: Mapping[str, float]) -> float:
    return sum(rarity * max(_weight(fresh, field, stem) for field in WEIGHTS) for stem, rarity in rarities.items())


def _weight(fresh: _Fresh, field: str, stem: str) -> float:
    count = fresh.counts[field][stem]
    if not count:
        return 0.0
    return WEIGHTS[field] * count * (_K1 + 1) / (count + _K1 * (1 - _B + _B * fresh.lengths[field] / _AVERAGE[field]))
