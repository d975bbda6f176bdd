"""Conversations and files that were acknowledged survive a kill of the server."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import httpx

from fanar.conversations import ConversationBounds
from fanar.files import FileBounds
from fanar.storage.conversations import SqlConversationRepository
from fanar.storage.engine import open_engine
from fanar.storage.files import SqlFileRepository

PROGRAM = """
import socket, sys
from dataclasses import replace
from pathlib import Path
import uvicorn
from fanar.conversations import ConversationBounds
from fanar.files import FileBounds
from fanar.settings import Settings
from fanar.storage.collections import SqlCollectionRepository
from fanar.storage.conversations import SqlConversationRepository
from fanar.storage.engine import open_engine
from fanar.storage.files import SqlFileRepository
from fanar.storage.migrate import upgrade
from orchestrator.api.app import create_app
from orchestrator.api.server import server_config
from orchestrator.conversations import ConversationDesk
from orchestrator.library.desk import LibraryDesk
from rag.ingest.kinds import kind_of
from tests.fakes.platform import fake_platform, opener

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
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
uvicorn.Server(server_config(create_app(opener(platform), settings=settings), settings)).run(sockets=[listener])
"""


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=Path(__file__).parents[3]) as server:
        assert server.stdout
        with httpx.Client(base_url=f"http://127.0.0.1:{server.stdout.readline().strip()}", timeout=60, trust_env=False) as client:
            begun = client.post("/v1/conversations", json={"messages": [{"role": "user", "content": "سؤال"}]}).json()
            answer = {"messages": [{"role": "assistant", "content": "جواب"}]}
            said = [client.post(f"/v1/conversations/{begun['id']}/messages", json=answer).json()["current"] for _ in range(5)]
            file = client.post("/v1/files", files={"file": ("a.txt", b"text")}).json()["id"]
            server.send_signal(signal.SIGKILL)
    engine = open_engine(f"sqlite:///{tmp_path}/fanar.db")
    turns = SqlConversationRepository(engine=engine, bounds=ConversationBounds()).turns(begun["id"], owner="local")
    assert [turn.id for turn in turns] == [begun["current"], *said]
    files = SqlFileRepository(engine=engine, bounds=FileBounds())
    assert [waiting.id for waiting in files.waiting()] == [file]
    assert files.content(file, owner="local") == b"text"
