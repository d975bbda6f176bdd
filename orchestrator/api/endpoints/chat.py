"""POST /v1/chat/completions: a conversation's next turn, whole or streamed."""

from __future__ import annotations

from dataclasses import replace
from time import time

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from fanar import errors
from orchestrator.api.checks import check_conversation, check_fields
from orchestrator.api.chunks import ChunkWriter
from orchestrator.api.collect import collect
from orchestrator.api.dependencies import Caller, CurrentPlatform, admitted, body_as, state_of
from orchestrator.api.errors import documented, language_of
from orchestrator.api.identity import new_id
from orchestrator.api.openapi import events_of, reads
from orchestrator.api.owners import owner_of
from orchestrator.api.schemas.chat import ChatCompletionRequest
from orchestrator.api.schemas.completions import ChatCompletion, ChatCompletionChunk
from orchestrator.api.sse import EventStream, unless_disconnected
from orchestrator.api.wire import json_answer

PATH = "/v1/chat/completions"
TOOL_EVENTS_HEADER = "x-fanar-tool-events"

router = APIRouter(tags=["Chat"])
_FAILURES = documented(
    errors.NotFoundError, errors.RateLimitedError, errors.NotConfiguredError, errors.UpstreamTimeoutError, errors.ContentFilteredError
)


@router.post(
    PATH,
    summary="Answer a conversation",
    response_model=ChatCompletion,
    responses={200: {"content": {"text/event-stream": events_of(ChatCompletionChunk)}}, **_FAILURES},
    openapi_extra=reads(ChatCompletionRequest),
)
async def create_chat_completion(request: Request, platform: CurrentPlatform, key: Caller) -> Response:
    """Answer a conversation. `Fanar` routes it; `metadata.routing` says where to and why. Other model ids go straight to that model."""
    state = state_of(request)
    wanted = await body_as(ChatCompletionRequest, request)
    check_conversation(wanted.messages, state.settings.limits)
    check_fields(wanted)
    request.state.id = new_id("chatcmpl")
    await admitted(request, platform, wanted.model)
    chat = replace(wanted.request(), language=language_of(request.headers))
    if wanted.names_files:
        chat = replace(chat, attached=wanted.attached(await owner_of(request, key)))
    created = int(time())
    writer = ChunkWriter(
        id=request.state.id,
        created=created,
        model=wanted.model,
        choices=chat.sampling.n,
        include_usage=bool(wanted.stream_options and wanted.stream_options.include_usage),
        contract_tools=request.headers.get(TOOL_EVENTS_HEADER) == "contract",
    )
    noted = platform.decisions.noted(
        platform.dispatcher.answer(chat), chat.messages, answer=request.state.id, owner=key, model=wanted.model
    )
    events = state.slots.held(noted)
    if not wanted.stream:
        collected = collect(events, id=request.state.id, created=created, model=wanted.model, choices=chat.sampling.n)
        answer = await unless_disconnected(request.receive, collected)
        return json_answer(answer)
    return EventStream(events, writer)
