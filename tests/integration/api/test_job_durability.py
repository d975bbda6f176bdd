"""A research job survives the kill of its server: the next one goes on from the last step that was kept."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import Any

import httpx

from tests.integration.api.programs import served

PATH = "/v1/sadiq/deep-research"
PROGRAM = """
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from fanar.jobs import QueueBounds
from fanar.settings import Settings
from fanar.storage.engine import open_engine
from fanar.storage.migrate import upgrade
from fanar.storage.jobs import SqlJobRepository
from orchestrator.jobs.bells import Bells
from orchestrator.jobs.research import ResearchDesk
from orchestrator.jobs.runner import JobRunner, Terms
from tests.fakes.jobs import CountingResearcher
from tests.fakes.platform import fake_platform
from tests.integration.api.programs import serve

settings = Settings(_env_file=None, data=Path(sys.argv[1]))
engine = open_engine(settings.database)
upgrade(engine)
pauses = int(sys.argv[2])


@asynccontextmanager
async def opened():
    jobs, bells, researcher = SqlJobRepository(engine=engine), Bells(), CountingResearcher(pauses=pauses)
    researcher.may_go.clear()
    runner = JobRunner(jobs=jobs, work=researcher.research, bells=bells, terms=Terms(beat=0.1, lapse=0.5, poll=0.1))
    async with runner.running():
        desk = ResearchDesk(jobs=jobs, runner=runner, bells=bells, bounds=QueueBounds(9, 9))
        yield replace(fake_platform(settings), research=desk)


serve(opened, settings)
"""


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
    with served(PROGRAM, tmp_path, 3) as (process, client):
        job_id = client.post(PATH, json=body).json()["id"]
        seen(client, job_id, done=2)
        process.send_signal(signal.SIGKILL)
        process.wait()
    with served(PROGRAM, tmp_path, 9) as (_, client):
        job = seen(client, job_id, done=3)
    assert job["report"]["question"] == "ما الصبر؟"
    told = [step["en"] for step in job["progress"]["steps"]]
    assert told == ["Counting 1", "Counting 2", "Counting 3", "Counting 3"]
