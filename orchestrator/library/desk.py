"""Takes files in for their owners, collects them, and finds what is in them. Knows nothing of HTTP or of how files are read."""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from fanar.bilingual import Bilingual
from fanar.documents import ScoredDocument
from fanar.errors import ConflictError, NotFoundError, TooLargeError, UnprocessableError
from fanar.files import Attached, FileCollection, FileKind, StoredFile, library_name
from fanar.keeping_protocols import CollectionRepository, FileRepository
from orchestrator.library.keeping import PassageSearch, Reading

T = TypeVar("T")
KindOf = Callable[[str, bytes], FileKind]
PATIENCE = 30.0
_ASK_AGAIN = 0.2
_ALL_OF_A_COLLECTION = 1_000

_UNREAD = Bilingual("A file is still being read; try again shortly.", "ما زال أحد الملفات قيد القراءة؛ أعد المحاولة بعد قليل.")
_UNREADABLE = Bilingual("A file could not be read: {}", "تعذّرت قراءة أحد الملفات: {}")
_NOTHING = Bilingual("The collection holds no file that was read.", "لا ملف مقروءًا في المجموعة.")


class LibraryDesk:
    """A LibraryKeeping over repositories. `kind_of` judges files from outside, `reading` reads them, `finding` searches them."""

    def __init__(
        self,
        *,
        files: FileRepository,
        collections: CollectionRepository,
        kind_of: KindOf,
        reading: Reading,
        finding: PassageSearch,
        most_bytes: int,
        patience: float = PATIENCE,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._files = files
        self._collections = collections
        self._kind_of = kind_of
        self._reading = reading
        self._finding = finding
        self._patience = patience
        self._now = now
        self.most_bytes = most_bytes

    async def hand_in(self, name: str, content: bytes, *, purpose: str, owner: str) -> StoredFile:
        """Keep a file, and have it read; once this returns it survives a crash. Raises UnprocessableError, TooLargeError, ConflictError."""
        if len(content) > self.most_bytes:
            raise TooLargeError(Bilingual("The file is too large.", "الملف أكبر مما يُقبل."), param="file")
        kind, checksum = await asyncio.to_thread(lambda: (self._kind_of(name, content), hashlib.sha256(content).hexdigest()))
        file = StoredFile(_id("file"), owner, name, purpose, kind, len(content), checksum, self._now())
        await asyncio.to_thread(self._files.add, file, content)
        self._reading.look()
        return file

    async def find(self, file_id: str, *, owner: str) -> StoredFile:
        """Return a file. Raises NotFoundError."""
        return await asyncio.to_thread(self._files.find, file_id, owner=owner)

    async def files(self, owner: str, *, purpose: str | None = None, after: str | None = None, limit: int) -> list[StoredFile]:
        """Return files, the newest first. Raises NotFoundError when the one `after` is not there."""
        return await asyncio.to_thread(self._files.files, owner, purpose=purpose, after=after, limit=limit)

    async def content(self, file_id: str, *, owner: str) -> tuple[StoredFile, bytes]:
        """Return a file and what it holds. Raises NotFoundError."""
        file = await self.find(file_id, owner=owner)
        return file, await asyncio.to_thread(self._files.content, file_id, owner=owner)

    async def remove(self, file_id: str, *, owner: str) -> None:
        """Forget a file, wherever it is. Raises NotFoundError."""
        await asyncio.to_thread(self._files.remove, file_id, owner=owner)
        self._reading.tidy(library_name(owner))

    async def collect(self, name: str, file_ids: Sequence[str], *, owner: str) -> FileCollection:
        """Make a collection. Raises NotFoundError for a file that is not there, ConflictError beyond the bounds."""
        now = self._now()
        return await asyncio.to_thread(self._collections.add, FileCollection(_id("col"), owner, name, now, now), file_ids)

    async def collection(self, collection_id: str, *, owner: str) -> FileCollection:
        """Return a collection. Raises NotFoundError."""
        return await asyncio.to_thread(self._collections.find, collection_id, owner=owner)

    async def collections(self, owner: str, *, after: str | None = None, limit: int) -> list[FileCollection]:
        """Return collections, the newest first. Raises NotFoundError when the one `after` is not there."""
        return await asyncio.to_thread(self._collections.collections, owner, after=after, limit=limit)

    async def rename(self, collection_id: str, name: str, *, owner: str) -> FileCollection:
        """Give a collection another name. Raises NotFoundError."""
        return await asyncio.to_thread(self._collections.rename, collection_id, name, owner=owner, now=self._now())

    async def put(self, collection_id: str, file_ids: Sequence[str], *, owner: str) -> FileCollection:
        """Put files into a collection. Raises NotFoundError, ConflictError beyond the bounds."""
        return await asyncio.to_thread(self._collections.put, collection_id, file_ids, owner=owner, now=self._now())

    async def take(self, collection_id: str, file_id: str, *, owner: str) -> FileCollection:
        """Take a file out of a collection. Raises NotFoundError."""
        return await asyncio.to_thread(self._collections.take, collection_id, file_id, owner=owner, now=self._now())

    async def collected(self, collection_id: str, *, owner: str, after: str | None = None, limit: int) -> list[StoredFile]:
        """Return the files of a collection, the newest first. Raises NotFoundError."""
        return await asyncio.to_thread(self._collections.files, collection_id, owner=owner, after=after, limit=limit)

    async def dissolve(self, collection_id: str, *, owner: str) -> None:
        """Forget a collection; its files stay. Raises NotFoundError."""
        await asyncio.to_thread(self._collections.remove, collection_id, owner=owner)

    async def search(self, collection_id: str, query: str, *, owner: str, top_k: int) -> list[ScoredDocument]:
        """Return passages of a collection, best first. Raises NotFoundError, ConflictError while one of its files is not read yet."""
        files = await self.readable(Attached(owner, collections=(collection_id,)))
        return await self._finding.search(query, library=library_name(owner), files=files, top_k=top_k)

    async def readable(self, attached: Attached) -> list[str]:
        """Return the ids of the files that are meant, once all of them were read.

        Raises NotFoundError, UnprocessableError for a file that cannot be read or where there is none, ConflictError while one is read.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + self._patience
        found = await asyncio.to_thread(self._meant, attached)
        while any(file.state == "uploaded" for file in found):
            if loop.time() >= until:
                raise ConflictError(_UNREAD, param="files")
            # It may be another process that reads them.
            await asyncio.sleep(_ASK_AGAIN)
            found = await asyncio.to_thread(self._meant, attached)
        read = [file.id for file in found if file.state == "processed"]
        if not read:
            raise UnprocessableError(_NOTHING, param="collections")
        return read

    def _meant(self, attached: Attached) -> list[StoredFile]:
        """Return the files that are named, and those of the collections. Of the latter, what cannot be read is left out."""
        found: dict[str, StoredFile] = {}
        for file_id in attached.files:
            file = found[file_id] = _named(lambda id_: self._files.find(id_, owner=attached.owner), file_id, "files")
            if file.state == "error":
                raise _unreadable(file)
        for collection_id in attached.collections:
            files = _named(
                lambda id_: self._collections.files(id_, owner=attached.owner, limit=_ALL_OF_A_COLLECTION), collection_id, "collections"
            )
            found |= {file.id: file for file in files}
        return list(found.values())


def _named(find: Callable[[str], T], id_: str, param: str) -> T:
    try:
        return find(id_)
    except NotFoundError as cause:
        raise NotFoundError(cause.message, param=param) from cause


def _unreadable(file: StoredFile) -> UnprocessableError:
    reason = file.reason or Bilingual("", "")
    return UnprocessableError(_UNREADABLE.format(reason), param="files")


def _id(kind: str) -> str:
    return f"{kind}-{uuid.uuid4().hex}"
