"""Runs jobs: takes up what nobody runs, keeps each step, and leaves nothing half done behind. Knows nothing of HTTP.

A job is held by being heard of: when this process dies, another one, or the next, goes on from the last step that was kept.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import ceil

from fanar.bilingual import Bilingual
from fanar.errors import ConflictError, FanarError, StorageError
from fanar.jobs import Asked, Entry, Failure, Job, Json, Outcome, Stage, Step
from fanar.protocols import JobRepository
from fanar.streams import closing
from orchestrator.jobs.bells import Bells

NEW = ""
"""The bell that rings when there may be something to take up."""
_FIRST_GUESS = 5.0
"""Seconds that a job is thought to take before one was run."""
_REMEMBERED = 20
_LONGEST_WAIT = 600
_FORGET_EVERY = 3600.0
"""Seconds, both."""
_BROKEN = Bilingual("Internal server error.", "حدث خطأ داخلي في الخادم.")
_log = logging.getLogger(__name__)


Work = Callable[[Asked, Json], AsyncIterator[Step]]
"""Does what was asked in steps, from where the notes were written; the last step holds the report."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How jobs are run: how many at once over all processes, how often one is tried, how many days it is kept.

    Who was silent for `lapse` seconds has lost its job; a runner is heard of every `beat` seconds and looks for work every `poll`.
    """

    running: int = 2
    attempts: int = 3
    days: int = 30
    beat: float = 2.0
    lapse: float = 10.0
    poll: float = 2.0


class JobRunner:
    """Runs jobs of `jobs` by `work`; `bells` tell of what changed."""

    def __init__(
        self,
        *,
        jobs: JobRepository,
        work: Work,
        bells: Bells,
        terms: Terms = Terms(),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._jobs = jobs
        self._does = work
        self._bells = bells
        self._terms = terms
        self._now = now
        self._name = f"runner-{secrets.token_hex(8)}"
        self._working: dict[str, asyncio.Task[None]] = {}
        self._stopping: set[str] = set()
        self._took: deque[float] = deque(maxlen=_REMEMBERED)

    @property
    def pace(self) -> int:
        """Seconds until a place is likely to be free, from how long the last jobs took."""
        mean = sum(self._took) / len(self._took) if self._took else _FIRST_GUESS
        return max(1, min(_LONGEST_WAIT, ceil(mean / self._terms.running)))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run jobs until the end of the block; those that are not done by then are put back, for whoever comes next."""
        looking = asyncio.create_task(self._run())
        looking.add_done_callback(_stopped_looking)
        try:
            yield
        finally:
            looking.cancel()
            # What was taken up this moment begins, so that it puts its job back.
            await asyncio.sleep(0)
            working = list(self._working.values())
            for task in working:
                task.cancel()
            await asyncio.wait([looking, *working])

    def stop(self, job_id: str) -> None:
        """Stop the work on a job that was cancelled, if it is done here."""
        if (task := self._working.get(job_id)) is not None:
            self._stopping.add(job_id)
            # After what is waiting to run: work that has not begun would end without its job being put down.
            asyncio.get_running_loop().call_soon(task.cancel)

    async def _run(self) -> None:
        forgotten = float("-inf")
        while True:
            job = None
            try:
                if time.monotonic() - forgotten >= _FORGET_EVERY:
                    forgotten = time.monotonic()
                    await asyncio.to_thread(self._jobs.forget, before=self._now() - timedelta(days=self._terms.days))
                job = await self._claimed()
            except StorageError:
                _log.warning("jobs could not be looked at")
            if job is None:
                await self._bells.heard(NEW, seconds=self._terms.poll)
            else:
                self._take_up(job)

    async def _claimed(self) -> Job | None:
        now = self._now()
        lapsed = now - timedelta(seconds=self._terms.lapse)
        return await asyncio.to_thread(
            self._jobs.claim, self._name, now=now, lapsed=lapsed, running=self._terms.running, attempts=self._terms.attempts
        )

    def _take_up(self, job: Job) -> None:
        task = asyncio.create_task(self._work(job))
        self._working[job.id] = task

        def over(_: asyncio.Task[None]) -> None:
            self._working.pop(job.id, None)
            self._stopping.discard(job.id)
            self._bells.ring(job.id)
            self._bells.ring(NEW)

        task.add_done_callback(over)
        self._bells.ring(job.id)

    async def _work(self, job: Job) -> None:
        began = time.monotonic()
        work = asyncio.create_task(self._steps(job))
        try:
            while not (await asyncio.wait({work}, timeout=self._terms.beat))[0]:
                if not await self._heard(job.id):
                    self._stopping.add(job.id)
                    work.cancel()
            await self._ended(job, work)
        except asyncio.CancelledError:
            work.cancel()
            await asyncio.wait({work})
            await self._left(job)
        except FanarError:
            # The job is another's by now, or the database is away: whoever takes it up goes on from the last step that was kept.
            work.cancel()
            await asyncio.wait({work})
            _log.warning("a job was dropped here", extra={"job": job.id})
        self._took.append(time.monotonic() - began)

    async def _ended(self, job: Job, work: asyncio.Task[None]) -> None:
        if work.cancelled():
            await self._left(job)
        elif isinstance(error := work.exception(), ConflictError | StorageError):
            raise error
        elif isinstance(error, FanarError):
            await self._finish(job.id, Outcome("failed", failure=Failure(error.code, error.message)))
        elif error is not None:
            _log.error("a job failed", exc_info=error, extra={"job": job.id})
            await self._finish(job.id, Outcome("failed", failure=Failure(FanarError.code, _BROKEN)))

    async def _left(self, job: Job) -> None:
        """Put down a job that was cancelled, or put back one that this process cannot finish."""
        with suppress(FanarError):
            if job.id in self._stopping:
                await self._finish(job.id, Outcome("cancelled"))
            else:
                await asyncio.to_thread(self._jobs.release, job.id, runner=self._name, now=self._now())

    async def _steps(self, job: Job) -> None:
        stage = job.stage
        async with closing(self._does(job.inquiry, stage.notes)) as steps:
            async for step in steps:
                stage = _after(stage, step)
                if step.report is not None:
                    await self._finish(job.id, Outcome("completed", step.report), stage=stage)
                    return
                if not await self._heard(job.id, stage):
                    self._stopping.add(job.id)
                    raise asyncio.CancelledError
                self._bells.ring(job.id)

    async def _heard(self, job_id: str, stage: Stage | None = None) -> bool:
        return await asyncio.to_thread(self._jobs.hear, job_id, runner=self._name, now=self._now(), stage=stage)

    async def _finish(self, job_id: str, outcome: Outcome, *, stage: Stage | None = None) -> None:
        await asyncio.to_thread(self._jobs.finish, job_id, outcome, runner=self._name, now=self._now(), stage=stage)


def _stopped_looking(looking: asyncio.Task[None]) -> None:
    # Nobody awaits it before the end, and until then jobs would wait without a word.
    if not looking.cancelled() and (error := looking.exception()) is not None:
        _log.critical("no jobs are taken up any more", exc_info=error)


def _after(stage: Stage, step: Step) -> Stage:
    """Return the stage that a step leads to: what it said is added, and its notes, if it has some, take the place of the last ones."""
    entries = [Entry(message=step.message)] if step.message else []
    entries += [Entry(text=step.text)] if step.text else []
    notes = stage.notes if step.notes is None else step.notes
    return replace(
        stage, notes=notes, entries=(*stage.entries, *entries), done=max(stage.done, step.done), total=max(stage.total, step.total)
    )
