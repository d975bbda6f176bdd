"""What every WebSearch keeps to, before a server on loopback that answers as its engine does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from fanar.errors import ModelUnavailableError, UpstreamTimeoutError
from fanar.fetch.client import Fetcher
from rag.recency.articles import WebHit, WebSearch
from rag.recency.web_search import BraveSearch, SearxngSearch, TavilySearch
from tests.fakes.web import FakeWebSearch

PUBLISHED = datetime(2026, 3, 1, 9, tzinfo=UTC)
HITS = [
    WebHit("https://a.example/1", "افتتاح المكتبة", "افتتحت المكتبة اليوم", PUBLISHED),
    WebHit("https://b.example/2", "Rain in Doha", "Heavy rain fell", None),
]


@dataclass
class Engine:
    """The server of an engine: what it answers, and what it was asked."""

    results: Callable[[list[dict[str, Any]]], dict[str, Any]]
    names: tuple[str, str]
    status: int = 200
    body: str | None = None
    hits: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self._answer)
        self.server = TestServer(app)
        snippet, published = self.names
        self.hits = [
            {"url": hit.url, "title": f"<b>{hit.title}</b>", snippet: hit.snippet, published: hit.published and hit.published.isoformat()}
            for hit in HITS
        ]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked.append(f"{request.path_qs} {await request.text()} {dict(request.headers)}")
        if self.body is not None:
            return web.Response(status=self.status, text=self.body)
        return web.json_response(self.results(self.hits), status=self.status)


ENGINES: dict[str, tuple[Callable[[], Engine], Callable[[Engine, Fetcher], WebSearch]]] = {
    "searxng": (
        lambda: Engine(lambda hits: {"results": hits}, ("content", "publishedDate")),
        lambda engine, fetcher: SearxngSearch(url=engine.url, fetcher=fetcher),
    ),
    "brave": (
        lambda: Engine(lambda hits: {"web": {"results": hits}}, ("description", "page_age")),
        lambda engine, fetcher: BraveSearch(key="secret", fetcher=fetcher, url=engine.url),
    ),
    "tavily": (
        lambda: Engine(lambda hits: {"results": hits}, ("content", "published_date")),
        lambda engine, fetcher: TavilySearch(key="secret", fetcher=fetcher, url=engine.url),
    ),
}


@pytest.fixture(params=ENGINES)
async def searched(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Engine, WebSearch]]:
    make, connect = ENGINES[request.param]
    engine = make()
    async with engine.server, Fetcher(private_hosts=["127.0.0.1"], seconds=5) as fetcher:
        yield engine, connect(engine, fetcher)


@pytest.fixture(params=[*ENGINES, "fake"])
async def search(request: pytest.FixtureRequest) -> AsyncIterator[WebSearch]:
    if request.param == "fake":
        yield FakeWebSearch(HITS)
        return
    make, connect = ENGINES[request.param]
    engine = make()
    async with engine.server, Fetcher(private_hosts=["127.0.0.1"], seconds=5) as fetcher:
        yield connect(engine, fetcher)


async def test_hits_come_in_the_engines_order_as_plain_text(search: WebSearch) -> None:
    assert await search.search("المكتبة") == HITS
    assert search.name


async def test_no_more_come_than_asked_for(search: WebSearch) -> None:
    assert await search.search("المكتبة", top_k=1, since=datetime.now(UTC) - timedelta(days=3), language="ar") == HITS[:1]


async def test_what_is_asked_for_reaches_the_engine(searched: tuple[Engine, WebSearch]) -> None:
    engine, search = searched
    await search.search("library", since=datetime.now(UTC) - timedelta(days=3))
    assert "library" in engine.asked[0]
    assert "week" in engine.asked[0] or "pw" in engine.asked[0]
    assert search.name == "searxng" or "secret" in engine.asked[0]


async def test_only_addresses_on_the_web_come_back_and_each_once(searched: tuple[Engine, WebSearch]) -> None:
    engine, search = searched
    engine.hits += [{"url": "javascript:alert(1)"}, {"url": "file:///etc/passwd"}, {"title": "no address"}, engine.hits[0]]
    assert await search.search("المكتبة") == HITS


@pytest.mark.parametrize(("status", "body"), [(401, "{}"), (500, "{}"), (200, "<html>"), (200, '{"results": 5, "web": {"results": 5}}')])
async def test_an_engine_that_refuses_or_answers_nonsense_is_unavailable(
    searched: tuple[Engine, WebSearch], status: int, body: str
) -> None:
    engine, search = searched
    engine.status, engine.body = status, body
    with pytest.raises((ModelUnavailableError, UpstreamTimeoutError)):
        await search.search("المكتبة")
