"""POST /v1/feedback: what a caller says of an answer, and where its prompt should have gone."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request

from fanar import errors
from orchestrator.api.dependencies import Caller, CurrentPlatform, admitted, body_as
from orchestrator.api.errors import documented
from orchestrator.api.openapi import reads
from orchestrator.api.schemas.feedback import FeedbackAnswer, FeedbackRequest
from orchestrator.limits import FEEDBACK

router = APIRouter(tags=["Feedback"])


@router.post(
    "/v1/feedback",
    summary="Say whether an answer was good, and where it should have come from",
    responses=documented(errors.NotFoundError, errors.RateLimitedError, errors.StorageError),
    openapi_extra=reads(FeedbackRequest),
)
async def give_feedback(request: Request, platform: CurrentPlatform, key: Caller) -> FeedbackAnswer:
    """Keep it for the key that asks; what that key said of the same answer before is replaced. Once answered, it survives a crash.

    Corrections (`route`, `model`) are what `fanar route fit` learns from.
    """
    wanted = await body_as(FeedbackRequest, request)
    await admitted(request, platform, FEEDBACK)
    kept = await platform.feedback.take(wanted.opinion, owner=key)
    request.state.id = kept.id
    return FeedbackAnswer(id=kept.id, object="feedback", answer=kept.answer, created=int(kept.created.timestamp()), rating=kept.rating)
