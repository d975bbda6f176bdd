"""POST /v1/sadiq/deep-research and what follows it: research streamed, whole, or as a job that one comes back to."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from fanar import errors
from fanar.bilingual import Bilingual
from fanar.jobs import Job
from fanar.streams import closing
from orchestrator.api.dependencies import Caller, CurrentPlatform, admitted, body_as, state_of
from orchestrator.api.errors import documented, language_of
from orchestrator.api.identity import new_id
from orchestrator.api.jobs import error_of
from orchestrator.api.openapi import events_of, reads
from orchestrator.api.research import CANCELLED, ResearchWriter, job_json
from orchestrator.api.sadiq import require_sadiq
from orchestrator.api.schemas.research import ResearchChunk, ResearchJob, ResearchRequest
from orchestrator.api.sse import EventStream, unless_disconnected
from orchestrator.api.wire import json_answer

PATH = "/v1/sadiq/deep-research"
router = APIRouter(tags=["Deep research"])

_NOT_SADIQ = Bilingual("No model of this id researches; Fanar-Sadiq-2 does.", "لا نموذج بهذا المعرّف يجري الأبحاث؛ يجريها Fanar-Sadiq-2.")
_FAILURES = documented(
    errors.NotFoundError, errors.ContentFilteredError, errors.RateLimitedError, errors.OverloadedError, errors.NotConfiguredError
)


@router.post(
    PATH,
    summary="Research a question in the installed sources",
    response_model=ResearchJob,
    responses={200: {"content": {"text/event-stream": events_of(ResearchChunk)}}, **_FAILURES},
    openapi_extra=reads(ResearchRequest),
)
async def start_research(request: Request, platform: CurrentPlatform, key: Caller) -> Response:
    """Research a question: a plan of questions, evidence for each from every installed source, a report that cites every passage.

    With `background` the answer is a job `{id, status}` at once; else the report streams as it is written, or comes whole. A research
    that is waited for ends when its reader leaves; a background job outlives readers, and restarts of the server.
    """
    wanted = await body_as(ResearchRequest, request)
    require_sadiq(platform, wanted.model, _NOT_SADIQ)
    await admitted(request, platform, wanted.model)
    job_id = new_id("research")
    job = await platform.research.submit(wanted.inquiry, id=job_id, owner=key)
    request.state.id = job.id
    if wanted.background:
        return _answer(job, request)
    states = state_of(request).slots.held(platform.research.attended(job))
    if wanted.stream:
        return EventStream(states, ResearchWriter(job))
    return _answer(_completed(await unless_disconnected(request.receive, _last(states, job))), request)


@router.get(
    f"{PATH}/{{id}}",
    summary="How a research job is doing, and its report",
    response_model=ResearchJob,
    responses=documented(errors.NotFoundError, errors.StorageError),
)
async def read_research(id: str, request: Request, platform: CurrentPlatform, key: Caller) -> Response:  # noqa: A002
    """Return a job of the key that made it; another key's is not found."""
    job = await platform.research.find(id, owner=key)
    request.state.id = job.id
    return _answer(job, request)


@router.post(
    f"{PATH}/{{id}}/cancel",
    summary="Cancel a research job",
    response_model=ResearchJob,
    responses=documented(errors.NotFoundError, errors.ConflictError, errors.StorageError),
)
async def cancel_research(id: str, request: Request, platform: CurrentPlatform, key: Caller) -> Response:  # noqa: A002
    """Cancel a job: one that waits ends at once, one that runs at its next step. One that is completed or has failed is a conflict."""
    job = await platform.research.cancel(id, owner=key)
    request.state.id = job.id
    return _answer(job, request)


async def _last(states: AsyncIterator[Job], job: Job) -> Job:
    async with closing(states):
        async for state in states:
            job = state
    return job


def _completed(job: Job) -> Job:
    """Return the job. Raises what it failed with, ConflictError when it was cancelled."""
    if job.failure is not None:
        raise error_of(job.failure)
    if job.state == "cancelled":
        raise errors.ConflictError(CANCELLED)
    return job


def _answer(job: Job, request: Request) -> Response:
    return json_answer(job_json(job, language_of(request.headers)))
