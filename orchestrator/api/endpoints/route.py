"""POST /v1/route: where a conversation would go, and why, without answering it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request

from fanar import errors
from orchestrator.api.checks import check_conversation
from orchestrator.api.dependencies import Caller, CurrentPlatform, body_as, state_of
from orchestrator.api.errors import documented, language_of
from orchestrator.api.openapi import reads
from orchestrator.api.schemas.services import Alternative, RouteAnswer, RouteRequest

router = APIRouter(tags=["Routing"])


@router.post("/v1/route", summary="Say where a prompt goes", responses=documented(errors.NotFoundError), openapi_extra=reads(RouteRequest))
async def route(request: Request, platform: CurrentPlatform, key: Caller) -> RouteAnswer:
    """Say which route and model would answer, how sure that is, for which reasons, and what else was possible."""
    wanted = await body_as(RouteRequest, request)
    check_conversation(wanted.messages, state_of(request).settings.limits)
    messages = [message.message() for message in wanted.messages]
    decision = await platform.router.route(messages, model=wanted.model)
    await platform.decisions.note(messages, decision, answer=request.state.id, owner=key, model=wanted.model)
    return RouteAnswer(
        route=decision.route,
        model=decision.model,
        confidence=decision.confidence,
        reasons=decision.reasons_in(language_of(request.headers)),
        alternatives=[Alternative(route=other, confidence=confidence) for other, confidence in decision.alternatives],
    )
