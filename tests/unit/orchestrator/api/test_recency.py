"""The news over HTTP."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from fanar.bilingual import Bilingual
from fanar.news import SourceStatus
from fanar.settings import Settings
from orchestrator.api.app import create_app
from rag.recency.desk import NewsDesk
from tests.fakes.articles import MemoryArticleStore, an_article
from tests.fakes.platform import fake_platform, opener

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SOURCE = SourceStatus(
    url="https://key:secret@news.example/feed?token=secret",
    kind="feed",
    outlet="news.example",
    language="ar",
    authority=0.5,
    state="failing",
    articles=3,
    newest=NOW,
    polled=NOW,
    heard=None,
    next=None,
    pushed=False,
    error=Bilingual("It did not answer.", "لم يجب."),
)


@pytest.fixture
async def news() -> httpx.AsyncClient:
    """Return a client of an application that knows three articles of two stories."""
    articles = [
        an_article(
            str(n), published=NOW - timedelta(hours=n), story=f"s{n % 2}", outlet=f"{n}.example", title=f"![x](https://evil.example) {n}"
        )
        for n in (1, 2, 3)
    ]
    store = MemoryArticleStore(articles, sources=[SOURCE], polled=NOW, known_until=NOW)
    settings = Settings(_env_file=None)
    platform = replace(fake_platform(settings), news=NewsDesk(store=store, zone=ZoneInfo("UTC"), clock=lambda: NOW))
    app = create_app(opener(platform), settings=settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            yield client  # type: ignore[misc]


async def test_status_tells_how_sources_do_and_hides_their_addresses(news: httpx.AsyncClient) -> None:
    answer = await news.get("/v1/recency/status")
    body = answer.json()
    assert (body["configured"], body["articles"], body["stories"], body["known_until"]) == (True, 3, 2, "2026-03-10T12:00:00Z")
    assert body["sources"][0]["error"] == {"en": "It did not answer.", "ar": "لم يجب."}
    assert "secret" not in answer.text


async def test_feed_has_stories_newest_first_and_nothing_that_a_page_would_fetch(news: httpx.AsyncClient) -> None:
    answer = await news.get("/v1/recency/feed", params={"language": "ar", "top_k": "1"})
    (story,) = answer.json()["stories"]
    assert story["outlets"] == ["1.example", "3.example"]
    assert [article["id"] for article in story["articles"]] == ["1", "3"]
    assert "](" not in answer.text


async def test_feed_is_bounded_by_topic_and_time(news: httpx.AsyncClient) -> None:
    async def stories(**wanted: str) -> int:
        return len((await news.get("/v1/recency/feed", params=wanted)).json()["stories"])

    assert await stories(topic="مكتبة قطر الوطنية") == 2
    assert await stories(topic="أسعار القمح") == 0
    assert await stories(since="2026-03-10T10:30:00Z") == 1
    assert await stories(until="2026-03-01") == 0


@pytest.mark.parametrize(
    ("query", "param"), [("since=2026-02-31", "since"), ("top_k=0", "top_k"), ("language=Arabic", "language"), ("topics=x", "topics")]
)
async def test_what_is_wrong_with_a_query_is_named(news: httpx.AsyncClient, query: str, param: str) -> None:
    answer = await news.get(f"/v1/recency/feed?{query}")
    assert answer.status_code == 422
    assert answer.json()["error"]["param"] == param


async def test_without_any_source_the_feed_names_the_command_that_adds_one(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/recency/feed")
    assert answer.status_code == 503
    assert "fanar feeds add URL" in answer.json()["error"]["message"]
    status = (await client.get("/v1/recency/status")).json()
    assert (status["configured"], status["known_until"]) == (False, None)
