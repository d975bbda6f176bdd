"""Starts the owner of the vectors and puts the indexes, the installed corpora and the search over them together."""

from __future__ import annotations

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
    catalog: IndexCatalog
    store: OwnedStore
    passages: Passages
    owner: Supervisor


@asynccontextmanager
async def open_retrieval(settings: Settings, repository: CorpusRepository) -> AsyncIterator[Retrieval]:
    """Start the owner of the vectors, and stop it at the end. Raises the owner's error when it cannot start."""
    socket = socket_path(settings.data, "chroma")
    options = {"folder": str(settings.data / "chroma")}
    async with Supervisor(OwnerSpec(factory=_CHROMA, socket=socket, methods=_CHROMA_METHODS, options=options)) as owner:
        client = WorkerClient(socket)
        try:
            yield _assembled(settings.data, repository, OwnedStore(owner=client), owner)
        finally:
            await client.close()


def _assembled(data: Path, repository: CorpusRepository, store: OwnedStore, owner: Supervisor) -> Retrieval:
    folder = data / "indexes"
    catalog = IndexCatalog(folder=folder)
    indexer = Indexer(repository=repository, store=store, folder=folder)
    corpora = Corpora(repository=repository, store=store, catalog=catalog, indexer=indexer, downloads=data / "downloads")
    return Retrieval(corpora, catalog, store, Passages(repository=repository), owner)
