"""A research job survives the kill of its server: the next one goes on from the last step that was kept."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

PATH = "/v1/sadiq/deep-research"
PROGRAM = """
import asyncio, socket, sys
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
import uvicorn
from fanar.research import QueueBounds
from fanar.settings import Settings
from fanar.storage.engine import open_engine
from fanar.storage.migrate import upgrade
from fanar.storage.research import SqlResearchJobRepository
from orchestrator.api.app import create_app
from orchestrator.api.server import server_config
from orchestrator.research.bells import Bells
from orchestrator.research.desk import ResearchDesk
from orchestrator.research.runner import ResearchRunner, Terms
from tests.fakes.jobs import CountingResearcher
from tests.fakes.platform import fake_platform

settings = Settings(_env_file=None, data=Path(sys.argv[1]))
engine = open_engine(settings.database)
upgrade(engine)
pauses = int(sys.argv[2])


@asynccontextmanager
async def opened():
    jobs, bells, researcher = SqlResearchJobRepository(engine=engine), Bells(), CountingResearcher(pauses=pauses)
    researcher.may_go.clear()
    runner = ResearchRunner(jobs=jobs, researcher=researcher, bells=bells, terms=Terms(beat=0.1, lapse=0.5, poll=0.1))
    async with runner.running():
        desk = ResearchDesk(jobs=jobs, runner=runner, bells=bells, bounds=QueueBounds(9, 9))
        yield replace(fake_platform(settings), research=desk)


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
uvicorn.Server(server_config(create_app(opened, settings=settings), settings)).run(sockets=[listener])
"""


@contextmanager
def server(data: Path, *, pauses: int) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """Run a server whose research waits from step `pauses` on."""
    arguments = [sys.executable, "-c", PROGRAM, str(data), str(pauses)]
    root = Path(__file__).parents[3]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=root) as process:
        assert process.stdout
        base = f"http://127.0.0.1:{process.stdout.readline().strip()}"
        with httpx.Client(base_url=base, timeout=60, trust_env=False) as client:
            try:
                yield process, client
            finally:
                process.kill()


def seen(client: httpx.Client, job_id: str, *, done: int) -> dict[str, Any]:
    """Wait until a job has come so far."""
    for _ in range(600):
        job: dict[str, Any] = client.get(f"{PATH}/{job_id}").json()
        if job["progress"]["done"] >= done and (done < 3 or job["status"] == "completed"):
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def test_a_job_is_gone_on_with_after_a_kill(tmp_path: Path) -> None:
    body = {"model": "Fanar-Sadiq-2", "input": "ما الصبر؟", "background": True}
    with server(tmp_path, pauses=3) as (process, client):
        job_id = client.post(PATH, json=body).json()["id"]
        seen(client, job_id, done=2)
        process.send_signal(signal.SIGKILL)
        process.wait()
    with server(tmp_path, pauses=9) as (_, client):
        job = seen(client, job_id, done=3)
    assert job["report"]["question"] == "ما الصبر؟"
    told = [step["en"] for step in job["progress"]["steps"]]
    assert told == ["Counting 1", "Counting 2", "Counting 3", "Counting 3"]
