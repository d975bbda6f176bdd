"""Research jobs in the contract's words: as one answer, and as chunks of a stream. Knows nothing of connections or of who runs jobs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fanar import errors
from fanar.bilingual import Bilingual, Language
from fanar.jobs import Entry, Inquiry, Job
from orchestrator.api.errors import envelope
from orchestrator.api.jobs import error_of, message_json, state_json
from orchestrator.api.wire import json_event

Json = dict[str, Any]

CANCELLED = Bilingual("The research was cancelled.", "أُلغي البحث.")
_NO_USAGE = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


def job_json(job: Job, language: Language) -> Json:
    """Return a job as one answer; what failed is told in `language`."""
    told: Json = {**state_json(job, language), "object": "research", "model": asked_of(job).model, "depth": asked_of(job).depth}
    return told if job.report is None else {**told, "report": job.report, "metadata": metadata_of(job)}


def metadata_of(job: Job) -> Json:
    """Return what the contract says of a finished research besides its report."""
    elapsed = (job.finished - job.started).total_seconds() if job.finished and job.started else 0.0
    sources = len((job.report or {}).get("references", ()))
    return {"depth": asked_of(job).depth, "elapsed_seconds": round(elapsed, 3), "total_sources": sources, "web_search_used": False}


def asked_of(job: Job) -> Inquiry:
    """Return what a research job is to find out."""
    assert isinstance(job.inquiry, Inquiry), "the desk of research has jobs of research"  # noqa: S101
    return job.inquiry


class ResearchWriter:
    """Writes the states of one job as a stream: what is new in each, then the report and the last chunk."""

    def __init__(self, job: Job) -> None:
        self._base: Json = {
            "id": job.id,
            "object": "chat.completion.chunk",
            "created": int(job.created.timestamp()),
            "model": asked_of(job).model,
        }
        self._written = 0
        self._begun = False

    def frames(self, job: Job, /) -> Iterator[bytes]:
        """Yield the frames for the next state of the job. Raises the FanarError that it failed with, ClientClosedError when cancelled."""
        for entry in job.stage.entries[self._written :]:
            self._written += 1
            yield from self._entry(entry)
        if job.state == "cancelled":
            raise errors.ClientClosedError(CANCELLED)
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
            yield self._frame({"choices": [], "progress": {"message": message_json(entry.message)}})
        if entry.text:
            delta = {**({} if self._begun else {"role": "assistant"}), "content": entry.text}
            self._begun = True
            yield self._frame({"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})

    def _last(self, job: Job) -> bytes:
        delta = {"references": (job.report or {}).get("references", [])}
        choices = [{"index": 0, "delta": delta, "finish_reason": "stop"}]
        return self._frame({"choices": choices, "usage": _NO_USAGE, "metadata": metadata_of(job)})

    def _frame(self, rest: Json) -> bytes:
        return json_event({**self._base, **rest})
