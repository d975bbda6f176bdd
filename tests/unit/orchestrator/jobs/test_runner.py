"""Jobs are run, kept step by step, gone on with, cancelled and given up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import StorageError, UpstreamTimeoutError
from fanar.jobs import Inquiry, Job, QueueBounds, Stage
from fanar.protocols import JobRepository
from orchestrator.jobs.bells import Bells
from orchestrator.jobs.research import ResearchDesk
from orchestrator.jobs.runner import JobRunner, Terms
from tests.fakes.jobs import CountingResearcher, InMemoryJobs

INQUIRY = Inquiry("patience", "Fanar-Sadiq-2", "quick")
QUICKLY = Terms(running=2, attempts=2, beat=0.01, lapse=0.05, poll=0.01)


def job_id(number: int) -> str:
    return f"research-{number:032x}"


@asynccontextmanager
async def working(
    jobs: JobRepository, researcher: CountingResearcher, *, terms: Terms = QUICKLY, now: Callable[[], datetime] | None = None
) -> AsyncIterator[ResearchDesk]:
    bells = Bells()
    runner = JobRunner(jobs=jobs, work=researcher.research, bells=bells, terms=terms, **({"now": now} if now else {}))
    async with runner.running():
        yield ResearchDesk(jobs=jobs, runner=runner, bells=bells, bounds=QueueBounds(jobs=9, per_owner=9))


async def over(desk: ResearchDesk, job: Job) -> Job:
    async with asyncio.timeout(5):
        async for seen in desk.follow(job):
            job = seen
    return job


async def until(desk: ResearchDesk, job: Job, condition: Callable[[Job], bool]) -> Job:
    async with asyncio.timeout(5):
        while not condition(seen := await desk.find(job.id, owner=job.owner)):
            await asyncio.sleep(0.005)
    return seen


async def test_a_job_is_run_to_its_report_and_every_step_is_told() -> None:
    researcher = CountingResearcher()
    async with working(InMemoryJobs(), researcher) as desk:
        done = await over(desk, await desk.submit(INQUIRY, id=job_id(1), owner="a"))
    assert done.state == "completed"
    assert done.report is not None
    assert done.report["question"] == "patience"
    assert [entry.message.en for entry in done.stage.entries if entry.message] == ["Counting 1", "Counting 2", "Counting 3"]
    assert "".join(entry.text for entry in done.stage.entries) == "1 2 3 "
    assert (done.stage.done, done.stage.total) == (3, 3)


async def test_no_more_jobs_run_at_once_than_may() -> None:
    researcher = CountingResearcher(steps=1)
    researcher.may_go.clear()
    async with working(InMemoryJobs(), researcher) as desk:
        jobs = [await desk.submit(INQUIRY, id=job_id(number), owner="a") for number in range(3)]
        for job in jobs[:2]:
            await until(desk, job, lambda seen: seen.state == "running")
        await asyncio.sleep(0.05)
        assert (await desk.find(jobs[2].id, owner="a")).state == "queued"
        researcher.may_go.set()
        assert [(await over(desk, job)).state for job in jobs] == ["completed"] * 3


async def test_a_running_job_is_cancelled_at_once_where_it_runs() -> None:
    researcher = CountingResearcher()
    researcher.may_go.clear()
    async with working(InMemoryJobs(), researcher) as desk:
        job = await desk.submit(INQUIRY, id=job_id(1), owner="a")
        await until(desk, job, lambda seen: seen.state == "running" and bool(seen.stage.entries))
        await desk.cancel(job.id, owner="a")
        assert (await over(desk, job)).state == "cancelled"
    assert researcher.closed == 1
    assert researcher.counted == []


async def test_a_job_cancelled_the_moment_it_is_taken_up_is_put_down() -> None:
    jobs, bells = InMemoryJobs(), Bells()
    runner = JobRunner(jobs=jobs, work=CountingResearcher().research, bells=bells, terms=QUICKLY)
    desk = ResearchDesk(jobs=jobs, runner=runner, bells=bells, bounds=QueueBounds(jobs=9, per_owner=9))
    job = await desk.submit(INQUIRY, id=job_id(1), owner="a")
    taken = await runner._claimed()
    assert taken is not None
    runner._take_up(taken)
    runner.stop(job.id)
    jobs.cancel(job.id, owner="a", now=datetime.now(UTC))
    assert (await over(desk, job)).state == "cancelled"


async def test_a_job_cancelled_by_another_process_stops_when_it_is_heard_of() -> None:
    researcher, jobs = CountingResearcher(), InMemoryJobs()
    researcher.may_go.clear()
    async with working(jobs, researcher) as desk:
        job = await desk.submit(INQUIRY, id=job_id(1), owner="a")
        await until(desk, job, lambda seen: seen.state == "running")
        jobs.cancel(job.id, owner="a", now=datetime.now(UTC))
        assert (await over(desk, job)).state == "cancelled"
    assert researcher.closed == 1


async def test_what_a_process_cannot_finish_is_gone_on_with_by_the_next() -> None:
    jobs, first, second = InMemoryJobs(), CountingResearcher(pauses=2), CountingResearcher()
    first.may_go.clear()
    async with working(jobs, first) as desk:
        job = await desk.submit(INQUIRY, id=job_id(1), owner="a")
        await until(desk, job, lambda seen: seen.stage.notes == {"counted": 1})
    kept = jobs.find(job.id, owner="a")
    assert (kept.state, kept.attempts) == ("queued", 0)
    async with working(jobs, second) as desk:
        done = await over(desk, job)
    assert done.state == "completed"
    assert (first.counted, second.counted) == ([1], [2, 3])


async def test_a_job_whose_process_died_is_taken_up_when_it_was_silent_long_enough() -> None:
    jobs = InMemoryJobs()
    now = datetime.now(UTC)
    job = Job(job_id(1), "a", now, INQUIRY, now)
    jobs.add(job, bounds=QueueBounds(9, 9))
    jobs.claim("dead", now=now, lapsed=now, running=9, attempts=9)
    jobs.hear(job.id, runner="dead", now=now, stage=Stage({"counted": 2}))
    researcher = CountingResearcher(steps=3)
    async with working(jobs, researcher) as desk:
        assert (await over(desk, job)).state == "completed"
    assert researcher.counted == [3]


async def test_an_error_of_ours_is_told_and_anything_else_is_not(caplog: pytest.LogCaptureFixture) -> None:
    slow = UpstreamTimeoutError(Bilingual("Too slow.", "بطيء."))
    async with working(InMemoryJobs(), CountingResearcher(breaks=2, error=slow)) as desk:
        failed = await over(desk, await desk.submit(INQUIRY, id=job_id(1), owner="a"))
    assert failed.failure is not None
    assert (failed.state, failed.failure.code, failed.failure.message) == ("failed", "timeout", slow.message)
    async with working(InMemoryJobs(), CountingResearcher(breaks=1, error=RuntimeError("a secret"))) as desk:
        failed = await over(desk, await desk.submit(INQUIRY, id=job_id(2), owner="a"))
    assert failed.failure is not None
    assert "secret" not in str(failed.failure)
    assert "a job failed" in caplog.text


async def test_a_job_is_left_to_lapse_where_the_database_is_away_and_is_finished_later() -> None:
    class Away(InMemoryJobs):
        away = 2

        def hear(self, *given: object, **named: object) -> bool:
            if self.away:
                self.away -= 1
                raise StorageError(Bilingual("Away.", "غائبة."))
            return super().hear(*given, **named)  # type: ignore[arg-type]

    jobs = Away()
    async with working(jobs, CountingResearcher(), terms=Terms(attempts=5, beat=1.0, lapse=0.05, poll=0.01)) as desk:
        done = await over(desk, await desk.submit(INQUIRY, id=job_id(1), owner="a"))
    assert done.state == "completed"
    assert done.attempts > 1


async def test_what_is_old_is_forgotten_at_the_start() -> None:
    jobs, now = InMemoryJobs(), datetime.now(UTC)
    old = now - timedelta(days=31)
    jobs.add(Job(job_id(1), "a", old, INQUIRY, old), bounds=QueueBounds(9, 9))
    jobs.cancel(job_id(1), owner="a", now=old)
    async with working(jobs, CountingResearcher()) as desk:
        await over(desk, await desk.submit(INQUIRY, id=job_id(2), owner="a"))
    assert jobs.forget(before=now) == 0


async def test_the_pace_follows_from_the_jobs_that_were_run() -> None:
    bells = Bells()
    runner = JobRunner(jobs=InMemoryJobs(), work=CountingResearcher().research, bells=bells, terms=QUICKLY)
    assert runner.pace == 3
    async with runner.running():
        desk = ResearchDesk(jobs=runner._jobs, runner=runner, bells=bells, bounds=QueueBounds(9, 9))
        await over(desk, await desk.submit(INQUIRY, id=job_id(1), owner="a"))
        await asyncio.sleep(0.02)
        assert runner.pace == 1


async def test_it_is_said_at_once_when_no_jobs_are_taken_up_any_more(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(InMemoryJobs):
        def claim(self, runner: str, **_: object) -> Job | None:  # type: ignore[override]
            raise ValueError(runner)

    async with working(Broken(), CountingResearcher()), asyncio.timeout(5):
        while not caplog.records:
            await asyncio.sleep(0.005)
    assert [(record.levelname, record.message) for record in caplog.records] == [("CRITICAL", "no jobs are taken up any more")]
