"""Puts together what knows the news: the store that answers are made from, and the newsroom, whose process runs where there are sources."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from fanar.errors import FanarError
from fanar.news_protocols import SourceRepository
from fanar.settings import Settings
from fanar.workers.client import WorkerClient
from fanar.workers.sockets import socket_path
from fanar.workers.supervisor import OwnerSpec, Supervisor
from orchestrator.bootstrap.storage import Storage
from rag.recency.articles import ArticleStore
from rag.recency.lexical import LexicalReader
from rag.recency.owned import METHODS, OwnedNewsroom
from rag.recency.store import NewsStore

_log = logging.getLogger(__name__)
# By name, as the owner process imports it: what parses feeds must not be loaded into the gateway.
_FACTORY = "orchestrator.bootstrap.newsroom:open_newsroom"
_THREADS = 4
_LOOK_SECONDS = 2.0
_CALL_SECONDS = 120.0
_CALLBACK = "/v1/recency/websub"


@dataclass(frozen=True, slots=True)
class News:
    """What answers and the command line need of the news."""

    store: ArticleStore
    sources: SourceRepository
    newsroom: OwnedNewsroom


def news_folder(settings: Settings) -> Path:
    """Return where the indexes of news lie."""
    return settings.data / "news"


@asynccontextmanager
async def open_news(
    settings: Settings, storage: Storage, *, newsroom: Literal["none", "with sources", "here"] = "with sources"
) -> AsyncIterator[News]:
    """Yield the news. The newsroom is started never, as soon as there is a source, or at once, which is waited for.

    Where another process of this machine runs one already, that one works. Raises what the start raises that is waited for.
    """
    lexical = LexicalReader(folder=news_folder(settings))
    socket = socket_path(settings.data, "news")
    client = WorkerClient(socket, timeout=_CALL_SECONDS)
    supervisor = Supervisor(
        OwnerSpec(factory=_FACTORY, socket=socket, methods=METHODS, options=_options(settings), threads=_THREADS, queue=64)
    )
    starting = asyncio.create_task(_start(newsroom, storage.sources, supervisor))
    try:
        if newsroom == "here":
            await asyncio.shield(starting)
        yield News(
            store=NewsStore(repository=storage.news, sources=storage.sources, lexical=lexical),
            sources=storage.sources,
            newsroom=OwnedNewsroom(owner=client),
        )
    finally:
        starting.cancel()
        await asyncio.wait([starting])
        await client.close()
        await supervisor.stop()


async def _start(where: str, sources: SourceRepository, supervisor: Supervisor) -> None:
    if where == "here":
        await supervisor.start()
    # A process costs memory: it begins once there is something to read.
    while where == "with sources":
        try:
            if await asyncio.to_thread(sources.sources):
                await supervisor.start()
                return
        except FanarError as error:
            _log.warning("the newsroom did not start: %s", error)
        await asyncio.sleep(_LOOK_SECONDS)


def _options(settings: Settings) -> dict[str, Any]:
    news = settings.news
    return {
        "database": settings.database,
        "folder": str(news_folder(settings)),
        "private_hosts": settings.fetch_private_hosts,
        "pace": {"shortest": news.shortest_seconds, "longest": max(news.shortest_seconds, news.longest_seconds)},
        "retention": {"days": news.days, "articles": news.articles},
        "callback": f"{news.callback.rstrip('/')}{_CALLBACK}" if news.callback else None,
    }
