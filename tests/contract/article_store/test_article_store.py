"""What every ArticleStore keeps to. A store is filled by a list of articles, as they are now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fanar.news import Article, Kept, Source
from fanar.storage.engine import open_engine
from fanar.storage.migrate import upgrade
from fanar.storage.news import SqlNewsRepository
from fanar.storage.news_sources import SqlSourceRepository
from rag.recency.articles import ArticleStore
from rag.recency.lexical import LexicalReader, LexicalWriter
from rag.recency.store import NewsStore
from tests.fakes.articles import MemoryArticleStore, an_article

Filling = Callable[[Path, Sequence[Article]], ArticleStore]


def _in_memory(_folder: Path, articles: Sequence[Article]) -> ArticleStore:
    return MemoryArticleStore(articles)


def _in_the_database(folder: Path, articles: Sequence[Article]) -> ArticleStore:
    """Half of the articles are in the index on disk, the other half came since."""
    engine = open_engine(f"sqlite:///{folder / 'fanar.db'}")
    upgrade(engine)
    repository, sources = SqlNewsRepository(engine=engine), SqlSourceRepository(engine=engine)
    for article in articles:
        url = f"https://{article.outlet}/{article.id}/feed"
        sources.add(Source(url, "feed", article.outlet), now=article.fetched)
        repository.write(url, articles=[Kept(article, url, article.id, "digest")], now=article.fetched)
    writer = LexicalWriter(folder=folder)
    writer.follow(repository.changes(after=0, limit=len(articles) // 2))
    writer.close()
    return NewsStore(repository=repository, sources=sources, lexical=LexicalReader(folder=folder))


STORES: dict[str, Filling] = {"memory": _in_memory, "database": _in_the_database}


def _day(day: int) -> datetime:
    return datetime(2026, 3, day, 12, tzinfo=UTC)


ARTICLES = [
    an_article("1", published=_day(1), story="library"),
    an_article("2", published=_day(2), story="library", outlet="other.example", text="مكتبة قطر الوطنية تفتتح فرعًا في مدينة الدوحة."),
    an_article("3", published=_day(3), story="wheat", title="ارتفاع أسعار القمح", text="ارتفعت أسعار القمح في الأسواق العالمية."),
    an_article("4", published=_day(4), story="rain", title="Heavy rain in Doha", text="Heavy rain fell on the city.", language="en"),
]


@pytest.fixture(scope="module", params=STORES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ArticleStore:
    return STORES[request.param](tmp_path_factory.mktemp("news"), ARTICLES)


async def test_what_says_what_is_asked_for_comes_first(store: ArticleStore) -> None:
    found = await store.search("كم أصبح سعر القمح؟")
    assert found[0].article == ARTICLES[2]


async def test_scores_lie_between_0_and_1_and_fall(store: ArticleStore) -> None:
    scores = [each.score for each in await store.search("مكتبة قطر في الدوحة والقمح")]
    assert len(scores) >= 2
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


async def test_no_more_comes_than_asked_for(store: ArticleStore) -> None:
    assert len(await store.search("مكتبة قطر", top_k=1)) == 1
    assert len(await store.latest(top_k=3)) == 3


async def test_only_what_was_published_in_time_is_found(store: ArticleStore) -> None:
    found = await store.search("مكتبة قطر الوطنية القمح", since=_day(2), until=_day(3))
    assert [each.article.id for each in found] == ["2"]


async def test_only_one_language_is_found_where_one_is_asked_for(store: ArticleStore) -> None:
    assert [each.article.id for each in await store.search("heavy rain مكتبة", language="en")] == ["4"]
    assert [each.id for each in await store.latest(language="en")] == ["4"]


@pytest.mark.parametrize("query", ["", "؟!", " \n", "زقفلط"])
async def test_what_says_nothing_finds_nothing(store: ArticleStore, query: str) -> None:
    assert await store.search(query) == []


async def test_the_latest_come_newest_first(store: ArticleStore) -> None:
    assert [each.id for each in await store.latest()] == ["4", "3", "2", "1"]
    assert [each.id for each in await store.latest(since=_day(2), until=_day(4))] == ["3", "2"]


async def test_a_story_is_told_from_its_beginning(store: ArticleStore) -> None:
    assert [each.id for each in await store.story("library")] == ["1", "2"]
    assert await store.story("nothing") == []


async def test_articles_come_by_their_ids(store: ArticleStore) -> None:
    assert [each.id for each in await store.find(["3", "nothing", "1"])] == ["3", "1"]


async def test_the_status_counts_what_is_there(store: ArticleStore) -> None:
    status = await store.status()
    assert (status.articles, status.stories, status.newest) == (4, 3, _day(4))
    assert status.known_until is None
