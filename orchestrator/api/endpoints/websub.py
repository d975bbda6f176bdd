"""GET and POST /v1/recency/websub/{token}: where hubs ask whether we subscribed, and tell what is new. The token is the key."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from fanar import errors
from orchestrator.api.body import read_body
from orchestrator.api.dependencies import CurrentPlatform, state_of
from orchestrator.api.errors import documented
from rag.recency.websub import verification_of

router = APIRouter(tags=["Recency"])
_PATH = "/v1/recency/websub/{token}"
_ACCEPTED = 202
_LONGEST_TYPE = 200
_LONGEST_SIGNATURE = 300


@router.get(
    _PATH,
    summary="Confirm a subscription to a hub",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **documented(errors.NotFoundError)},
)
async def confirm(token: str, request: Request, platform: CurrentPlatform) -> PlainTextResponse:
    """Return the hub's challenge when we did ask for this subscription; 404 when not."""
    return PlainTextResponse(await platform.pushes.confirm(token, verification_of(request.query_params)))


@router.post(
    _PATH,
    summary="Hear from a hub that a feed has changed",
    status_code=_ACCEPTED,
    response_class=Response,
    responses=documented(errors.NotFoundError, errors.TooLargeError),
)
async def take(token: str, request: Request, platform: CurrentPlatform) -> Response:
    """Take in what a hub sends, signed with our secret; it is on disk before this answers. What is not signed so changes nothing."""
    body = await read_body(request, state_of(request).settings.limits)
    signature = request.headers.get("x-hub-signature", "")[:_LONGEST_SIGNATURE]
    media_type = request.headers.get("content-type", "").partition(";")[0].strip()[:_LONGEST_TYPE] or "application/xml"
    await platform.pushes.take(token, body, signature=signature, media_type=media_type)
    return Response(status_code=_ACCEPTED)
