"""A newsroom on a database in a folder, and a site on loopback that it reads: what the tests of news share."""

from __future__ import annotations

import hashlib
import hmac
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from html import escape
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer

from fanar.fetch.client import Fetcher
from fanar.news import Change, Source
from fanar.storage.engine import open_engine
from fanar.storage.migrate import upgrade
from fanar.storage.news import SqlNewsRepository
from fanar.storage.news_sources import SqlSourceRepository
from rag.recency.intake import Intake
from rag.recency.lexical import LexicalReader, LexicalWriter
from rag.recency.newsroom import Newsroom, Retention
from rag.recency.pace import Pace
from rag.recency.pages import WebPages
from rag.recency.polling import Poller
from rag.recency.robots import Robots
from rag.recency.store import NewsStore
from rag.recency.stories import Stories

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Story:
    """An article as the site publishes it. A `page` of None is not there."""

    key: str
    title: str
    text: str
    published: datetime = NOON
    page: str | None = ""


@dataclass
class Site:
    """An outlet on loopback: a feed, its pages, robots.txt, and a hub that remembers what it was asked."""

    stories: list[Story] = field(default_factory=list)
    robots: str | None = None
    hub: bool = False
    status: int = 200
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    subscriptions: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        app = web.Application()
        app.router.add_get("/{tail:.*}", self._answer)
        app.router.add_post("/hub", self._subscribe)
        self.server = TestServer(app)

    def url(self, path: str = "/feed") -> str:
        return f"http://127.0.0.1:{self.server.port}{path}"

    def publish(self, key: str, title: str, text: str, **facts: object) -> None:
        self.withdraw(key)
        self.stories.insert(0, Story(key, title, text, **facts))  # type: ignore[arg-type]

    def withdraw(self, key: str) -> None:
        self.stories = [story for story in self.stories if story.key != key]

    def feed(self, stories: Sequence[Story] | None = None) -> bytes:
        links = f'<atom:link rel="hub" href="{self.url("/hub")}"/><atom:link rel="self" href="{self.url()}"/>' if self.hub else ""
        items = "".join(map(self._item, self.stories if stories is None else stories))
        head = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        return f"{head}<title>صحيفة</title>{links}{items}</channel></rss>".encode()

    def _item(self, story: Story) -> str:
        facts = {"guid": story.key, "title": story.title, "link": self.url(f"/{story.key}"), "pubDate": format_datetime(story.published)}
        text = f"<description>{escape(f'<p>{story.text}</p>')}</description>"
        return f"<item>{''.join(f'<{name}>{escape(value)}</{name}>' for name, value in facts.items())}{text}</item>"

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        match request.path:
            case "/robots.txt":
                return web.Response(text=self.robots) if self.robots is not None else web.Response(status=404)
            case "/feed":
                return self._feed(request)
            case path:
                story = next((each for each in self.stories if path == f"/{each.key}" and each.page is not None), None)
                return web.Response(text=story.page, content_type="text/html") if story and story.page else web.Response(status=404)

    def _feed(self, request: web.Request) -> web.Response:
        body = self.feed() if self.body is None else self.body
        etag = f'"{hash(body)}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        if self.status != 200:
            return web.Response(status=self.status, headers=self.headers)
        return web.Response(body=body, content_type="application/rss+xml", headers={"ETag": etag} | self.headers)

    async def _subscribe(self, request: web.Request) -> web.Response:
        self.subscriptions.append({name: str(value) for name, value in (await request.post()).items()})
        return web.Response(status=202)


def signed(body: bytes, secret: str, *, method: str = "sha256") -> dict[str, str]:
    """Return the headers with which a hub that knows the secret sends a feed."""
    signature = hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()
    return {"X-Hub-Signature": f"{method}={signature}", "Content-Type": "application/rss+xml"}


class LexicalFollower:
    """The lexical index, as the newsroom has it follow."""

    def __init__(self, folder: Path) -> None:
        self.writer = LexicalWriter(folder=folder)

    @property
    def followed(self) -> int:
        return self.writer.followed

    async def follow(self, changes: Sequence[Change]) -> None:
        self.writer.follow(changes)


@dataclass
class Desk:
    """A newsroom and all that it is made of."""

    room: Newsroom
    store: NewsStore
    repository: SqlNewsRepository
    sources: SqlSourceRepository
    poller: Poller
    intake: Intake
    clock: Clock
    index: LexicalFollower

    async def settle(self) -> None:
        """Have the index on disk follow all changes."""
        while await self.room.catch_up(self.index):
            pass

    async def add(self, site: Site, **facts: object) -> None:
        plain = Source(site.url(), "feed", "صحيفة", language="ar", pages=False)
        self.sources.add(replace(plain, **facts), now=self.clock())  # type: ignore[arg-type]


@cache
def _empty_database() -> bytes:
    """Return a database with our tables: to make them anew for each test would take most of its time."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/fanar.db")
        upgrade(engine)
        engine.dispose()
        return (Path(folder) / "fanar.db").read_bytes()


@asynccontextmanager
async def open_desk(folder: Path, *, clock: Clock | None = None, callback: str | None = None) -> AsyncIterator[Desk]:
    """Open a newsroom on the database in `folder`, as a process does that starts or goes on."""
    clock = clock or Clock()
    if not (folder / "fanar.db").exists():
        (folder / "fanar.db").write_bytes(_empty_database())
    engine = open_engine(f"sqlite:///{folder / 'fanar.db'}")
    repository, sources = SqlNewsRepository(engine=engine), SqlSourceRepository(engine=engine)
    index = LexicalFollower(folder)
    try:
        async with Fetcher(private_hosts=["127.0.0.1"], seconds=10) as fetcher:
            pages = WebPages(fetcher=fetcher, robots=Robots(fetcher=fetcher, clock=lambda: 0.0), clock=clock)
            stories = Stories(repository.signatures(since=clock() - timedelta(days=14)))
            intake = Intake(repository=repository, stories=stories, clock=clock)
            poller = Poller(sources=sources, intake=intake, fetcher=fetcher, pages=pages, pace=Pace(), clock=clock)
            room = Newsroom(
                sources=sources,
                repository=repository,
                poller=poller,
                fetcher=fetcher,
                followers=[index],
                retention=Retention(),
                clock=clock,
                callback=callback,
            )
            store = NewsStore(repository=repository, sources=sources, lexical=LexicalReader(folder=folder))
            yield Desk(room, store, repository, sources, poller, intake, clock, index)
    finally:
        index.writer.close()
        engine.dispose()
