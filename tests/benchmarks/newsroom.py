"""How soon an answer tells what a hub pushed or a poll found, how fast news is taken in, and what a newsroom that is killed loses.

The newsroom is in a process of its own, as it is served; SaudiNewsNet is published to it on loopback, in the order in which it was found.
Times and speeds are by the clock on the wall, whatever else this machine does. A question is an article's title, put to what answers
without a language model; it is answered when the answer has ended and names the article's address.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import struct
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import quantiles

from aiohttp import web
from aiohttp.test_utils import TestServer

from fanar.errors import ModelUnavailableError
from fanar.events import Route, RoutingDecision
from fanar.messages import ChatMessage, ChatRequest
from fanar.news import Source
from fanar.settings import Settings
from fanar.workers.sockets import socket_path
from orchestrator.bootstrap.news import News, news_folder, open_news
from orchestrator.bootstrap.recency import zone_of
from orchestrator.bootstrap.storage import Storage, open_storage
from rag.recency.finding import Finder
from rag.recency.gathering import Gatherer
from rag.recency.lexical import LexicalReader
from rag.recency.pipeline import RecencyPipeline
from rag.recency.websub import Verification
from tests.benchmarks.feeds import NEWS, rows_of_news, stories_of_rows
from tests.benchmarks.report import Result
from tests.fakes.models import collected, text_of
from tests.unit.rag.recency.newsdesk import Site, Story, signed

DATA = (NEWS,)
_REPLAYED, _OF_ONE_FEED = 2_000, 50
_PINGS = 100
_KILLED, _BATCH, _KILLS, _SEED = 600, 20, 12, 8
_MILLISECONDS = 1_000
_DECISION = RoutingDecision(Route.RECENCY, "recency", 1.0, ())


def main() -> Iterable[Result]:
    """Run the benchmark."""
    stories = stories_of_rows(rows_of_news()[: _REPLAYED + _PINGS + _KILLED], 0)
    yield from asyncio.run(_replayed(stories[:_REPLAYED]))
    yield from asyncio.run(_told(stories[_REPLAYED : _REPLAYED + _PINGS]))
    yield from asyncio.run(_killed(stories[-_KILLED:]))


@dataclass(frozen=True, slots=True)
class _Room:
    """A newsroom at work, and what it keeps."""

    news: News
    storage: Storage
    settings: Settings

    def add(self, url: str) -> None:
        self.news.sources.add(Source(url, "feed", "صحيفة", language="ar", pages=False), now=datetime.now(UTC))

    async def followed(self, articles: int) -> None:
        """Return when so many articles are kept, and all that changed is in the index on disk."""
        lexical = LexicalReader(folder=news_folder(self.settings))
        while self.storage.news.totals().articles < articles or self.storage.news.changes(after=lexical.followed(), limit=1):
            await asyncio.sleep(0.01)

    async def poll(self) -> None:
        """Return once a newsroom has looked at all sources, however often it dies over it."""
        while True:
            with suppress(ModelUnavailableError):
                return await self.news.newsroom.poll()
            await asyncio.sleep(0.05)

    def kill(self) -> None:
        """Kill the process that serves the newsroom."""
        with socket.socket(socket.AF_UNIX) as caller:
            caller.connect(str(socket_path(self.settings.data, "news")))
            served_by = caller.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        os.kill(struct.unpack("3i", served_by)[0], signal.SIGKILL)


@asynccontextmanager
async def _opened() -> AsyncIterator[_Room]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            _env_file=None, data=Path(folder), fetch_private_hosts=["127.0.0.1"], news={"callback": "http://127.0.0.1:9", "days": 36_500}
        )
        async with open_storage(settings) as storage, open_news(settings, storage, newsroom="here") as news:
            yield _Room(news, storage, settings)


async def _replayed(stories: Sequence[Story]) -> list[Result]:
    feeds = [stories[first : first + _OF_ONE_FEED] for first in range(0, len(stories), _OF_ONE_FEED)]

    async def answered(request: web.Request) -> web.Response:
        return web.Response(body=bodies[int(request.match_info["feed"])], content_type="application/rss+xml")

    app = web.Application()
    app.router.add_get("/{feed}", answered)
    async with TestServer(app) as server, _opened() as room:
        form = Site()
        form.server = server
        bodies = [form.feed(feed) for feed in feeds]
        for place in range(len(feeds)):
            room.add(str(server.make_url(f"/{place}")))
        began = time.perf_counter()
        await room.news.newsroom.poll()
        await room.followed(len(stories))
        spent = time.perf_counter() - began
    # Others compute on this machine: with how many of them it shared its cores belongs to a speed by the clock.
    data = f"{len(stories)} articles, {_OF_ONE_FEED} a feed; load {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores"
    return [Result("articles read from feeds, kept and indexed, by the clock", len(stories) / spent, "per second", "≥ 100", data=data)]


async def _told(stories: Sequence[Story]) -> list[Result]:
    site = Site(hub=True)
    async with site.server, _opened() as room:
        room.add(site.url())
        await room.news.newsroom.poll()
        form = site.subscriptions[-1]
        token = form["hub.callback"].rpartition("/")[2]
        await room.news.newsroom.confirm(token, Verification("subscribe", form["hub.topic"], "word", 864000.0))
        finder = Finder(gatherer=Gatherer(store=room.news.store))
        pipeline = RecencyPipeline(
            store=room.news.store, finder=finder, writer=None, zone=zone_of(room.settings), clock=lambda: datetime.now(UTC)
        )
        pushed, polled, missed = [], [], 0
        for place, story in enumerate(stories):
            site.stories.insert(0, story)
            began = time.perf_counter()
            if place % 2:
                await room.news.newsroom.poll([site.url()])
            else:
                body = site.feed([story])
                headers = signed(body, form["hub.secret"])
                await room.news.newsroom.pushed(token, body, signature=headers["X-Hub-Signature"], media_type=headers["Content-Type"])
            answer = text_of(await collected(pipeline.answer(ChatRequest((ChatMessage("user", story.title),)), _DECISION)))
            (polled if place % 2 else pushed).append((time.perf_counter() - began) * _MILLISECONDS)
            missed += f"{site.url(f'/{story.key}')}\n" not in answer
    results = []
    for way, times in (("ping", pushed), ("poll", polled)):
        ranked, data = quantiles(times, n=100, method="inclusive"), f"{len(times)} articles"
        results += [
            Result(f"from a {way} to the end of the answer that tells it, median", ranked[49], "ms", "≤ 1000", data=data),
            Result(f"from a {way} to the end of the answer that tells it, 99th percentile", ranked[98], "ms", "≤ 5000", data=data),
        ]
    return [*results, Result("answers that do not name what was just told", missed, data=f"{len(stories)} articles")]


async def _killed(stories: Sequence[Story]) -> list[Result]:
    site = Site()
    async with site.server, _opened() as room:
        room.add(site.url())
        killing = asyncio.create_task(_kill_again(room, Random(_SEED)))
        for first in range(0, len(stories), _BATCH):
            site.body = site.feed(stories[first : first + _BATCH])
            await room.poll()
        kills = await killing
        await room.poll()
        await room.followed(len(stories))
        kept = room.storage.news.latest(top_k=2 * len(stories))
        found = [await room.news.store.search(story.title, top_k=20) for story in stories]
        published = [site.url(f"/{story.key}") for story in stories]
    addresses = [article.url for article in kept]
    lost = len(stories) - len(set(addresses)) + sum(article.version != 1 for article in kept)
    unfound = sum(url not in {each.article.url for each in hits} for url, hits in zip(published, found, strict=True))
    data = f"{len(stories)} articles, {kills} kills, {_BATCH} articles a look"
    return [
        Result("articles lost or written twice by a newsroom killed at any moment", lost, target="≤ 0", data=data, seed=_SEED),
        Result("articles doubled by it", len(addresses) - len(set(addresses)), target="≤ 0", data=data, seed=_SEED),
        Result("articles that a search does not find after it", unfound, target="≤ 0", data=data, seed=_SEED),
    ]


async def _kill_again(room: _Room, random: Random) -> int:
    """Kill the newsroom at random moments, whoever serves it; return how often."""
    done = 0
    while done < _KILLS:
        await asyncio.sleep(random.uniform(0.0, 0.5))
        with suppress(OSError):
            room.kill()
            done += 1
    return done


if __name__ == "__main__":
    for result in main():
        print(f"{result.measure:75} {result.value:.3f} {result.unit}   [{result.data}]")
