"""The news as it is shown without a question: clustered stories by topic and language, and what is known up to when.

Knows nothing of HTTP or of answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from fanar.errors import NotConfiguredError
from fanar.news import Article
from rag.recency import telling
from rag.recency.articles import ArticleStore, StoreStatus
from rag.recency.grouping import Story, newest_first, stories_of
from rag.recency.inquiry import read_inquiry
from rag.recency.ranking import rank

_DEPTH = 200  # newest articles, whose stories are shown where no topic is named
_TOPIC_DEPTH = 60  # articles that a topic is looked for among
_COVERED = 0.5  # share of the topic that an article's title and best passage must hold; a round number


@dataclass(frozen=True, slots=True)
class EditionQuery:
    """Which stories are shown: about a topic where it is not blank, in a language, published within bounds, `top_k` at most."""

    topic: str = ""
    language: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    top_k: int = 20


@dataclass(frozen=True, slots=True)
class Edition:
    """Stories, the newest first, and what was known when they were looked up."""

    stories: tuple[Story, ...]
    status: StoreStatus
    looked_up: datetime


class NewsDesk:
    """Shows what the store has."""

    def __init__(self, *, store: ArticleStore, zone: ZoneInfo, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._zone = zone
        self._clock = clock

    async def status(self) -> StoreStatus:
        """Return what is known, and up to when. Raises StorageError."""
        return await self._store.status()

    async def edition(self, query: EditionQuery) -> Edition:
        """Return the newest stories. Raises NotConfiguredError without any source, StorageError."""
        status = await self._store.status()
        if not status.sources and not status.articles:
            raise NotConfiguredError(telling.NO_SOURCE)
        if query.topic.strip():
            articles = await self._about(query)
        else:
            articles = await self._store.latest(top_k=_DEPTH, since=query.since, until=query.until, language=query.language)
        return Edition(tuple(newest_first(stories_of(articles))[: query.top_k]), status, self._clock())

    async def _about(self, query: EditionQuery) -> list[Article]:
        inquiry = read_inquiry([query.topic], now=self._clock(), zone=self._zone)
        found = await self._store.search(query.topic, top_k=_TOPIC_DEPTH, since=query.since, until=query.until, language=query.language)
        ranked = await asyncio.to_thread(rank, found, inquiry)
        return [each.article for each in ranked if each.covered >= _COVERED]
