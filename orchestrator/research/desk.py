"""Takes research in, and tells those who asked for it how it goes. Knows nothing of HTTP, nor of how research is done or kept."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from fanar.bilingual import Bilingual
from fanar.errors import ContentFilteredError, FanarError, NotFoundError, UnprocessableError
from fanar.protocols import ResearchJobRepository
from fanar.research import NO_SUCH_JOB, Inquiry, QueueBounds, ResearchJob
from orchestrator.research.bells import Bells
from orchestrator.research.runner import NEW
from rag.islamic.research.scope import LONGEST_QUESTION
from rag.prompts import neutralised

LOOK_SECONDS = 1.0
"""How soon it is noticed what another process did to a job."""
_ID = re.compile(r"research-[0-9a-f]{32}")
_NOTHING = Bilingual("input holds no question.", "لا سؤال في input.")
_TOO_LONG = Bilingual(f"input must have at most {LONGEST_QUESTION} characters.", f"يجب ألا يزيد input على {LONGEST_QUESTION} محرف.")
_BLOCKED = Bilingual("The question holds what this platform does not discuss.", "في السؤال ما لا تتناوله هذه المنصة.")


class JobRunning(Protocol):
    """Runs jobs, here or elsewhere."""

    @property
    def pace(self) -> int:
        """Seconds until a place is likely to be free."""
        ...

    def stop(self, job_id: str) -> None:
        """Stop the work on a job that was cancelled, if it is done here."""
        ...


class ResearchDesk:
    """Jobs for those who ask. `bounds` are the operator's, `discussed` says whether a question may be asked at all."""

    def __init__(
        self,
        *,
        jobs: ResearchJobRepository,
        runner: JobRunning,
        bells: Bells,
        bounds: QueueBounds,
        discussed: Callable[[str], bool] = lambda _: True,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._jobs = jobs
        self._runner = runner
        self._bells = bells
        self._bounds = bounds
        self._discussed = discussed
        self._now = now

    async def submit(self, inquiry: Inquiry, *, id: str, owner: str) -> ResearchJob:  # noqa: A002
        """Take a job in; when this returns, it survives a crash.

        Raises UnprocessableError, ContentFilteredError, RateLimitedError, OverloadedError, StorageError.
        """
        question = neutralised(inquiry.question).strip()
        if not any(map(str.isalnum, question)):
            raise UnprocessableError(_NOTHING, param="input")
        if len(question) > LONGEST_QUESTION:
            raise UnprocessableError(_TOO_LONG, param="input")
        if not self._discussed(question):
            raise ContentFilteredError(_BLOCKED, kind="blocklist", param="input")
        now = self._now()
        job = ResearchJob(id, owner, now, replace(inquiry, question=question), now)
        await asyncio.to_thread(self._jobs.add, job, bounds=replace(self._bounds, retry_after=self._runner.pace))
        self._bells.ring(NEW)
        return job

    async def find(self, job_id: str, *, owner: str) -> ResearchJob:
        """Return a job of `owner`. Raises NotFoundError, for another's too."""
        _require_id(job_id)
        return await asyncio.to_thread(self._jobs.find, job_id, owner=owner)

    async def cancel(self, job_id: str, *, owner: str) -> ResearchJob:
        """Cancel a job and return it; one that runs stops at its next step. Raises NotFoundError, ConflictError when it ended by itself."""
        _require_id(job_id)
        job = await asyncio.to_thread(self._jobs.cancel, job_id, owner=owner, now=self._now())
        self._runner.stop(job_id)
        self._bells.ring(job_id)
        self._bells.ring(NEW)
        return job

    async def follow(self, job: ResearchJob) -> AsyncIterator[ResearchJob]:
        """Yield a job, and again whenever it has changed, until it is over. Leaving before that cancels nothing."""
        yield job
        while not job.over:
            await self._bells.heard(job.id, seconds=LOOK_SECONDS)
            seen = await self.find(job.id, owner=job.owner)
            if (seen.state, seen.stage) != (job.state, job.stage):
                yield seen
            job = seen

    async def attended(self, job: ResearchJob) -> AsyncIterator[ResearchJob]:
        """Yield what `follow` does; when the reader leaves before the end, the job is cancelled: nobody waits for it any more."""
        try:
            async for seen in self.follow(job):
                job = seen
                yield seen
        finally:
            if not job.over:
                with suppress(FanarError):
                    await self.cancel(job.id, owner=job.owner)


def _require_id(job_id: str) -> None:
    # Not every database takes every string: what cannot be an id is not asked for.
    if not _ID.fullmatch(job_id):
        raise NotFoundError(NO_SUCH_JOB, param="id")
