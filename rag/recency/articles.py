"""The sockets of recency: a store of current articles, and search on the web. Knows nothing of how either works.

Only current versions are ever found: what an outlet corrected or withdrew is gone from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from fanar.news import Article, SourceStatus


@dataclass(frozen=True, slots=True)
class ScoredArticle:
    """An article found for a query. `score` in [0, 1] is comparable within one result list; time, authority and agreement are not in it.

    `meant` says that its meaning is near the query's, whatever its words are.
    """

    article: Article
    score: float
    meant: bool = False


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What is known, and up to when.

    `newest` is when the newest article was published, `polled` the last look at any source. Every source that works was read at
    `known_until` or later: None before any was. A store without `sources` knows nothing of today.
    """

    sources: tuple[SourceStatus, ...]
    articles: int
    stories: int
    newest: datetime | None
    polled: datetime | None
    known_until: datetime | None


class ArticleStore(Protocol):
    """Current articles. `since` is inclusive and `until` exclusive, both of `Article.published`; `language` is a code such as "ar"."""

    async def search(
        self, query: str, *, top_k: int = 10, since: datetime | None = None, until: datetime | None = None, language: str | None = None
    ) -> list[ScoredArticle]:
        """Return articles that share words with `query`, best first; none for a query without words. Raises StorageError."""
        ...

    async def story(self, story: str) -> list[Article]:
        """Return the articles of a story, oldest first; none for an unknown one. Raises StorageError."""
        ...

    async def latest(
        self, *, top_k: int = 50, since: datetime | None = None, until: datetime | None = None, language: str | None = None
    ) -> list[Article]:
        """Return articles, newest first. Raises StorageError."""
        ...

    async def find(self, ids: Sequence[str]) -> list[Article]:
        """Return the articles of these ids as they are now, in this order; those that are gone or unknown are left out."""
        ...

    async def status(self) -> StoreStatus:
        """Return what is known and up to when. Raises StorageError."""
        ...


@dataclass(frozen=True, slots=True)
class WebHit:
    """Where a search engine points. `snippet` is its words, not the page's: nothing is answered from it, the page is read first."""

    url: str
    title: str
    snippet: str
    published: datetime | None = None


class WebSearch(Protocol):
    """Searches the web."""

    @property
    def name(self) -> str:
        """What searches: "searxng", "brave", "tavily"."""
        ...

    async def search(self, query: str, *, top_k: int = 10, since: datetime | None = None, language: str | None = None) -> list[WebHit]:
        """Return hits, best first. Raises ModelUnavailableError, UpstreamTimeoutError."""
        ...


class PageReader(Protocol):
    """Reads a page of the web as an article."""

    async def read(self, url: str) -> Article:
        """Return what the page says; `published` is `fetched` where the page names no time.

        Raises NotFoundError (gone), UnprocessableError, TooLargeError, UpstreamTimeoutError, ForbiddenAddressError (by robots or address).
        """
        ...
