"""Reading in the background: what waited is read after a restart, by one process, and not for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError, StorageError
from fanar.files import FileBounds, FileKind, FilePassage, StoredFile, library_name
from fanar.storage.engine import open_engine
from fanar.storage.files import SqlFileRepository
from fanar.storage.migrate import upgrade
from orchestrator.library.reading import ATTEMPTS, BackgroundReading


@dataclass
class Parts:
    """A reader and an index that note what they were asked; `broken` says that the index cannot be written."""

    read_files: list[bytes] = field(default_factory=list)
    ensured: list[str] = field(default_factory=list)
    indexed: asyncio.Event = field(default_factory=asyncio.Event)
    elsewhere: bool = False
    broken: bool = False

    async def read(self, kind: FileKind, content: bytes) -> list[FilePassage]:
        self.read_files.append(content)
        return [FilePassage(content.decode())]

    async def ensure(self, name: str) -> bool:
        self.ensured.append(name)
        self.indexed.set()
        if self.broken:
            raise StorageError(Bilingual("No room.", "لا مساحة."))
        return True

    @contextmanager
    def holding(self, name: str) -> Iterator[bool]:
        yield not self.elsewhere


@pytest.fixture
def files(tmp_path: Path) -> SqlFileRepository:
    engine = open_engine(f"sqlite:///{tmp_path}/fanar.db")
    upgrade(engine)
    files = SqlFileRepository(engine=engine, bounds=FileBounds())
    files.add(StoredFile("f1", "key:1", "a.txt", "user_data", "text", 4, "", datetime(2026, 1, 1, tzinfo=UTC)), b"text")
    return files


def reading(files: SqlFileRepository, parts: Parts) -> BackgroundReading:
    return BackgroundReading(files=files, reader=parts, index=parts, holding=parts.holding)


@pytest.mark.parametrize("broken", [False, True])
async def test_file_that_waits_when_a_process_starts_is_read_and_indexed(files: SqlFileRepository, broken: bool) -> None:
    parts = Parts(broken=broken)
    async with reading(files, parts).running():
        await parts.indexed.wait()
    assert files.find("f1", owner="key:1").state == "processed"
    assert (parts.read_files, parts.ensured) == ([b"text"], [library_name("key:1")])


async def test_file_that_another_process_reads_is_left_to_it(files: SqlFileRepository) -> None:
    parts = Parts(elsewhere=True)
    async with reading(files, parts).running():
        await parts.indexed.wait()
    assert (parts.read_files, files.begin("f1")) == ([], 1)


async def test_file_whose_reading_ended_the_process_again_and_again_is_given_up(files: SqlFileRepository) -> None:
    for _ in range(ATTEMPTS):
        files.begin("f1")
    parts = Parts()
    async with reading(files, parts).running():
        await parts.indexed.wait()
    found = files.find("f1", owner="key:1")
    assert (found.state, found.reason is not None, parts.read_files) == ("error", True, [])


async def test_file_that_is_removed_while_it_is_read_is_gone(files: SqlFileRepository) -> None:
    class Removing(Parts):
        async def read(self, kind: FileKind, content: bytes) -> list[FilePassage]:
            files.remove("f1", owner="key:1")
            return await super().read(kind, content)

    parts = Removing()
    async with reading(files, parts).running():
        await parts.indexed.wait()
    with pytest.raises(NotFoundError):
        files.find("f1", owner="key:1")
