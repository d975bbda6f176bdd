"""Collects the articles that may answer: from the store, and from the web where the store has none. Knows nothing of ranking.

A search engine's snippet is no source: of the web only pages that were read come back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fanar.errors import FanarError
from fanar.news import Article
from rag.recency.articles import ArticleStore, PageReader, ScoredArticle, WebSearch
from rag.recency.grouping import Story
from rag.recency.inquiry import Inquiry

_DEPTH = 40  # articles on the subject at any time
_WITHIN = 20  # and within each time that is named
_PAGES = 6  # of the web, read for one question
_PAGES_SECONDS = 12.0  # for all of them together


@dataclass(frozen=True, slots=True)
class Web:
    """What searches the web, and what reads its pages."""

    search: WebSearch
    pages: PageReader


class Gatherer:
    """Finds articles. Without `web` only the store is asked."""

    def __init__(self, *, store: ArticleStore, web: Web | None = None) -> None:
        self._store = store
        self._web = web

    @property
    def searches_web(self) -> bool:
        """Whether the web can be asked."""
        return self._web is not None

    async def known(self, inquiry: Inquiry) -> list[ScoredArticle]:
        """Return what the store has on the subject: in general, and within the times that are named. Raises StorageError."""
        until = inquiry.as_of
        asked = [self._store.search(inquiry.subject, top_k=_DEPTH, until=until)]
        asked += [
            self._store.search(inquiry.subject, top_k=_WITHIN, since=each.start, until=_earlier(each.end, until))
            for each in inquiry.intervals
        ]
        found: dict[str, ScoredArticle] = {}
        for results in await asyncio.gather(*asked):
            for each in results:
                known = found.get(each.article.id)
                found[each.article.id] = each if known is None or each.score > known.score else known
        return list(found.values())

    async def of_time(self, since: datetime | None, until: datetime | None, *, most: int) -> list[Article]:
        """Return the newest articles of a time. Raises StorageError."""
        return await self._store.latest(top_k=most, since=since, until=until)

    async def current(self, articles: Sequence[Article], *, read: frozenset[str]) -> list[Article]:
        """Return `articles` as they are now, without those withdrawn since; `read` names pages of the web, which stay as they were.

        Raises StorageError.
        """
        stored = {each.id: each for each in await self._store.find([each.id for each in articles if each.id not in read])}
        return [found for each in articles if (found := each if each.id in read else stored.get(each.id)) is not None]

    async def story(self, story: Story, *, known_by: datetime) -> Story:
        """Return a story with all articles that tell it and were published by then; one that the store does not have stays as it is."""
        stored = [each for each in await self._store.story(story.id) if each.published <= known_by]
        return Story(story.id, tuple(stored)) if stored else story

    async def on_the_web(self, inquiry: Inquiry) -> list[ScoredArticle]:
        """Return pages that a search engine points to, read now; what cannot be read is left out. Raises what the engine raises."""
        if self._web is None:
            return []
        since = min((each.start for each in inquiry.intervals if each.start), default=None)
        hits = await self._web.search.search(inquiry.text, top_k=_PAGES, since=since, language=inquiry.language)
        reads = [asyncio.create_task(_read(self._web.pages, url)) for url in dict.fromkeys(hit.url for hit in hits[:_PAGES])]
        if not reads:
            return []
        done, late = await asyncio.wait(reads, timeout=_PAGES_SECONDS)
        for task in late:
            task.cancel()
        return [ScoredArticle(article, 0.0) for task in reads if task in done and (article := task.result()) is not None]


async def _read(pages: PageReader, url: str) -> Article | None:
    try:
        return await pages.read(url)
    except FanarError:
        return None  # one page that cannot be read is no reason not to read the others


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((each for each in (one, other) if each is not None), default=None)
