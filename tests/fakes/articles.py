"""Articles in memory: an ArticleStore that a test fills by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from fanar.news import Article, SourceStatus
from rag.analysis import content_words, stem
from rag.recency.articles import ScoredArticle, StoreStatus


def an_article(id_: str = "1", **facts: object) -> Article:
    """Return an article; `facts` are what the test is about."""
    published = facts.get("published", datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert isinstance(published, datetime)
    plain = Article(
        id=id_,
        url=f"https://news.example/{id_}",
        outlet="news.example",
        title="افتتاح مكتبة قطر الوطنية الجديدة",
        text="افتتحت مكتبة قطر الوطنية فرعًا جديدًا في الدوحة يوم الأحد.",
        summary="",
        language="ar",
        published=published,
        updated=published,
        fetched=published,
        version=1,
        story=f"story-{id_}",
        authority=0.5,
    )
    return replace(plain, **facts)  # type: ignore[arg-type]


class MemoryArticleStore:
    """An ArticleStore that forgets with its process. `sources`, `polled` and `known_until` are what its status says."""

    def __init__(
        self,
        articles: Iterable[Article] = (),
        *,
        sources: Sequence[SourceStatus] = (),
        polled: datetime | None = None,
        known_until: datetime | None = None,
    ) -> None:
        self._articles = {article.id: article for article in articles}
        self.sources = tuple(sources)
        self.polled = polled
        self.known_until = known_until

    def put(self, article: Article) -> None:
        """Publish an article, or its correction."""
        self._articles[article.id] = article

    def withdraw(self, id_: str) -> None:
        """Delete an article."""
        del self._articles[id_]

    async def search(
        self, query: str, *, top_k: int = 10, since: datetime | None = None, until: datetime | None = None, language: str | None = None
    ) -> list[ScoredArticle]:
        wanted = _stems(query)
        found = []
        for article in self._among(since, until, language):
            share = len(wanted & _stems(f"{article.title} {article.summary} {article.text}")) / (len(wanted) or 1)
            if share:
                found.append(ScoredArticle(article, share))
        return sorted(found, key=lambda each: (-each.score, each.article.id))[:top_k]

    async def story(self, story: str) -> list[Article]:
        return sorted((each for each in self._articles.values() if each.story == story), key=lambda each: (each.published, each.id))

    async def latest(
        self, *, top_k: int = 50, since: datetime | None = None, until: datetime | None = None, language: str | None = None
    ) -> list[Article]:
        return sorted(self._among(since, until, language), key=lambda each: (each.published, each.id), reverse=True)[:top_k]

    async def find(self, ids: Sequence[str]) -> list[Article]:
        return [self._articles[id_] for id_ in ids if id_ in self._articles]

    async def status(self) -> StoreStatus:
        articles = self._articles.values()
        return StoreStatus(
            sources=self.sources,
            articles=len(articles),
            stories=len({each.story for each in articles}),
            newest=max((each.published for each in articles), default=None),
            polled=self.polled,
            known_until=self.known_until,
        )

    def _among(self, since: datetime | None, until: datetime | None, language: str | None) -> list[Article]:
        return [
            each
            for each in self._articles.values()
            if (since is None or each.published >= since)
            and (until is None or each.published < until)
            and (language is None or each.language == language)
        ]


def _stems(text: str) -> set[str]:
    return {stem(word) for word in content_words(text)}
