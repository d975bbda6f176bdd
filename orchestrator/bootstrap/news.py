"""Puts together what knows the news: the store that answers are made from, and the newsroom, whose process runs where there are sources."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, FanarError
from fanar.fetch.client import Fetcher
from fanar.news_protocols import SourceRepository
from fanar.settings import Settings
from fanar.workers.client import WorkerClient
from fanar.workers.sockets import socket_path
from fanar.workers.supervisor import OwnerSpec, Supervisor
from orchestrator.bootstrap.storage import Storage
from rag.recency.articles import ArticleStore, WebSearch
from rag.recency.gathering import Web
from rag.recency.lexical import LexicalReader
from rag.recency.owned import METHODS, OwnedNewsroom
from rag.recency.store import Meaning, NewsStore

_log = logging.getLogger(__name__)
# By name, as the owner process imports it: what parses feeds must not be loaded into the gateway.
_FACTORY = "orchestrator.bootstrap.newsroom:open_newsroom"
_THREADS = 4
_LOOK_SECONDS = 2.0
_CALL_SECONDS = 120.0
_CALLBACK = "/v1/recency/websub"
_HALF_SET = Bilingual(
    "Search on the web lacks a setting: SearXNG needs FANAR_NEWS__SEARCH_URL, Brave and Tavily need FANAR_NEWS__SEARCH_KEY.",
    "ينقص البحثَ في الويب إعداد: تحتاج SearXNG إلى FANAR_NEWS__SEARCH_URL، وBrave وTavily إلى FANAR_NEWS__SEARCH_KEY.",
)


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
async def open_web(settings: Settings) -> AsyncIterator[Web | None]:
    """Yield what searches the web and reads its pages, None where no engine is set. Raises ConfigurationError for half a setting."""
    chosen = settings.news
    if chosen.search is None:
        yield None
        return
    # What reads pages takes memory that a platform without a search engine need not carry.
    from rag.recency.pages import WebPages
    from rag.recency.robots import Robots
    from rag.recency.web_search import BraveSearch, SearxngSearch, TavilySearch

    key = chosen.search_key.get_secret_value() if chosen.search_key is not None else ""
    if not (chosen.search_url if chosen.search == "searxng" else key):
        raise ConfigurationError(_HALF_SET)
    async with AsyncExitStack() as stack:
        # The operator's own server may be private; the pages that it points at may not.
        own = [host] if chosen.search_url and (host := urlsplit(chosen.search_url).hostname) else []
        asking = await stack.enter_async_context(Fetcher(private_hosts=own))
        reading = await stack.enter_async_context(Fetcher(private_hosts=settings.fetch_private_hosts))
        engines: dict[str, Callable[[], WebSearch]] = {
            "searxng": lambda: SearxngSearch(url=chosen.search_url or "", fetcher=asking),
            "brave": lambda: BraveSearch(key=key, fetcher=asking),
            "tavily": lambda: TavilySearch(key=key, fetcher=asking),
        }
        pages = WebPages(fetcher=reading, robots=Robots(fetcher=reading, clock=time.monotonic), clock=lambda: datetime.now(UTC))
        yield Web(search=engines[chosen.search](), pages=pages)


@asynccontextmanager
async def open_news(
    settings: Settings,
    storage: Storage,
    *,
    newsroom: Literal["none", "with sources", "here"] = "with sources",
    meaning: Meaning | None = None,
) -> AsyncIterator[News]:
    """Yield the news. The newsroom is started never, as soon as there is a source, or at once, which is waited for.

    Articles are found by their words, and by `meaning` too where it is given. Where another process of this machine runs a newsroom
    already, that one works. Raises what the start raises that is waited for.
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
            store=NewsStore(repository=storage.news, sources=storage.sources, lexical=lexical, meaning=meaning),
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
        "vectors": _vectors(settings),
    }


def _vectors(settings: Settings) -> dict[str, Any] | None:
    """Return what the newsroom needs to keep vectors of articles, where a server of embeddings is set."""
    server = settings.embeddings
    if not server.url or not server.model:
        return None
    key = server.api_key.get_secret_value() if server.api_key else None
    return {"socket": str(socket_path(settings.data, "chroma")), "server": {**server.model_dump(exclude={"api_key"}), "api_key": key}}
