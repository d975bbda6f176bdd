"""Keeps the index of each library up with what is in it. Knows nothing of files or of questions.

The database is the truth: whatever happened to an index, or to the process that wrote it, the next look makes it right.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from weakref import WeakValueDictionary

from fanar.documents import CorpusInfo
from fanar.errors import IndexMismatchError, NotFoundError
from fanar.files import Library
from fanar.keeping_protocols import PassageRepository
from fanar.workers.turns import in_turn
from rag.embedders import EmbedderShape
from rag.indexes import IndexCatalog
from rag.ingest.indexer import Indexer

KIND = "library"
SHAPE = EmbedderShape(dimensions=64, buckets=1 << 13, training_texts=5_000)
"""Small: there is one for each owner, and it is trained while somebody waits."""
_GROWN = 0.5  # an embedder is trained anew when this share of what it knows came to it
_LEARNED = 5_000  # passages from which on more teach it nothing


class LibraryIndex:
    """Indexes of libraries, by name, each brought up to date when it is asked for."""

    def __init__(self, *, passages: PassageRepository, indexer: Indexer, catalog: IndexCatalog, locks: Path) -> None:
        self._passages = passages
        self._indexer = indexer
        self._catalog = catalog
        self._locks = locks
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def ensure(self, name: str) -> bool:
        """Bring the index of a library up to date, and return whether there is anything in it. Raises StorageError."""
        library = await asyncio.to_thread(self._passages.library, name)
        if library.passages and self._is_current(library):
            return True
        turn = self._turns.setdefault(name, asyncio.Lock())
        async with turn, in_turn(self._locks / f"{name}.lock"):
            # What is there now may be more than it was, and others may have done all of it meanwhile.
            library = await asyncio.to_thread(self._passages.library, name)
            if not library.passages:
                await self._indexer.remove(name)
            elif not self._is_current(library):
                await self._index(library)
        return bool(library.passages)

    def _is_current(self, library: Library) -> bool:
        return self._indexer.is_current(_described(library))

    async def _index(self, library: Library) -> None:
        if self._may_grow(library):
            await self._indexer.catch_up(_described(library))
        else:
            await self._indexer.build(_described(library))

    def _may_grow(self, library: Library) -> bool:
        """Whether it is enough to add what came; else everything is indexed anew, which trains the embedder anew."""
        try:
            manifest = self._catalog.open(library.name).manifest
        except (NotFoundError, IndexMismatchError):
            return False
        came = library.passages - manifest.documents
        if manifest.generation != library.generation or came < 0:
            return False
        return manifest.documents >= _LEARNED or came <= manifest.documents * _GROWN


def _described(library: Library) -> CorpusInfo:
    return CorpusInfo(
        name=library.name,
        title=library.name,
        version="1",
        licence="its owner's",
        source="files",
        checksum="",
        documents=library.passages,
        generation=library.generation,
        language="mul",
        kind=KIND,
    )
