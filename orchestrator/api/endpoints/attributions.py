"""POST /v1/attributions: what a text quotes and claims, and whether its sources say so; whole, as a stream, and in batches."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from fanar import errors
from fanar.bilingual import Language
from fanar.claims import ClaimFinding
from fanar.errors import FanarError
from fanar.jobs import Job
from orchestrator.api.dependencies import Caller, CurrentPlatform, body_as, state_of
from orchestrator.api.errors import documented, envelope, language_of
from orchestrator.api.identity import new_id
from orchestrator.api.jobs import state_json
from orchestrator.api.openapi import events_of, reads
from orchestrator.api.schemas.attributions import (
    AttributionAnswer,
    AttributionBatch,
    AttributionBatchAnswer,
    AttributionEvent,
    AttributionJob,
    AttributionRequest,
)
from orchestrator.api.sse import EventStream, unless_disconnected
from orchestrator.api.wire import json_answer, json_event
from orchestrator.attributions import Checked, whole

PATH = "/v1/attributions"
router = APIRouter(tags=["Attribution"])

_FAILURES = documented(
    errors.NotFoundError, errors.TooLargeError, errors.RateLimitedError, errors.OverloadedError, errors.UpstreamTimeoutError
)


@router.post(
    PATH,
    summary="Check the quotations and claims of a text",
    response_model=AttributionAnswer | AttributionJob,
    responses={200: {"content": {"text/event-stream": events_of(AttributionEvent)}}, **_FAILURES},
    openapi_extra=reads(AttributionRequest),
)
async def attributions(request: Request, platform: CurrentPlatform, key: Caller) -> Response:
    """Judge every quotation of the Quran and of hadith in a text, and every claim against the sources that are named.

    A quotation is exact, a variant spelling, altered (word by word), or not found; a claim supported, contradicted, not found or not worth
    a check, with the passage that says so. At most 100 sources with 1,000,000 characters in all are read, ten of them fetched, and 2,000
    claims are judged; of those, the first 60 are looked up in corpora. With `background` the answer is a job, which takes ten times as many
    claims and outlives readers and restarts of the server.
    """
    wanted = await body_as(AttributionRequest, request)
    request.state.id = new_id("attr")
    if wanted.background:
        return _job(await platform.checks.submit(wanted.inquiry, id=request.state.id, owner=key), request)
    findings = state_of(request).slots.held(platform.attributions.check(wanted.inquiry))
    if wanted.stream:
        return EventStream(findings, _Writer(request.state.id))
    checked = await unless_disconnected(request.receive, whole(findings))
    return json_answer(_told(request.state.id, checked))


@router.post(
    f"{PATH}/batch",
    summary="Check several texts",
    response_model=AttributionBatchAnswer,
    responses=_FAILURES,
    openapi_extra=reads(AttributionBatch),
)
async def attribution_batch(request: Request, platform: CurrentPlatform, key: Caller) -> Response:
    """Check up to 32 texts, one after the other; one that fails has its error in its place, and the others their reports."""
    wanted = await body_as(AttributionBatch, request)
    batch = request.state.id = new_id("attr")
    language = language_of(request.headers)

    async def results() -> AsyncIterator[dict[str, Any]]:
        """Yield what becomes of each item."""
        for at, item in enumerate(wanted.items):
            try:
                checked = await whole(platform.attributions.check(item.inquiry))
            except FanarError as error:
                yield {"report": None, **envelope(error, language)}
            else:
                yield {"report": _told(f"{batch}-{at}", checked), "error": None}

    told = await unless_disconnected(request.receive, _all(state_of(request).slots.held(results())))
    return json_answer({"id": batch, "results": told})


@router.get(
    f"{PATH}/{{id}}",
    summary="How a check in the background is doing, and its report",
    response_model=AttributionJob,
    responses=documented(errors.NotFoundError, errors.StorageError),
)
async def read_check(id: str, request: Request, platform: CurrentPlatform, key: Caller) -> Response:  # noqa: A002
    """Return a job of the key that made it; another key's is not found."""
    job = await platform.checks.find(id, owner=key)
    request.state.id = job.id
    return _job(job, request)


@router.post(
    f"{PATH}/{{id}}/cancel",
    summary="Cancel a check in the background",
    response_model=AttributionJob,
    responses=documented(errors.NotFoundError, errors.ConflictError, errors.StorageError),
)
async def cancel_check(id: str, request: Request, platform: CurrentPlatform, key: Caller) -> Response:  # noqa: A002
    """Cancel a job: one that waits ends at once, one that runs at its next step. One that is completed or has failed is a conflict."""
    job = await platform.checks.cancel(id, owner=key)
    request.state.id = job.id
    return _job(job, request)


async def _all(results: AsyncIterator[dict[str, Any]]) -> list[dict[str, Any]]:
    return [result async for result in results]


class _Writer:
    """Writes the findings of one text as events."""

    def __init__(self, id: str) -> None:  # noqa: A002
        self._id = id

    def frames(self, finding: ClaimFinding | Checked, /) -> Iterator[bytes]:
        """Yield the frame of a claim, or of the report."""
        if isinstance(finding, Checked):
            yield self._frame({"object": "attribution", "report": _told(self._id, finding)})
        else:
            yield self._frame({"object": "attribution.claim", "claim": asdict(finding)})

    def failure(self, error: FanarError, language: Language) -> bytes:
        """Return the frame that ends a stream that failed."""
        return self._frame({"object": "attribution", **envelope(error, language)})

    def _frame(self, rest: dict[str, Any]) -> bytes:
        return json_event({"id": self._id, **rest})


def _job(job: Job, request: Request) -> Response:
    told = {**state_json(job, language_of(request.headers)), "object": "attribution.job"}
    return json_answer(told if job.report is None else {**told, "report": {"id": job.id, **job.report}})


def _told(id: str, checked: Checked) -> dict[str, Any]:  # noqa: A002
    return {"id": id, **asdict(checked)}
