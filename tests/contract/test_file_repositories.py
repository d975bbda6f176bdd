"""What every FileRepository, PassageRepository and CollectionRepository promises, each to the others' rows too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from fanar.bilingual import Bilingual
from fanar.errors import ConflictError, NotFoundError
from fanar.files import FileBounds, FileCollection, FilePassage, Library, StoredFile, library_name
from fanar.keeping_protocols import CollectionRepository, FileRepository, PassageRepository
from fanar.storage.collections import SqlCollectionRepository
from fanar.storage.files import SqlFileRepository
from fanar.storage.passages import SqlPassageRepository

NOW = datetime(2026, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
BOUNDS = FileBounds(files=3, bytes=100, passages=5, collections=2, collected=2)
OWNER = "key:1"
LIBRARY = library_name(OWNER)
FILE = StoredFile("f1", OWNER, "تقرير.pdf", "user_data", "pdf", 7, "0" * 64, NOW)
READ = [FilePassage("الأول", "p. 1", 1), FilePassage("الثاني", "p. 2", 2)]


@dataclass(frozen=True)
class Kept:
    files: FileRepository
    passages: PassageRepository
    collections: CollectionRepository

    def hand_in(self, name: str, *, owner: str = OWNER, read: list[FilePassage] | None = None) -> None:
        self.files.add(replace(FILE, id=name, owner=owner), name.encode())
        if read is not None:
            self.files.begin(name)
            self.files.finish(name, read, pages=len(read))

    def texts(self, name: str = LIBRARY, *, first: int = 0) -> list[str]:
        return [document.text for document in self.passages.documents(name, first=first)]


@pytest.fixture
def kept(engine: Engine) -> Kept:
    collections = SqlCollectionRepository(engine=engine, bounds=BOUNDS)
    return Kept(SqlFileRepository(engine=engine, bounds=BOUNDS), SqlPassageRepository(engine=engine), collections)


def test_file_is_kept_as_it_came_and_waits_until_it_was_read(kept: Kept) -> None:
    kept.files.add(FILE, b"\0%PDF-1")
    assert kept.files.find("f1", owner=OWNER) == FILE
    assert kept.files.content("f1", owner=OWNER) == b"\0%PDF-1"
    assert (kept.files.waiting(), kept.files.begin("f1"), kept.files.begin("f1")) == ([FILE], 1, 2)
    read = kept.files.finish("f1", READ, pages=2)
    assert (read.state, read.pages, read.passages) == ("processed", 2, 2)
    assert kept.files.waiting() == []
    assert kept.files.finish("f1", READ * 2, pages=9) == read
    with pytest.raises(NotFoundError):
        kept.files.begin("f1")


def test_passages_are_documents_that_name_file_and_page(kept: Kept) -> None:
    kept.hand_in("f1", read=READ)
    kept.hand_in("f2", owner="key:2", read=READ[:1])
    first, second = kept.passages.documents(LIBRARY)
    assert (first.id, first.reference, first.text) == ("f1:0", "تقرير.pdf, p. 1", "الأول")
    assert second.metadata == {"file_id": "f1", "filename": "تقرير.pdf", "page": 2}
    assert kept.passages.fetch(LIBRARY, ["f1:1", "f2:0", "x", "f1:0", "f1:9"]) == [second, first]
    assert kept.passages.library(LIBRARY) == Library(LIBRARY, 1, 2)
    assert kept.passages.library(library_name("nobody")).passages == 0


def test_what_comes_later_stands_behind_and_what_goes_makes_another_generation(kept: Kept) -> None:
    kept.hand_in("f1", read=READ)
    kept.hand_in("f2", read=[FilePassage("الثالث")])
    assert kept.texts(first=2) == ["الثالث"]
    assert [document.text for document in kept.passages.opening(LIBRARY, ["f1", "f2"], limit=2)] == ["الأول", "الثالث"]
    kept.files.remove("f1", owner=OWNER)
    assert (kept.texts(), kept.passages.library(LIBRARY)) == (["الثالث"], Library(LIBRARY, 2, 1))
    kept.hand_in("f3", read=READ)
    assert kept.texts() == ["الثالث", "الأول", "الثاني"]


def test_file_that_cannot_be_read_says_why(kept: Kept) -> None:
    kept.files.add(FILE, b"x")
    reason = Bilingual("It is locked.", "محمي.")
    kept.files.fail("f1", reason)
    kept.files.fail("f1", Bilingual("Other.", "غيره."))
    found = kept.files.find("f1", owner=OWNER)
    assert (found.state, found.reason, kept.files.waiting()) == ("error", reason, [])


def test_files_and_collections_are_listed_newest_first_a_page_at_a_time(kept: Kept) -> None:
    for name in ("f1", "f2", "f3"):
        kept.hand_in(name)
    page = kept.files.files(OWNER, limit=2)
    assert [file.id for file in page + kept.files.files(OWNER, after=page[-1].id)] == ["f3", "f2", "f1"]
    assert kept.files.files(OWNER, purpose="assistants") == []
    kept.collections.add(FileCollection("c1", OWNER, "الأولى", NOW, NOW), ["f1", "f3"])
    kept.collections.add(FileCollection("c2", OWNER, "الثانية", NOW, NOW), [])
    assert [each.id for each in kept.collections.collections(OWNER, limit=1)] == ["c2"]
    assert [each.id for each in kept.collections.collections(OWNER, after="c2")] == ["c1"]
    assert [file.id for file in kept.collections.files("c1", owner=OWNER, limit=1)] == ["f3"]
    assert [file.id for file in kept.collections.files("c1", owner=OWNER, after="f3")] == ["f1"]


def test_collection_counts_what_is_in_it(kept: Kept) -> None:
    kept.hand_in("f1", read=READ)
    kept.hand_in("f2")
    later = NOW + timedelta(hours=1)
    kept.collections.add(FileCollection("c1", OWNER, "مجموعة", NOW, NOW), ["f1", "f1"])
    grown = kept.collections.put("c1", ["f2", "f1"], owner=OWNER, now=later)
    assert (grown.files, grown.passages, grown.bytes, grown.changed) == ({"processed": 1, "uploaded": 1}, 2, 14, later)
    assert kept.collections.rename("c1", "أخرى", owner=OWNER, now=later).name == "أخرى"
    assert kept.collections.take("c1", "f2", owner=OWNER, now=later).files == {"processed": 1}
    kept.files.remove("f1", owner=OWNER)
    assert kept.collections.find("c1", owner=OWNER).files == {}
    kept.collections.remove("c1", owner=OWNER)
    assert kept.files.find("f2", owner=OWNER).id == "f2"


def test_what_is_somebody_elses_is_not_there(kept: Kept) -> None:
    kept.hand_in("f1")
    kept.hand_in("f2", owner="key:2")
    kept.collections.add(FileCollection("c1", OWNER, "مجموعة", NOW, NOW), ["f1"])
    other = {"owner": "key:2"}
    for attempt in (
        lambda: kept.files.find("f1", **other),
        lambda: kept.files.content("f1", **other),
        lambda: kept.files.remove("f1", **other),
        lambda: kept.files.files("key:2", after="f1"),
        lambda: kept.collections.find("c1", **other),
        lambda: kept.collections.files("c1", **other),
        lambda: kept.collections.remove("c1", **other),
        lambda: kept.collections.rename("c1", "x", **other, now=NOW),
        lambda: kept.collections.put("c1", ["f2"], **other, now=NOW),
        lambda: kept.collections.put("c1", ["f2"], owner=OWNER, now=NOW),
        lambda: kept.collections.take("c1", "f2", owner=OWNER, now=NOW),
        lambda: kept.collections.add(FileCollection("c2", "key:2", "x", NOW, NOW), ["f1"]),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    assert kept.collections.collections("key:2") == []
    assert kept.collections.find("c1", owner=OWNER).files == {"uploaded": 1}


def test_what_is_too_much_is_refused_and_nothing_kept(kept: Kept) -> None:
    with pytest.raises(ConflictError):
        kept.files.add(replace(FILE, bytes=101), b"x")
    for name in ("f1", "f2", "f3"):
        kept.hand_in(name)
    with pytest.raises(ConflictError):
        kept.hand_in("f4")
    kept.files.begin("f1")
    with pytest.raises(ConflictError):
        kept.files.finish("f1", READ * 3, pages=6)
    assert kept.texts() == []
    with pytest.raises(ConflictError):
        kept.collections.add(FileCollection("c1", OWNER, "x", NOW, NOW), ["f1", "f2", "f3"])
    for name in ("c1", "c2"):
        kept.collections.add(FileCollection(name, OWNER, "x", NOW, NOW), [])
    with pytest.raises(ConflictError):
        kept.collections.add(FileCollection("c3", OWNER, "x", NOW, NOW), [])
