"""Jobs in memory, and research that says what it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime
from functools import wraps
from threading import RLock
from typing import Concatenate, ParamSpec, TypeVar

from fanar.bilingual import Bilingual
from fanar.errors import ConflictError, NotFoundError, OverloadedError, RateLimitedError
from fanar.jobs import Asked, Failure, Inquiry, Job, Json, Outcome, QueueBounds, Stage, Step
from orchestrator.jobs.bells import Bells
from orchestrator.jobs.research import ResearchDesk

_NO = Bilingual("No.", "لا.")


P = ParamSpec("P")
T = TypeVar("T")


def _in_turn(method: Callable[Concatenate[InMemoryJobs, P], T]) -> Callable[Concatenate[InMemoryJobs, P], T]:
    @wraps(method)
    def called(self: InMemoryJobs, *arguments: P.args, **options: P.kwargs) -> T:
        with self._turn:
            return method(self, *arguments, **options)

    return called


class InMemoryJobs:
    """A JobRepository that forgets with its process. Threads call it: what is read and written is one step, as in a database."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._turn = RLock()

    @property
    def ids(self) -> list[str]:
        """The ids of all jobs, in the order in which they came."""
        return list(self._jobs)

    @_in_turn
    def add(self, job: Job, *, bounds: QueueBounds) -> None:
        unfinished = [each for each in self._jobs.values() if not each.over]
        if sum(each.owner == job.owner for each in unfinished) >= bounds.per_owner:
            raise RateLimitedError(_NO, retry_after=bounds.retry_after)
        if len(unfinished) >= bounds.jobs:
            raise OverloadedError(_NO, retry_after=bounds.retry_after)
        self._jobs[job.id] = job

    def find(self, job_id: str, *, owner: str) -> Job:
        job = self._jobs.get(job_id)
        if job is None or job.owner != owner:
            raise NotFoundError(_NO, param="id")
        return job

    @_in_turn
    def claim(self, runner: str, *, now: datetime, lapsed: datetime, running: int, attempts: int) -> Job | None:
        if sum(job.state == "running" and job.changed >= lapsed for job in self._jobs.values()) >= running:
            return None
        for job in list(self._jobs.values()):
            if job.state != "queued" and not (job.state == "running" and job.changed < lapsed):
                continue
            if job.cancelling:
                self._end(job, Outcome("cancelled"), now)
            elif job.attempts >= attempts:
                self._end(job, Outcome("failed", failure=Failure("internal_server_error", _NO)), now)
            else:
                taken = replace(job, state="running", runner=runner, changed=now, attempts=job.attempts + 1, started=job.started or now)
                self._jobs[job.id] = taken
                return taken
        return None

    @_in_turn
    def hear(self, job_id: str, *, runner: str, now: datetime, stage: Stage | None = None) -> bool:
        job = self._held(job_id, runner)
        self._jobs[job_id] = replace(job, changed=now, stage=stage or job.stage)
        return not job.cancelling

    @_in_turn
    def finish(self, job_id: str, outcome: Outcome, *, runner: str, now: datetime, stage: Stage | None = None) -> None:
        job = self._held(job_id, runner)
        self._end(replace(job, stage=stage or job.stage), outcome, now)

    @_in_turn
    def release(self, job_id: str, *, runner: str, now: datetime) -> None:
        job = self._jobs[job_id]
        if (job.state, job.runner) == ("running", runner):
            self._jobs[job_id] = replace(job, state="queued", runner="", changed=now, attempts=job.attempts - 1)

    @_in_turn
    def cancel(self, job_id: str, *, owner: str, now: datetime) -> Job:
        job = self.find(job_id, owner=owner)
        if job.state in ("completed", "failed"):
            raise ConflictError(_NO)
        if job.state == "queued":
            self._end(job, Outcome("cancelled"), now)
        elif job.state == "running":
            self._jobs[job_id] = replace(job, cancelling=True)
        return self._jobs[job_id]

    @_in_turn
    def forget(self, *, before: datetime) -> int:
        old = [job.id for job in self._jobs.values() if job.finished is not None and job.finished < before]
        for job_id in old:
            del self._jobs[job_id]
        return len(old)

    def _held(self, job_id: str, runner: str) -> Job:
        job = self._jobs[job_id]
        if (job.state, job.runner) != ("running", runner):
            raise ConflictError(_NO)
        return job

    def _end(self, job: Job, outcome: Outcome, now: datetime) -> None:
        self._jobs[job.id] = replace(
            job, state=outcome.state, report=outcome.report, failure=outcome.failure, changed=now, finished=now, cancelling=False
        )


class CountingResearcher:
    """Counts to `steps`, one a step, from where the notes say; from `pauses` on waits for `may_go`, and fails at `breaks` with `error`."""

    def __init__(self, *, steps: int = 3, pauses: int = 1, breaks: int = 0, error: Exception | None = None) -> None:
        self._steps = steps
        self._pauses = pauses
        self._breaks = breaks
        self._error = error
        self.may_go = asyncio.Event()
        self.may_go.set()
        self.counted: list[int] = []
        self.closed = 0

    async def research(self, inquiry: Asked, notes: Json) -> AsyncIterator[Step]:
        assert isinstance(inquiry, Inquiry)
        try:
            for number in range(notes.get("counted", 0) + 1, self._steps + 1):
                yield Step(Bilingual(f"Counting {number}", f"عدّ {number}"), done=number - 1, total=self._steps)
                if number >= self._pauses:
                    await self.may_go.wait()
                if number == self._breaks and self._error is not None:
                    raise self._error
                self.counted.append(number)
                yield Step(text=f"{number} ", notes={"counted": number}, done=number, total=self._steps)
            yield Step(report=REPORT | {"question": inquiry.question, "depth": inquiry.depth}, done=self._steps, total=self._steps)
        finally:
            self.closed += 1


REPORT = {
    "title": "Counting",
    "question": "",
    "language": "en",
    "depth": "quick",
    "plan": [{"question": "To three", "kind": "asked"}],
    "summary": "Counted.",
    "sections": [],
    "disagreements": [],
    "not_found": [],
    "limitations": [],
    "references": [],
    "quotations": [],
    "content": "1 2 3 ",
    "corpora": {},
    "written_by": [],
    "notice": None,
}


_BOUNDS = QueueBounds(jobs=10, per_owner=5)


class IdleRunner:
    """Runs nothing; remembers what it was to stop."""

    pace = 3

    def __init__(self) -> None:
        self.stopped: list[str] = []

    def stop(self, job_id: str) -> None:
        self.stopped.append(job_id)


def idle_desk(
    jobs: InMemoryJobs | None = None,
    *,
    bounds: QueueBounds = _BOUNDS,
    discussed: Callable[[str], bool] = lambda _: True,
) -> ResearchDesk:
    """Return a desk whose jobs wait."""
    return ResearchDesk(jobs=jobs or InMemoryJobs(), runner=IdleRunner(), bells=Bells(), bounds=bounds, discussed=discussed)
