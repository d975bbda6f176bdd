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

_DEPTH = 200
_COVERED = 0.5
_TOPIC_DEPTH = 60


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

    async def edition(
        self,
        *,
        topic: str = "",
        language: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        top_k: int = 20,
    ) -> Edition:
        """Return the newest stories, those about `topic` where one is given. Raises NotConfiguredError without any source, StorageError."""
        status = await self._store.status()
        if not status.sources and not status.articles:
            raise NotConfiguredError(telling.NO_SOURCE)
        if topic.strip():
            articles = await self._about(topic, language, since, until)
        else:
            articles = await self._store.latest(top_k=_DEPTH, since=since, until=until, language=language)
        return Edition(tuple(newest_first(stories_of(articles))[:top_k]), status, self._clock())

    async def _about(self, topic: str, language: str | None, since: datetime | None, until: datetime | None) -> list[Article]:
        inquiry = read_inquiry([topic], now=self._clock(), zone=self._zone)
        found = await self._store.search(topic, top_k=_TOPIC_DEPTH, since=since, until=until, language=language)
        ranked = await asyncio.to_thread(rank, found, inquiry)
        return [each.article for each in ranked if each.covered >= _COVERED]
