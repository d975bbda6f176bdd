"""Puts together what keeps files, reads them, indexes what they say, and answers from it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from fanar.settings import Settings
from fanar.workers.turns import held_now
from orchestrator.bootstrap.models import Models
from orchestrator.bootstrap.retrieval import Retrieval
from orchestrator.bootstrap.scripture import Scripture
from orchestrator.bootstrap.storage import Storage
from orchestrator.guardrails import with_true_scripture
from orchestrator.handlers.documents import DocumentsHandler
from orchestrator.library.desk import LibraryDesk
from orchestrator.library.reading import BackgroundReading
from rag.indexes import IndexCatalog
from rag.ingest.apart import ApartReader, ReadingBounds
from rag.ingest.indexer import Indexer
from rag.ingest.kinds import kind_of
from rag.library.answering import LibraryAnswers
from rag.library.index import SHAPE, LibraryIndex
from rag.retrievers.hybrid import HybridRetriever
from rag.retrievers.passages import Passages

_OPEN = 32
"""Indexes of libraries that are kept open, one for each owner."""


@dataclass(frozen=True, slots=True)
class Library:
    """The desk in front of the files, and what answers from them."""

    desk: LibraryDesk
    handler: DocumentsHandler


@asynccontextmanager
async def open_library(
    settings: Settings, storage: Storage, retrieval: Retrieval, scripture: Scripture, models: Models
) -> AsyncIterator[Library]:
    """Yield the library, and read in the background until the end of the block; what waited when a process died is read then."""
    folder, locks = settings.data / "libraries", settings.data / "locks"
    catalog = IndexCatalog(folder=folder, most=_OPEN)
    indexer = Indexer(repository=storage.passages, store=retrieval.store, folder=folder, shape=lambda _: SHAPE)
    index = LibraryIndex(passages=storage.passages, indexer=indexer, catalog=catalog, locks=locks)
    source = HybridRetriever(catalog=catalog, store=retrieval.store, passages=Passages(repository=storage.passages))
    answers = LibraryAnswers(
        passages=storage.passages,
        index=index,
        source=source,
        rewrite=partial(with_true_scripture, guards=scripture.guard, language="ar"),
    )
    kept = settings.keeping
    reading = BackgroundReading(
        files=storage.files,
        reader=build_reader(settings),
        index=index,
        holding=lambda file: held_now(locks / f"{file}.lock"),
    )
    desk = LibraryDesk(
        files=storage.files,
        collections=storage.collections,
        kind_of=kind_of,
        reading=reading,
        finding=answers,
        most_bytes=kept.file_bytes,
    )
    async with reading.running():
        yield Library(desk, DocumentsHandler(files=desk, answers=answers, models=models.language))


def build_reader(settings: Settings) -> ApartReader:
    """Return what reads the files of others, each in a process of its own."""
    kept = settings.keeping
    return ApartReader(bounds=ReadingBounds(seconds=kept.read_seconds, memory=kept.read_memory))
