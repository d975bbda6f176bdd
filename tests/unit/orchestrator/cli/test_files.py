"""`fanar files` and `fanar ask --file`, against a real server that keeps files and reads them at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from fanar.bilingual import Bilingual
from fanar.events import Event, ResponseCompleted, TextDelta
from fanar.files import FileBounds, FilePassage
from fanar.messages import ChatRequest
from fanar.settings import Settings
from fanar.storage.collections import SqlCollectionRepository
from fanar.storage.engine import open_engine
from fanar.storage.files import SqlFileRepository
from fanar.storage.migrate import upgrade
from orchestrator.cli.exits import Exit
from orchestrator.library.desk import LibraryDesk
from rag.ingest.kinds import kind_of
from tests.fakes.platform import fake_platform
from tests.unit.orchestrator.cli.conftest import Fanar, free_port, running


@dataclass
class AtOnce:
    """Reads what waits when it is told to look; what begins with `locked` is."""

    files: SqlFileRepository

    def look(self) -> None:
        for file in self.files.waiting():
            content = self.files.content(file.id, owner=file.owner).decode()
            if content.startswith("locked"):
                self.files.fail(file.id, Bilingual("It is locked.", "محمي."))
            else:
                self.files.finish(file.id, [FilePassage(content)], pages=2)

    def tidy(self, library: str) -> None:
        """There is no index."""


async def names_files(request: ChatRequest) -> AsyncIterator[Event]:
    yield TextDelta(f"files: {len(request.attached.files) if request.attached else 0}")
    yield ResponseCompleted("fake")


@pytest.fixture
def server(surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlFileRepository]:
    settings = Settings(_env_file=None, port=free_port(), data=surroundings)
    engine = open_engine(settings.database)
    upgrade(engine)
    files = SqlFileRepository(engine=engine, bounds=FileBounds())
    collections = SqlCollectionRepository(engine=engine, bounds=FileBounds())
    desk = LibraryDesk(files=files, collections=collections, kind_of=kind_of, reading=AtOnce(files), finding=None, most_bytes=1000)  # type: ignore[arg-type]
    with running(replace(fake_platform(settings, names_files), library=desk)) as url:
        monkeypatch.setenv("FANAR_BASE_URL", url)
        yield files


def test_files_are_added_listed_and_removed(fanar: Fanar, server: SqlFileRepository, surroundings: Path) -> None:
    (surroundings / "guide.md").write_text("# Leave")
    (surroundings / "locked.txt").write_text("locked")
    assert "fanar files add" in fanar("files", "list").err
    added = fanar("files", "add", "guide.md", "locked.txt")
    assert added.code == Exit.FINDING
    assert all(word in added.out for word in ("guide.md", "locked.txt", "It is locked."))
    listed = fanar("files", "list", "--json").json
    assert [(file["filename"], file["status"]) for file in listed] == [("locked.txt", "error"), ("guide.md", "processed")]
    assert listed[0]["id"] in fanar("files", "remove", *(file["id"] for file in listed)).err
    assert fanar("files", "list", "--json").json == []


def test_question_about_a_file_leaves_no_file_behind(fanar: Fanar, server: SqlFileRepository, surroundings: Path) -> None:
    (surroundings / "guide.md").write_text("# Leave")
    (surroundings / "locked.txt").write_text("locked")
    assert fanar("ask", "--file", "guide.md", "How many days?").out == "files: 1\n"
    refused = fanar("ask", "-f", "guide.md", "-f", "locked.txt", "How many days?")
    assert (refused.code, "locked.txt cannot be read: It is locked." in refused.err) == (Exit.USAGE, True)
    assert server.files("local") == []


@pytest.mark.parametrize("name", ["missing.pdf", "program.exe"])
def test_what_cannot_be_handed_in_is_refused(fanar: Fanar, server: SqlFileRepository, surroundings: Path, name: str) -> None:
    (surroundings / "program.exe").write_bytes(b"MZ")
    assert fanar("files", "add", name).code not in (Exit.OK, Exit.FINDING)
