"""Research jobs in the contract's words: as one answer, and as chunks of a stream. Knows nothing of connections or of who runs jobs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fanar import errors
from fanar.bilingual import Bilingual, Language
from fanar.research import Entry, Failure, ResearchJob
from orchestrator.api.errors import envelope
from orchestrator.api.wire import json_event

Json = dict[str, Any]

_CANCELLED = Bilingual("The research was cancelled.", "أُلغي البحث.")
_CLASSES = (errors.StorageError, errors.UpstreamTimeoutError, errors.NotFoundError, errors.UnprocessableError, errors.ConflictError)
_BY_CODE = {each.code: each for each in _CLASSES}
_NO_USAGE = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


def job_json(job: ResearchJob, language: Language) -> Json:
    """Return a job as one answer; what failed is told in `language`."""
    steps = [_both(entry.message) for entry in job.stage.entries if entry.message]
    told: Json = {"id": job.id, "object": "research", "status": job.state, "created": int(job.created.timestamp())}
    told |= {"model": job.inquiry.model, "depth": job.inquiry.depth}
    told["progress"] = {"done": job.stage.done, "total": job.stage.total, "message": steps[-1] if steps else None, "steps": steps}
    if job.report is not None:
        told |= {"report": job.report, "metadata": metadata_of(job)}
    if job.failure is not None:
        told |= envelope(error_of(job.failure), language)
    return told


def metadata_of(job: ResearchJob) -> Json:
    """Return what the contract says of a finished research besides its report."""
    elapsed = (job.finished - job.started).total_seconds() if job.finished and job.started else 0.0
    sources = len((job.report or {}).get("references", ()))
    return {"depth": job.inquiry.depth, "elapsed_seconds": round(elapsed, 3), "total_sources": sources, "web_search_used": False}


def error_of(failure: Failure) -> errors.FanarError:
    """Return what a job failed with as an error of ours."""
    return _BY_CODE.get(failure.code, errors.FanarError)(failure.message)


class ResearchWriter:
    """Writes the states of one job as a stream: what is new in each, then the report and the last chunk."""

    def __init__(self, job: ResearchJob) -> None:
        self._base: Json = {
            "id": job.id,
            "object": "chat.completion.chunk",
            "created": int(job.created.timestamp()),
            "model": job.inquiry.model,
        }
        self._written = 0
        self._begun = False

    def frames(self, job: ResearchJob, /) -> Iterator[bytes]:
        """Yield the frames for the next state of the job. Raises the FanarError that it failed with, ClientClosedError when cancelled."""
        for entry in job.stage.entries[self._written :]:
            self._written += 1
            yield from self._entry(entry)
        if job.state == "cancelled":
            raise errors.ClientClosedError(_CANCELLED)
        if job.failure is not None:
            raise error_of(job.failure)
        if job.report is not None:
            yield self._frame({"choices": [], "report": job.report})
            yield self._last(job)

    def failure(self, error: errors.FanarError, language: Language) -> bytes:
        """Return the frame that ends a stream that failed."""
        return self._frame({"choices": [], **envelope(error, language)})

    def _entry(self, entry: Entry) -> Iterator[bytes]:
        if entry.message:
            yield self._frame({"choices": [], "progress": {"message": _both(entry.message)}})
        if entry.text:
            delta = {**({} if self._begun else {"role": "assistant"}), "content": entry.text}
            self._begun = True
            yield self._frame({"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})

    def _last(self, job: ResearchJob) -> bytes:
        delta = {"references": (job.report or {}).get("references", [])}
        choices = [{"index": 0, "delta": delta, "finish_reason": "stop"}]
        return self._frame({"choices": choices, "usage": _NO_USAGE, "metadata": metadata_of(job)})

    def _frame(self, rest: Json) -> bytes:
        return json_event({**self._base, **rest})


def _both(message: Bilingual) -> dict[str, str]:
    return {"en": message.en, "ar": message.ar}
