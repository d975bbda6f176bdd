"""Jobs of any kind in the contract's words: how far they have come, and what they failed with. Knows nothing of what they are about."""

from __future__ import annotations

from typing import Any

from fanar import errors
from fanar.bilingual import Bilingual, Language
from fanar.jobs import Failure, Job
from orchestrator.api.errors import envelope

Json = dict[str, Any]

_CLASSES = (
    errors.StorageError,
    errors.UpstreamTimeoutError,
    errors.NotFoundError,
    errors.UnprocessableError,
    errors.ConflictError,
    errors.TooLargeError,
    errors.ForbiddenAddressError,
)
_BY_CODE = {each.code: each for each in _CLASSES}


def state_json(job: Job, language: Language) -> Json:
    """Return how a job is doing; what failed is told in `language`."""
    steps = [message_json(entry.message) for entry in job.stage.entries if entry.message]
    progress = {"done": job.stage.done, "total": job.stage.total, "message": steps[-1] if steps else None, "steps": steps}
    told: Json = {"id": job.id, "status": job.state, "created": int(job.created.timestamp()), "progress": progress}
    return told if job.failure is None else {**told, **envelope(error_of(job.failure), language)}


def error_of(failure: Failure) -> errors.FanarError:
    """Return what a job failed with as an error of ours."""
    return _BY_CODE.get(failure.code, errors.FanarError)(failure.message)


def message_json(message: Bilingual) -> dict[str, str]:
    """Return what is said in both languages."""
    return {"en": message.en, "ar": message.ar}
