"""Feedback that was acknowledged survives a kill of the server."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import httpx

from fanar.storage.engine import open_engine
from fanar.storage.feedback import SqlFeedbackRepository

PROGRAM = """
import socket, sys
from dataclasses import replace
from pathlib import Path
import uvicorn
from fanar.settings import Settings
from fanar.storage.decisions import SqlDecisionRepository
from fanar.storage.engine import open_engine
from fanar.storage.feedback import SqlFeedbackRepository
from fanar.storage.migrate import upgrade
from orchestrator.api.app import create_app
from orchestrator.api.server import server_config
from orchestrator.feedback import FeedbackDesk
from tests.fakes.platform import fake_platform, opener

settings = Settings(_env_file=None, data=Path(sys.argv[1]))
engine = open_engine(settings.database)
upgrade(engine)
desk = FeedbackDesk(feedback=SqlFeedbackRepository(engine=engine, per_owner=100), decisions=SqlDecisionRepository(engine=engine, most=100))
platform = replace(fake_platform(settings), feedback=desk)
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
uvicorn.Server(server_config(create_app(opener(platform), settings=settings), settings)).run(sockets=[listener])
"""


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=Path(__file__).parents[3]) as server:
        assert server.stdout
        with httpx.Client(base_url=f"http://127.0.0.1:{server.stdout.readline().strip()}", timeout=60, trust_env=False) as client:
            bodies = [{"id": f"chatcmpl-{number:032x}", "rating": "up", "comment": "شكرًا"} for number in range(10)]
            acknowledged = [client.post("/v1/feedback", json=body).json()["id"] for body in bodies]
            server.send_signal(signal.SIGKILL)
    kept = SqlFeedbackRepository(engine=open_engine(f"sqlite:///{tmp_path}/fanar.db"), per_owner=100).feedback()
    assert [said.id for said in kept] == acknowledged
    assert {said.comment for said in kept} == {"شكرًا"}
