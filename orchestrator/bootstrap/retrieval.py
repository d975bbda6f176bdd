"""Starts the owner of the vectors and puts the indexes, the installed corpora and the search over them together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from fanar.protocols import CorpusRepository
from fanar.settings import Settings
from fanar.workers.client import WorkerClient
from fanar.workers.sockets import socket_path
from fanar.workers.supervisor import OwnerSpec, Supervisor
from rag.indexes import IndexCatalog
from rag.ingest.corpora import Corpora
from rag.ingest.indexer import Indexer
from rag.retrievers.passages import Passages
from rag.stores.owned import OwnedStore

# By name, as the owner process imports it: Chroma must not be loaded into the gateway.
_CHROMA = "rag.stores.chroma:open_chroma"
_CHROMA_METHODS = ("create", "add", "search", "delete", "count")


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What retrievers are made of."""

    corpora: Corpora
    repository: CorpusRepository
    catalog: IndexCatalog
    store: OwnedStore
    passages: Passages
    owner: Supervisor
    starting: asyncio.Task[None]

    async def ready(self) -> None:
        """Return once the owner of the vectors answers. Raises its error when it could not start."""
        await asyncio.shield(self.starting)


@asynccontextmanager
async def open_retrieval(settings: Settings, repository: CorpusRepository, *, wait: bool = True) -> AsyncIterator[Retrieval]:
    """Start the owner of the vectors, and stop it at the end. Raises the owner's error when it cannot start.

    Without `wait` the owner starts meanwhile: it takes as long as everything else, and has a core of its own.
    """
    socket = socket_path(settings.data, "chroma")
    options = {"folder": str(settings.data / "chroma")}
    owner = Supervisor(OwnerSpec(factory=_CHROMA, socket=socket, methods=_CHROMA_METHODS, options=options))
    client = WorkerClient(socket)
    retrieval = _assembled(settings.data, repository, OwnedStore(owner=client), owner)
    try:
        if wait:
            await retrieval.ready()
        yield retrieval
    finally:
        await client.close()
        await _stopped(retrieval)


async def _stopped(retrieval: Retrieval) -> None:
    retrieval.starting.cancel()
    # Its error, if it has one, was raised where it was waited for.
    await asyncio.wait([retrieval.starting])
    await retrieval.owner.stop()


def _assembled(data: Path, repository: CorpusRepository, store: OwnedStore, owner: Supervisor) -> Retrieval:
    folder = data / "indexes"
    catalog = IndexCatalog(folder=folder)
    indexer = Indexer(repository=repository, store=store, folder=folder)
    corpora = Corpora(
        repository=repository,
        store=store,
        catalog=catalog,
        indexer=indexer,
        downloads=data / "downloads",
        locks=data / "locks" / "corpora",
    )
    return Retrieval(corpora, repository, catalog, store, Passages(repository=repository), owner, asyncio.create_task(owner.start()))
