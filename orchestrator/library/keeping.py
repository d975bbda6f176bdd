"""What the library offers to the interfaces in front of it, and what it needs itself, as Protocols."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from fanar.documents import ScoredDocument
from fanar.files import Attached, FileCollection, FileKind, FilePassage, StoredFile


class LibraryKeeping(Protocol):
    """Keeps files and collections; what is somebody else's is not found. What a method has returned from survives a crash."""

    @property
    def most_bytes(self) -> int:
        """Most bytes that a file may have."""
        ...

    async def hand_in(self, name: str, content: bytes, *, purpose: str, owner: str) -> StoredFile:
        """Keep a file, and have it read. Raises UnprocessableError, TooLargeError, ConflictError beyond the bounds."""
        ...

    async def find(self, file_id: str, *, owner: str) -> StoredFile:
        """Return a file. Raises NotFoundError."""
        ...

    async def files(self, owner: str, *, purpose: str | None = None, after: str | None = None, limit: int) -> list[StoredFile]:
        """Return files, the newest first. Raises NotFoundError when the one `after` is not there."""
        ...

    async def content(self, file_id: str, *, owner: str) -> tuple[StoredFile, bytes]:
        """Return a file and what it holds. Raises NotFoundError."""
        ...

    async def remove(self, file_id: str, *, owner: str) -> None:
        """Forget a file, wherever it is. Raises NotFoundError."""
        ...

    async def collect(self, name: str, file_ids: Sequence[str], *, owner: str) -> FileCollection:
        """Make a collection. Raises NotFoundError for a file that is not there, ConflictError beyond the bounds."""
        ...

    async def collection(self, collection_id: str, *, owner: str) -> FileCollection:
        """Return a collection. Raises NotFoundError."""
        ...

    async def collections(self, owner: str, *, after: str | None = None, limit: int) -> list[FileCollection]:
        """Return collections, the newest first. Raises NotFoundError when the one `after` is not there."""
        ...

    async def rename(self, collection_id: str, name: str, *, owner: str) -> FileCollection:
        """Give a collection another name. Raises NotFoundError."""
        ...

    async def put(self, collection_id: str, file_ids: Sequence[str], *, owner: str) -> FileCollection:
        """Put files into a collection. Raises NotFoundError, ConflictError beyond the bounds."""
        ...

    async def take(self, collection_id: str, file_id: str, *, owner: str) -> FileCollection:
        """Take a file out of a collection. Raises NotFoundError."""
        ...

    async def collected(self, collection_id: str, *, owner: str, after: str | None = None, limit: int) -> list[StoredFile]:
        """Return the files of a collection, the newest first. Raises NotFoundError."""
        ...

    async def dissolve(self, collection_id: str, *, owner: str) -> None:
        """Forget a collection; its files stay. Raises NotFoundError."""
        ...

    async def search(self, collection_id: str, query: str, *, owner: str, top_k: int) -> list[ScoredDocument]:
        """Return passages of a collection, best first. Raises NotFoundError, UnprocessableError, ConflictError while files are read."""
        ...

    async def readable(self, attached: Attached) -> list[str]:
        """Return the ids of the files that are meant, once all of them were read.

        Raises NotFoundError, UnprocessableError for a file that cannot be read or where there is none, ConflictError while one is read.
        """
        ...


class Reading(Protocol):
    """Reads, in the background, what was handed in."""

    def look(self) -> None:
        """Look for files that were not read yet."""
        ...

    def tidy(self, library: str) -> None:
        """Bring the index of a library up to what is in it, from which something went."""
        ...


class PassageSearch(Protocol):
    """Searches some files of a library."""

    async def search(self, query: str, *, library: str, files: Sequence[str], top_k: int) -> list[ScoredDocument]:
        """Return passages, best first. Raises StorageError."""
        ...


class PassageReader(Protocol):
    """Reads one file."""

    async def read(self, kind: FileKind, content: bytes) -> list[FilePassage]:
        """Return its passages. Raises UnprocessableError with what is wrong with it."""
        ...


class IndexKeeping(Protocol):
    """Keeps indexes of libraries up with what is in these."""

    async def ensure(self, name: str) -> bool:
        """Bring one up to date, and return whether there is anything in it. Raises StorageError."""
        ...
