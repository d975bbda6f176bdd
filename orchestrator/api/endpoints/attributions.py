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
from orchestrator.api.dependencies import Caller, CurrentPlatform, body_as, state_of
from orchestrator.api.errors import documented, envelope, language_of
from orchestrator.api.identity import new_id
from orchestrator.api.openapi import events_of, reads
from orchestrator.api.schemas.attributions import (
    AttributionAnswer,
    AttributionBatch,
    AttributionBatchAnswer,
    AttributionEvent,
    AttributionRequest,
)
from orchestrator.api.sse import EventStream, unless_disconnected
from orchestrator.api.wire import json_answer, json_event
from orchestrator.attributions import Checked, whole

PATH = "/v1/attributions"
router = APIRouter(tags=["Attribution"])

_FAILURES = documented(errors.NotFoundError, errors.TooLargeError, errors.OverloadedError, errors.UpstreamTimeoutError)


@router.post(
    PATH,
    summary="Check the quotations and claims of a text",
    response_model=AttributionAnswer,
    responses={200: {"content": {"text/event-stream": events_of(AttributionEvent)}}, **_FAILURES},
    openapi_extra=reads(AttributionRequest),
)
async def attributions(request: Request, platform: CurrentPlatform, key: Caller) -> Response:
    """Judge every quotation of the Quran and of hadith in a text, and every claim against the sources that are named.

    A quotation is exact, a variant spelling, altered (word by word), or not found; a claim supported, contradicted, not found or not worth
    a check, with the passage that says so. At most 100 sources with 1,000,000 characters in all are read, ten of them fetched, and 2,000
    claims are judged; of those, the first 60 are looked up in corpora.
    """
    wanted = await body_as(AttributionRequest, request)
    request.state.id = new_id("attr")
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


def _told(id: str, checked: Checked) -> dict[str, Any]:  # noqa: A002
    return {"id": id, **asdict(checked)}
