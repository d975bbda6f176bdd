"""A web of a few pages, for tests: what searches it, and what reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.news import Article
from rag.recency.articles import WebHit


class FakeWebSearch:
    """A WebSearch that always finds the same."""

    name = "fake"

    def __init__(self, hits: Sequence[WebHit] = ()) -> None:
        self._hits = hits

    async def search(self, query: str, *, top_k: int = 10, since: datetime | None = None, language: str | None = None) -> list[WebHit]:
        return list(self._hits[:top_k])


class FakePages:
    """A PageReader of the pages it was given."""

    def __init__(self, articles: Iterable[Article] = ()) -> None:
        self._articles: Mapping[str, Article] = {article.url: article for article in articles}

    async def read(self, url: str) -> Article:
        if url not in self._articles:
            raise UnprocessableError(Bilingual("No.", "لا."))
        return self._articles[url]
