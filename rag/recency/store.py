"""Current articles, found by their words, and where there are vectors by their meaning. Knows nothing of feeds.

Whatever an index says, an article is shown as the database has it now: what was corrected or withdrawn a moment ago is never found.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
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

_log = logging.getLogger(__name__)
_TIMES, _SPARE = 3, 20
# Chosen by hand: the encoders that vectors are for have weights that no test here has.
_BY_MEANING = 0.3
"""What nearness counts beside the words, where there are vectors."""
_NEAR = 0.6
"""Cosine from which an article is near enough to be found though it shares no word."""


class Meaning(Protocol):
    """Finds articles by their meaning."""

    async def nearest(self, query: str, *, depth: int) -> dict[str, float]:
        """Return the cosines of the nearest articles, by id. Raises a FanarError when it cannot now."""
        ...


class NewsStore:
    """An ArticleStore. Without `meaning` words alone are looked for."""

    def __init__(
        self, *, repository: NewsRepository, sources: SourceRepository, lexical: LexicalReader, meaning: Meaning | None = None
    ) -> None:
        self._repository = repository
        self._sources = sources
        self._lexical = lexical
        self._meaning = meaning
        self._fresh = FreshArticles(repository=repository)
        self._turn = Lock()

    async def search(
        self, query: str, *, top_k: int = 10, since: datetime | None = None, until: datetime | None = None, language: str | None = None
    ) -> list[ScoredArticle]:
        """Return articles that share words or meaning with `query`, best first. Raises StorageError."""
        stems = query_stems(query)
        if not stems:
            return []
        bounds, depth = Bounds(since, until, language), _TIMES * top_k + _SPARE
        worded, near = await asyncio.gather(asyncio.to_thread(self._worded, stems, depth, bounds), self._near(query, depth))
        scores = _fused(worded, near) if near else worded
        best = sorted(scores, key=lambda id_: (-scores[id_], id_))
        found = await asyncio.to_thread(self._repository.find, best)
        shown = [article for article in _once(found) if bounds.hold(article)][:top_k]
        return [ScoredArticle(article, scores[article.id], meant=near.get(article.id, 0.0) >= _NEAR) for article in shown]

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

    async def _near(self, query: str, depth: int) -> dict[str, float]:
        if self._meaning is None:
            return {}
        try:
            return await self._meaning.nearest(query, depth=depth)
        except FanarError as error:
            _log.warning("news is looked for by its words alone: %s", error)
            return {}

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


def _fused(worded: Mapping[str, float], near: Mapping[str, float]) -> dict[str, float]:
    found = {*worded, *(id_ for id_, cosine in near.items() if cosine >= _NEAR)}
    return {id_: (1 - _BY_MEANING) * worded.get(id_, 0.0) + _BY_MEANING * max(0.0, near.get(id_, 0.0)) for id_ in found}


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
