"""POST /v1/tokens: how many tokens a text has for a model."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request

from fanar import errors
from orchestrator.api.dependencies import Caller, CurrentPlatform, body_as
from orchestrator.api.errors import documented
from orchestrator.api.identity import new_id
from orchestrator.api.openapi import reads
from orchestrator.api.schemas.tokens import TokensAnswer, TokensRequest

router = APIRouter(tags=["Models"])


@router.post(
    "/v1/tokens",
    summary="Count the tokens of a text",
    responses=documented(errors.NotFoundError, errors.NotConfiguredError, errors.UpstreamTimeoutError),
    openapi_extra=reads(TokensRequest),
)
async def count_tokens(request: Request, platform: CurrentPlatform, key: Caller) -> TokensAnswer:
    """Count exactly, by the tokenizer of the server that would answer."""
    wanted = await body_as(TokensRequest, request)
    request.state.id = new_id("tokens")
    counted = await platform.tokens.count(wanted.content, model=wanted.model)
    return TokensAnswer(id=request.state.id, tokens=counted.tokens, max_request_tokens=counted.limit)
