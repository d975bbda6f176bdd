"""Conversations and files that were acknowledged survive a kill of the server."""

from __future__ import annotations

from pathlib import Path

from fanar.conversations import ConversationBounds
from fanar.files import FileBounds
from fanar.storage.conversations import SqlConversationRepository
from fanar.storage.engine import open_engine
from fanar.storage.files import SqlFileRepository
from tests.integration.api.programs import served

PROGRAM = """
import sys
from dataclasses import replace
from pathlib import Path
from fanar.conversations import ConversationBounds
from fanar.files import FileBounds
from fanar.settings import Settings
from fanar.storage.collections import SqlCollectionRepository
from fanar.storage.conversations import SqlConversationRepository
from fanar.storage.engine import open_engine
from fanar.storage.files import SqlFileRepository
from fanar.storage.migrate import upgrade
from orchestrator.conversations import ConversationDesk
from orchestrator.library.desk import LibraryDesk
from rag.ingest.kinds import kind_of
from tests.fakes.platform import fake_platform, opener
from tests.integration.api.programs import serve

class Nobody:
    def look(self): pass
    def tidy(self, library): pass

settings = Settings(_env_file=None, data=Path(sys.argv[1]))
engine = open_engine(settings.database)
upgrade(engine)
kept = ConversationDesk(conversations=SqlConversationRepository(engine=engine, bounds=ConversationBounds()))
files, collections = (kind(engine=engine, bounds=FileBounds()) for kind in (SqlFileRepository, SqlCollectionRepository))
desk = LibraryDesk(files=files, collections=collections, kind_of=kind_of, reading=Nobody(), finding=None, most_bytes=10**6)
platform = replace(fake_platform(settings), conversations=kept, library=desk)
serve(opener(platform), settings)
"""


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    with served(PROGRAM, tmp_path) as (_, client):
        begun = client.post("/v1/conversations", json={"messages": [{"role": "user", "content": "سؤال"}]}).json()
        answer = {"messages": [{"role": "assistant", "content": "جواب"}]}
        said = [client.post(f"/v1/conversations/{begun['id']}/messages", json=answer).json()["current"] for _ in range(5)]
        file = client.post("/v1/files", files={"file": ("a.txt", b"text")}).json()["id"]
    engine = open_engine(f"sqlite:///{tmp_path}/fanar.db")
    turns = SqlConversationRepository(engine=engine, bounds=ConversationBounds()).turns(begun["id"], owner="local")
    assert [turn.id for turn in turns] == [begun["current"], *said]
    files = SqlFileRepository(engine=engine, bounds=FileBounds())
    assert [waiting.id for waiting in files.waiting()] == [file]
    assert files.content(file, owner="local") == b"text"
