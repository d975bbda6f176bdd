"""POST /v1/moderations: how safe a prompt and its response are, in the hosted API's form and in OpenAI's."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.requests import Request

from fanar import errors
from fanar.moderation.verdict import CATEGORIES, Verdict, together
from orchestrator.api.dependencies import Caller, CurrentPlatform, admitted, body_as, state_of
from orchestrator.api.errors import documented
from orchestrator.api.identity import new_id
from orchestrator.api.openapi import reads
from orchestrator.api.schemas.moderations import DEFAULT_MODEL, ModerationAnswer, ModerationRequest, ModerationResult
from orchestrator.api.sse import unless_disconnected

router = APIRouter(tags=["Moderation"])


@router.post(
    "/v1/moderations",
    summary="Judge how safe texts are",
    responses=documented(
        errors.NotFoundError, errors.RateLimitedError, errors.NotConfiguredError, errors.UpstreamTimeoutError, errors.ModelUnavailableError
    ),
    openapi_extra=reads(ModerationRequest),
)
async def create_moderation(request: Request, platform: CurrentPlatform, key: Caller) -> ModerationAnswer:
    """Score a prompt with its response, or inputs, for safety and cultural awareness, and say which categories are flagged.

    `categories_supported` names the categories that the moderator tells apart; it says nothing of the others.
    """
    wanted = await body_as(ModerationRequest, request)
    request.state.id = new_id("modr")
    model = wanted.model or DEFAULT_MODEL
    await admitted(request, platform, model)
    with state_of(request).slots:
        judged = await unless_disconnected(request.receive, platform.moderation.judge(wanted.exchanges(), model=model))
    return _told(judged, request.state.id, platform.moderation.supported)


def _told(judged: Sequence[Verdict], identity: str, supported: Sequence[str]) -> ModerationAnswer:
    results = [_result(verdict) for verdict in judged]
    worst = together(judged)
    whole = _result(worst)
    return ModerationAnswer(
        id=identity,
        model=worst.model,
        safety=worst.safety,
        cultural_awareness=worst.cultural_awareness,
        flagged=whole.flagged,
        categories=whole.categories,
        category_scores=whole.category_scores,
        categories_supported=list(supported),
        results=results,
    )


def _result(verdict: Verdict) -> ModerationResult:
    return ModerationResult(
        flagged=verdict.is_flagged,
        categories={name: name in verdict.flagged for name in CATEGORIES},
        category_scores={name: verdict.scores.get(name, 0.0) for name in CATEGORIES},
        category_applied_input_types={name: ["text"] if name in verdict.scores else [] for name in CATEGORIES},
    )
