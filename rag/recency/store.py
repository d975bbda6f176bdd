"""Current articles, found by their words and their meaning: an ArticleStore over the database and its indexes. Knows nothing of feeds.

Whatever an index says, an article is shown as the database has it now: what was corrected or withdrawn a moment ago is never found.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Protocol

from fanar.errors import FanarError, IndexMismatchError
from fanar.news import Article, SourceRecord, SourceStatus
from fanar.news_protocols import NewsRepository, SourceRepository
from rag.recency.articles import ScoredArticle, StoreStatus
from rag.recency.fresh import FreshArticles
from rag.recency.lexical import LexicalReader
from rag.recency.terms import HIGHEST, Bounds, query_stems

_TIMES, _SPARE = 3, 20
_BY_MEANING = 0.3
"""What the likeness of vectors counts beside the words, where there are vectors."""
_NEAR = 0.6
"""Likeness from which an article is found that shares no word."""


@dataclass(frozen=True, slots=True)
class _Scored:
    id: str
    lexical: float
    cosine: float
    by_meaning: bool

    @property
    def score(self) -> float:
        return (1 - _BY_MEANING) * self.lexical + _BY_MEANING * self.cosine if self.by_meaning else self.lexical


class ArticleVectors(Protocol):
    """Finds articles by their meaning."""

    async def nearest(self, query: str, *, depth: int) -> dict[str, float]:
        """Return the likeness of the nearest articles, by id; none where there are no vectors."""
        ...


class NoVectors:
    """Finds nothing."""

    async def nearest(self, query: str, *, depth: int) -> dict[str, float]:
        """Return nothing."""
        return {}


class NewsStore:
    """An ArticleStore."""

    def __init__(
        self, *, repository: NewsRepository, sources: SourceRepository, lexical: LexicalReader, vectors: ArticleVectors | None = None
    ) -> None:
        self._repository = repository
        self._sources = sources
        self._lexical = lexical
        self._fresh = FreshArticles(repository=repository)
        self._vectors = vectors or NoVectors()
        self._turn = Lock()

    async def search(
        self, query: str, *, top_k: int = 10, since: datetime | None = None, until: datetime | None = None, language: str | None = None
    ) -> list[ScoredArticle]:
        """Return articles that share words or meaning with `query`, best first. Raises StorageError."""
        stems = query_stems(query)
        if not stems:
            return []
        bounds, depth = Bounds(since, until, language), _TIMES * top_k + _SPARE
        near, worded = await asyncio.gather(self._near(query, depth), asyncio.to_thread(self._worded, stems, depth, bounds))
        cosines = {id_: max(0.0, cosine) for id_, cosine in near.items() if id_ in worded or cosine >= _NEAR}
        scored = [_Scored(id_, worded.get(id_, 0.0), cosines.get(id_, 0.0), by_meaning=bool(near)) for id_ in {*worded, *cosines}]
        best = {each.id: each for each in sorted(scored, key=lambda each: (-each.score, each.id))}
        found = await asyncio.to_thread(self._repository.find, list(best))
        shown = [article for article in _once(found) if bounds.hold(article)][:top_k]
        return [ScoredArticle(article, best[article.id].score, best[article.id].lexical, best[article.id].cosine) for article in shown]

    async def story(self, story: str) -> list[Article]:
        """Return the articles of a story, oldest first. Raises StorageError."""
        return await asyncio.to_thread(self._repository.story, story)

    async def latest(
        self, *, top_k: int = 50, since: datetime | None = None, until: datetime | None = None, language: str | None = None
    ) -> list[Article]:
        """Return articles, newest first. Raises StorageError."""
        return await asyncio.to_thread(self._repository.latest, top_k=top_k, since=since, until=until, language=language)

    async def find(self, ids: Sequence[str]) -> list[Article]:
        """Return the articles of these ids as they are now, in this order. Raises StorageError."""
        return await asyncio.to_thread(self._repository.find, ids)

    async def status(self) -> StoreStatus:
        """Return what is known and up to when. Raises StorageError."""
        return await asyncio.to_thread(self._status)

    def _status(self) -> StoreStatus:
        records, counts, totals = self._sources.sources(), self._sources.counts(), self._repository.totals()
        working = [record.look for record in records if record.look.state == "working"]
        return StoreStatus(
            sources=tuple(source_status(record, counts) for record in records),
            articles=totals.articles,
            stories=totals.stories,
            newest=totals.newest,
            polled=max((record.look.polled for record in records if record.look.polled), default=None),
            known_until=min((look.heard for look in working if look.heard), default=None),
        )

    def _worded(self, stems: Sequence[str], depth: int, bounds: Bounds) -> dict[str, float]:
        with self._turn:
            self._fresh.follow(after=self._lexical.followed())
            try:
                rarities = self._lexical.rarities(stems)
                settled = self._lexical.search(rarities, depth=depth, bounds=bounds)
            except IndexMismatchError:
                # It is being written anew; what came lately is found without it.
                rarities, settled = dict.fromkeys(stems, 1.0), []
            ceiling = HIGHEST * sum(rarities.values())
            fresh = self._fresh.search(rarities, bounds=bounds)
            hits = [*fresh, *((id_, score) for id_, score in settled if id_ not in self._fresh.changed)]
        return {id_: min(1.0, score / ceiling) for id_, score in hits}

    async def _near(self, query: str, depth: int) -> dict[str, float]:
        try:
            return await self._vectors.nearest(query, depth=depth)
        except FanarError:
            # Words alone find most of it, and the owner of the vectors is being started again.
            return {}


def source_status(record: SourceRecord, counts: Mapping[str, tuple[int, datetime]]) -> SourceStatus:
    """Return how a source is doing, as it is shown; `counts` are those of all sources."""
    source, look = record.source, record.look
    articles, newest = counts.get(source.url, (0, None))
    return SourceStatus(
        url=source.url,
        kind=source.kind,
        outlet=source.outlet,
        language=source.language,
        authority=source.authority,
        state=look.state,
        articles=articles,
        newest=newest,
        polled=look.polled,
        heard=look.heard,
        next=look.due,
        pushed=record.subscription is not None and record.subscription.until is not None,
        error=look.error,
    )


def _once(articles: Iterable[Article]) -> Iterator[Article]:
    """Yield articles, but of those at one address, which two feeds of an outlet may name, the first alone."""
    known: set[str] = set()
    for article in articles:
        if not article.url or article.url not in known:
            known.add(article.url)
            yield article
