"""Builds the newsroom in its own process: feeds are parsed there and nowhere else. Called by name, its options have a form in JSON."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from fanar.fetch.client import Fetcher
from fanar.llm.connections import model_connections
from fanar.llm.embeddings import EmbeddingServer
from fanar.settings import EmbeddingSettings
from fanar.storage.engine import open_engine
from fanar.storage.news import SqlNewsRepository
from fanar.storage.news_sources import SqlSourceRepository
from fanar.workers.client import WorkerClient
from rag.recency.followers import LexicalFollower
from rag.recency.intake import Intake
from rag.recency.lexical import LexicalWriter
from rag.recency.newsroom import Newsroom, Retention
from rag.recency.owner import NewsroomOwner
from rag.recency.pace import Pace
from rag.recency.pages import WebPages
from rag.recency.polling import Poller
from rag.recency.robots import Robots
from rag.recency.stories import Stories
from rag.recency.vectors import ArticleVectors, VectorFollower
from rag.stores.owned import OwnedStore

_COMPARED = timedelta(days=7)
"""An article joins the story of one that was published this long ago at most."""


def open_newsroom(**options: Any) -> NewsroomOwner:  # noqa: ANN401 - the form that options have in JSON
    """Return the newsroom at work. Raises StorageError, ConflictError when another process writes the index."""
    return NewsroomOwner(partial(_opened, options))


@asynccontextmanager
async def _opened(options: Mapping[str, Any]) -> AsyncIterator[Newsroom]:
    async with AsyncExitStack() as stack:
        engine = open_engine(options["database"])
        stack.callback(engine.dispose)
        repository, sources = SqlNewsRepository(engine=engine), SqlSourceRepository(engine=engine)
        lexical = LexicalFollower(writer=await asyncio.to_thread(LexicalWriter, folder=Path(options["folder"])))
        stack.push_async_callback(asyncio.to_thread, lexical.close)
        fetcher = await stack.enter_async_context(Fetcher(private_hosts=options["private_hosts"]))
        pages = WebPages(fetcher=fetcher, robots=Robots(fetcher=fetcher, clock=time.monotonic), clock=_now)
        stories = await asyncio.to_thread(lambda: Stories(repository.signatures(since=_now() - _COMPARED)))
        yield Newsroom(
            sources=sources,
            repository=repository,
            poller=Poller(
                sources=sources,
                intake=Intake(repository=repository, stories=stories, clock=_now),
                fetcher=fetcher,
                pages=pages,
                pace=Pace(**options["pace"]),
                clock=_now,
            ),
            fetcher=fetcher,
            followers=[lexical, *await _vectors(options, stack)],
            retention=Retention(**options["retention"]),
            clock=_now,
            callback=options["callback"],
        )


async def _vectors(options: Mapping[str, Any], stack: AsyncExitStack) -> list[VectorFollower]:
    """Return what keeps the vectors of articles, where a server of embeddings is set. The platform's own process keeps them."""
    chosen = options["vectors"]
    if chosen is None:
        return []
    client = WorkerClient(Path(chosen["socket"]))
    stack.push_async_callback(client.close)
    connections = await stack.enter_async_context(model_connections())
    server = EmbeddingServer(session=connections.session, settings=EmbeddingSettings(**chosen["server"]))
    vectors = ArticleVectors(store=OwnedStore(owner=client), server=server)
    return [VectorFollower(vectors=vectors, folder=Path(options["folder"]))]


def _now() -> datetime:
    return datetime.now(UTC)
