"""Takes questions in that are to be researched. Knows nothing of HTTP, nor of how research is done or kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from fanar.bilingual import Bilingual
from fanar.errors import ContentFilteredError, UnprocessableError
from fanar.jobs import Inquiry, Job, QueueBounds
from fanar.protocols import JobRepository
from orchestrator.jobs.bells import Bells
from orchestrator.jobs.desk import JobDesk, JobRunning
from rag.islamic.research.scope import LONGEST_QUESTION
from rag.prompts import neutralised

_NOTHING = Bilingual("input holds no question.", "لا سؤال في input.")
_TOO_LONG = Bilingual(f"input must have at most {LONGEST_QUESTION} characters.", f"يجب ألا يزيد input على {LONGEST_QUESTION} محرف.")
_BLOCKED = Bilingual("The question holds what this platform does not discuss.", "في السؤال ما لا تتناوله هذه المنصة.")


class ResearchDesk(JobDesk[Inquiry]):
    """Research for those who ask. `discussed` says whether a question may be asked at all."""

    prefix = "research"

    def __init__(
        self,
        *,
        jobs: JobRepository,
        runner: JobRunning,
        bells: Bells,
        bounds: QueueBounds,
        discussed: Callable[[str], bool] = lambda _: True,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(jobs=jobs, runner=runner, bells=bells, bounds=bounds, now=now)
        self._discussed = discussed

    async def submit(self, inquiry: Inquiry, *, id: str, owner: str) -> Job:  # noqa: A002
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
        return await super().submit(replace(inquiry, question=question), id=id, owner=owner)
