"""Searches some files of one library and nothing else. Knows nothing of whose it is or of what is done with what it finds."""

from __future__ import annotations

from collections.abc import Sequence

from fanar.files import FILE
from fanar.protocols import Filters
from rag.library.index import LibraryIndex
from rag.retrievers.signals import Candidate, CandidateSource


class FilesSource:
    """A CandidateSource of these files of `library`, whose index is brought up to date before it is searched."""

    def __init__(self, *, index: LibraryIndex, source: CandidateSource, library: str, files: Sequence[str]) -> None:
        self._index = index
        self._source = source
        self._library = library
        self._files = tuple(files)

    async def candidates(
        self, query: str, *, top_k: int = 10, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[Candidate]:
        """Return passages of these files, best first; `corpora` is not looked at. Raises StorageError."""
        if not self._files or not await self._index.ensure(self._library):
            return []
        within = {**(filters or {}), FILE: self._files}
        return await self._source.candidates(query, top_k=top_k, corpora=[self._library], filters=within)
