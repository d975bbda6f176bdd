"""What the answers of all jobs have in common."""

from __future__ import annotations

from fanar.jobs import JobState
from orchestrator.api.schemas.base import Answer
from orchestrator.api.schemas.completions import ErrorDetail, ProgressMessage


class JobProgress(Answer):
    """How far a job has come: steps that are done, of how many as far as is known, and what was begun, in order."""

    done: int
    total: int
    message: ProgressMessage | None
    steps: list[ProgressMessage]


class JobAnswer(Answer):
    """A job. `error` is there when it has failed."""

    id: str
    status: JobState
    created: int
    progress: JobProgress
    error: ErrorDetail | None = None
