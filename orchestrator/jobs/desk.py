"""Takes jobs in, and tells those who asked for them how they go. Knows nothing of HTTP, nor of how any work is done or kept."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar, Generic, Protocol, TypeVar

from fanar.errors import FanarError, NotFoundError
from fanar.jobs import NO_SUCH_JOB, Asked, Job, QueueBounds
from fanar.protocols import JobRepository
from orchestrator.jobs.bells import Bells
from orchestrator.jobs.runner import NEW

LOOK_SECONDS = 1.0
"""How soon it is noticed what another process did to a job."""
Q = TypeVar("Q", bound=Asked)


class JobRunning(Protocol):
    """Runs jobs, here or elsewhere."""

    @property
    def pace(self) -> int:
        """Seconds until a place is likely to be free."""
        ...

    def stop(self, job_id: str) -> None:
        """Stop the work on a job that was cancelled, if it is done here."""
        ...


class JobDesk(Generic[Q]):
    """Jobs of one kind, whose ids begin with `prefix`. `bounds` are the operator's, over all kinds."""

    prefix: ClassVar[str]

    def __init__(
        self,
        *,
        jobs: JobRepository,
        runner: JobRunning,
        bells: Bells,
        bounds: QueueBounds,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._jobs = jobs
        self._runner = runner
        self._bells = bells
        self._bounds = bounds
        self._now = now
        self._ids = re.compile(rf"{self.prefix}-[0-9a-f]{{32}}")

    async def submit(self, inquiry: Q, *, id: str, owner: str) -> Job:  # noqa: A002
        """Take a job in; when this returns, it survives a crash. Raises RateLimitedError, OverloadedError, StorageError."""
        now = self._now()
        job = Job(id, owner, now, inquiry, now)
        await asyncio.to_thread(self._jobs.add, job, bounds=replace(self._bounds, retry_after=self._runner.pace))
        self._bells.ring(NEW)
        return job

    async def find(self, job_id: str, *, owner: str) -> Job:
        """Return a job of `owner`. Raises NotFoundError, for another's too."""
        self._require_id(job_id)
        return await asyncio.to_thread(self._jobs.find, job_id, owner=owner)

    async def cancel(self, job_id: str, *, owner: str) -> Job:
        """Cancel a job and return it; one that runs stops at its next step. Raises NotFoundError, ConflictError when it ended by itself."""
        self._require_id(job_id)
        job = await asyncio.to_thread(self._jobs.cancel, job_id, owner=owner, now=self._now())
        self._runner.stop(job_id)
        self._bells.ring(job_id)
        self._bells.ring(NEW)
        return job

    async def follow(self, job: Job) -> AsyncIterator[Job]:
        """Yield a job, and again whenever it has changed, until it is over. Leaving before that cancels nothing."""
        yield job
        while not job.over:
            await self._bells.heard(job.id, seconds=LOOK_SECONDS)
            seen = await self.find(job.id, owner=job.owner)
            if (seen.state, seen.stage) != (job.state, job.stage):
                yield seen
            job = seen

    async def attended(self, job: Job) -> AsyncIterator[Job]:
        """Yield what `follow` does; when the reader leaves before the end, the job is cancelled: nobody waits for it any more."""
        try:
            async for seen in self.follow(job):
                job = seen
                yield seen
        finally:
            if not job.over:
                with suppress(FanarError):
                    await self.cancel(job.id, owner=job.owner)

    def _require_id(self, job_id: str) -> None:
        # Not every database takes every string: what cannot be an id, or is one of another desk's, is not asked for.
        if not self._ids.fullmatch(job_id):
            raise NotFoundError(NO_SUCH_JOB, param="id")
