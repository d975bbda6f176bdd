"""Indexes of people's own files: brought up to what the database holds, whatever happened to them."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fanar.files import FileBounds, FilePassage, StoredFile, library_name
from fanar.storage.engine import open_engine
from fanar.storage.files import SqlFileRepository
from fanar.storage.migrate import upgrade
from fanar.storage.passages import SqlPassageRepository
from fanar.workers.turns import held_now
from rag.embedders import EmbedderShape
from rag.indexes import IndexCatalog
from rag.ingest.indexer import Indexer
from rag.library.finding import FilesSource
from rag.library.index import LibraryIndex
from rag.retrievers.hybrid import HybridRetriever
from rag.retrievers.passages import Passages
from rag.stores.memory import MemoryStore
from tests.unit.rag.library import SHAPE, train_here

OWNER = "key:1"
NAME = library_name(OWNER)
LEAVE = ["Every employee has thirty days of annual leave.", "A certificate is needed for sick leave."]
TOWERS = ["The plant operates fourteen cooling towers.", "يعمل في المحطة مئتا مهندس."]


@dataclass
class Shelf:
    """One owner's library and all that is made of it."""

    folder: Path
    files: SqlFileRepository
    index: LibraryIndex
    catalog: IndexCatalog
    passages: SqlPassageRepository
    store: MemoryStore
    trained: list[int]

    def add(self, name: str, texts: Sequence[str], *, owner: str = OWNER) -> None:
        now = datetime(2026, 1, 1, tzinfo=UTC)
        self.files.add(StoredFile(name, owner, f"{name}.txt", "user_data", "text", 1, "", now), b"x")
        self.files.begin(name)
        self.files.finish(name, [FilePassage(text) for text in texts], pages=None)

    async def found(self, question: str, *files: str, owner: str = OWNER) -> list[str]:
        passages = HybridRetriever(catalog=self.catalog, store=self.store, passages=Passages(repository=self.passages))
        source = FilesSource(index=self.index, source=passages, library=library_name(owner), files=files)
        return [each.document.text for each in await source.candidates(question)]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    engine = open_engine(f"sqlite:///{tmp_path}/fanar.db")
    upgrade(engine)
    passages, store, trained = SqlPassageRepository(engine=engine), MemoryStore(), list[int]()
    catalog = IndexCatalog(folder=tmp_path / "libraries", most=1)

    async def train(texts: Sequence[str], shape: EmbedderShape, output: Path) -> None:
        trained.append(len(texts))
        await train_here(texts, shape, output)

    indexer = Indexer(repository=passages, store=store, folder=tmp_path / "libraries", shape=lambda _: SHAPE, train=train)
    index = LibraryIndex(passages=passages, indexer=indexer, catalog=catalog, locks=tmp_path / "locks")
    return Shelf(tmp_path, SqlFileRepository(engine=engine, bounds=FileBounds()), index, catalog, passages, store, trained)


async def test_only_the_files_that_are_named_are_searched(shelf: Shelf) -> None:
    shelf.add("leave", LEAVE)
    shelf.add("towers", TOWERS)
    shelf.add("foreign", ["A foreign employee has annual leave too."], owner="key:2")
    assert (await shelf.found("annual leave of an employee", "leave", "towers"))[0] == LEAVE[0]
    assert not set(await shelf.found("annual leave of an employee", "towers")) - set(TOWERS)
    assert await shelf.found("annual leave of an employee", "foreign") == []
    assert await shelf.found("annual leave of an employee") == []
    assert await shelf.found("annual leave of an employee", "foreign", owner="key:2")
    assert (await shelf.found("كم مهندسًا في المحطة", "towers"))[0] == TOWERS[1]


async def test_what_came_is_added_and_the_embedder_trained_anew_only_where_much_came(shelf: Shelf) -> None:
    shelf.add("leave", LEAVE * 2)
    await shelf.index.ensure(NAME)
    shelf.add("towers", TOWERS[:1])
    assert (await shelf.found("cooling towers", "towers")) == TOWERS[:1]
    assert shelf.trained == [4]
    shelf.add("more", TOWERS * 3)
    assert (await shelf.found("cooling towers", "more"))[0] == TOWERS[0]
    assert shelf.trained == [4, 11]


async def test_what_went_is_in_no_index_any_more(shelf: Shelf) -> None:
    shelf.add("leave", LEAVE)
    shelf.add("towers", TOWERS)
    await shelf.index.ensure(NAME)
    shelf.files.remove("towers", owner=OWNER)
    assert await shelf.index.ensure(NAME)
    index = shelf.catalog.open(NAME)
    assert (index.lexical.documents, await shelf.store.count(index.manifest.collection)) == (2, 2)
    shelf.files.remove("leave", owner=OWNER)
    assert not await shelf.index.ensure(NAME)
    assert not (shelf.folder / "libraries" / NAME).exists()


async def test_index_that_is_lost_or_broken_is_built_again_from_the_database(shelf: Shelf) -> None:
    shelf.add("leave", LEAVE)
    await shelf.index.ensure(NAME)
    shutil.rmtree(shelf.folder / "libraries")
    assert (await shelf.found("annual leave", "leave"))[0] == LEAVE[0]
    next((shelf.folder / "libraries" / NAME).glob("*/manifest.json")).write_text("{")
    assert (await shelf.found("annual leave", "leave"))[0] == LEAVE[0]


async def test_those_who_ask_at_once_wait_for_one_and_the_same_build(shelf: Shelf) -> None:
    shelf.add("leave", LEAVE)
    with held_now(shelf.folder / "locks" / f"{NAME}.lock") as held:
        waiting = [asyncio.create_task(shelf.index.ensure(NAME)) for _ in range(3)]
        await asyncio.sleep(0)
        assert held
        assert shelf.trained == []
    assert await asyncio.gather(*waiting) == [True] * 3
    assert shelf.trained == [2]
