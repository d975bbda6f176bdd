"""POST /v1/attributions: what a text quotes, and whether it quotes it rightly."""

from __future__ import annotations

import asyncio
from dataclasses import asdict

from fastapi import APIRouter
from starlette.requests import Request

from orchestrator.api.dependencies import Caller, CurrentPlatform, body_as
from orchestrator.api.errors import documented
from orchestrator.api.identity import new_id
from orchestrator.api.openapi import reads
from orchestrator.api.schemas.services import AttributionAnswer, AttributionRequest

router = APIRouter(tags=["Attribution"])


@router.post("/v1/attributions", summary="Check the quotations of a text", responses=documented(), openapi_extra=reads(AttributionRequest))
async def attributions(request: Request, platform: CurrentPlatform, key: Caller) -> AttributionAnswer:
    """Judge every quotation of the Quran in a text: exact, a variant spelling, altered (word by word), or not found."""
    wanted = await body_as(AttributionRequest, request)
    request.state.id = new_id("attr")
    # A long text takes long enough to be felt by every stream in progress.
    report = await asyncio.to_thread(platform.verifier.verify, wanted.text, checks=frozenset(wanted.checks))
    return AttributionAnswer.model_validate({"id": request.state.id, "claims": [], **asdict(report)})
