"""/v1/conversations and /v1/shared: conversations that branch, kept for who made them, and links to them by choice."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from fanar import errors
from fanar.bilingual import Bilingual
from fanar.conversations import NO_SUCH_TURN, Conversation, Turn, branch
from orchestrator.api.dependencies import CurrentPlatform, admitted, body_as
from orchestrator.api.errors import documented, language_of
from orchestrator.api.exports import attachment, markdown, snippet
from orchestrator.api.openapi import reads
from orchestrator.api.owners import Owner, own_id
from orchestrator.api.pages import page_of
from orchestrator.api.queries import parameters_of, query_as
from orchestrator.api.schemas import conversations as schemas
from orchestrator.api.wire import json_answer
from orchestrator.limits import KEEPING

PATH = "/v1/conversations"
ONE = f"{PATH}/{{id}}"
router = APIRouter(tags=["Conversations"])
_FAILURES = documented(errors.NotFoundError, errors.ConflictError, errors.RateLimitedError, errors.StorageError)
_UNTITLED = Bilingual("conversation", "محادثة")


@router.post(
    PATH,
    summary="Keep a conversation",
    response_model=schemas.ConversationItem,
    responses=_FAILURES,
    openapi_extra=reads(schemas.ConversationRequest),
)
async def create_conversation(request: Request, platform: CurrentPlatform, owner: Owner) -> Response:
    """Keep a new conversation, with the turns that it has already. Once answered, it survives a crash."""
    wanted = await body_as(schemas.ConversationRequest, request)
    metadata = schemas.weighed(wanted.metadata or {}, schemas.CONVERSATION_METADATA, "metadata")
    drafts = [message.draft() for message in wanted.messages]
    await admitted(request, platform, KEEPING)
    kept = await platform.conversations.create(drafts, owner=owner, title=wanted.title, metadata=metadata)
    request.state.id = kept[0].id
    return json_answer(await asyncio.to_thread(_whole, *kept))


@router.get(
    PATH,
    summary="List or search conversations",
    response_model=schemas.ConversationList,
    responses=_FAILURES,
    openapi_extra=parameters_of(schemas.ConversationsRequest),
)
async def list_conversations(request: Request, platform: CurrentPlatform, owner: Owner) -> Response:
    """List the caller's conversations, the one changed last first; `q` keeps those that hold all its words, in any spelling."""
    wanted = query_as(schemas.ConversationsRequest, request)
    query = wanted.q or ""
    found = await platform.conversations.search(owner, query=query, after=wanted.after, limit=wanted.asked)
    items = [schemas.found_json(each, snippet(each.turn.content, query) if each.turn else None) for each in found]
    return json_answer(page_of(items, wanted.limit))


@router.get(ONE, summary="A conversation and its turns", response_model=schemas.ConversationItem, responses=_FAILURES)
async def read_conversation(id: str, request: Request, platform: CurrentPlatform, owner: Owner) -> Response:  # noqa: A002
    """Return a conversation with all its turns: each names the one it follows, so that two with one parent are branches."""
    return json_answer(await asyncio.to_thread(_whole, *await platform.conversations.whole(own_id(id), owner=owner)))


@router.patch(
    ONE,
    summary="Rename a conversation, or show another branch",
    response_model=schemas.ConversationItem,
    responses=_FAILURES,
    openapi_extra=reads(schemas.ConversationChange),
)
async def change_conversation(id: str, request: Request, platform: CurrentPlatform, owner: Owner) -> Response:  # noqa: A002
    """Change the title, the current message or the metadata."""
    change = (await body_as(schemas.ConversationChange, request)).change()
    await admitted(request, platform, KEEPING)
    return json_answer(schemas.conversation_json(await platform.conversations.change(own_id(id), change, owner=owner)))


@router.delete(ONE, summary="Delete a conversation", responses=_FAILURES)
async def delete_conversation(id: str, request: Request, platform: CurrentPlatform, owner: Owner) -> schemas.Deleted:  # noqa: A002
    """Forget a conversation, all its turns and its link."""
    await platform.conversations.remove(own_id(id), owner=owner)
    return schemas.Deleted(id=id, object="conversation", deleted=True)


@router.post(
    f"{ONE}/messages",
    summary="Add turns to a conversation",
    response_model=schemas.AppendAnswer,
    responses=_FAILURES,
    openapi_extra=reads(schemas.AppendRequest),
)
async def append_messages(id: str, request: Request, platform: CurrentPlatform, owner: Owner) -> Response:  # noqa: A002
    """Add turns. One with the parent of another is a branch: an edit, or an answer asked for again. Once answered, they survive a crash."""
    drafts = [message.draft() for message in (await body_as(schemas.AppendRequest, request)).messages]
    await admitted(request, platform, KEEPING)
    grown, turns = await platform.conversations.append(own_id(id), drafts, owner=owner)
    return json_answer({"object": "list", "data": [schemas.message_json(turn) for turn in turns], "current": grown.current})


@router.get(
    f"{ONE}/export",
    summary="A conversation as a file",
    response_class=Response,
    responses={200: {"content": {"text/markdown": {}, "application/json": {}}}, **_FAILURES},
    openapi_extra=parameters_of(schemas.ExportRequest),
)
async def export_conversation(id: str, request: Request, platform: CurrentPlatform, owner: Owner) -> Response:  # noqa: A002
    """Return one branch as Markdown, or everything as JSON."""
    wanted = query_as(schemas.ExportRequest, request)
    conversation, turns = await platform.conversations.whole(own_id(id), owner=owner)
    language = language_of(request.headers)
    name = conversation.title or _UNTITLED.in_language(language)
    if wanted.format == "json":
        content = await asyncio.to_thread(lambda: orjson.dumps(_whole(conversation, turns), option=orjson.OPT_INDENT_2))
        return _file(content, "application/json", attachment(name, ".json"))
    known = {turn.id: turn for turn in turns}
    leaf = wanted.branch or conversation.current
    if leaf is not None and leaf not in known:
        raise errors.NotFoundError(NO_SUCH_TURN, param="branch")
    text = await asyncio.to_thread(markdown, conversation, branch(known, leaf), language)
    return _file(text.encode(), "text/markdown; charset=utf-8", attachment(name, ".md"))


@router.post(
    f"{ONE}/share",
    summary="Make a link to a conversation",
    response_model=schemas.ShareAnswer,
    responses=_FAILURES,
    openapi_extra=reads(schemas.ShareRequest),
)
async def share_conversation(id: str, request: Request, platform: CurrentPlatform, owner: Owner) -> Response:  # noqa: A002
    """Let whoever has the link read the branch as it stands now; what is said later is not in it. Shared again, the link stays the same."""
    wanted = await body_as(schemas.ShareRequest, request)
    await admitted(request, platform, KEEPING)
    shared = await platform.conversations.share(own_id(id), owner=owner, leaf=wanted.branch)
    created = int(shared.shared_at.timestamp()) if shared.shared_at else 0
    told = {"id": shared.share, "object": "share", "conversation_id": id, "branch": shared.shared, "created_at": created}
    return json_answer(told | {"path": f"/v1/shared/{shared.share}"})


@router.delete(f"{ONE}/share", summary="Take a link back", responses=_FAILURES)
async def unshare_conversation(id: str, request: Request, platform: CurrentPlatform, owner: Owner) -> schemas.Deleted:  # noqa: A002
    """Take the link back: nobody reads anything under it any more."""
    share = await platform.conversations.unshare(own_id(id), owner=owner)
    return schemas.Deleted(id=share, object="share", deleted=True)


@router.get("/v1/shared/{id}", summary="Read what was shared", response_model=schemas.SharedConversation, responses=_FAILURES)
async def read_shared(id: str, request: Request, platform: CurrentPlatform) -> Response:  # noqa: A002
    """Return the branch that a link shows, to whoever has the link."""
    conversation, turns = await platform.conversations.shared(own_id(id))
    created = int(conversation.shared_at.timestamp()) if conversation.shared_at else 0
    told = {"id": id, "object": "shared_conversation", "title": conversation.title, "created_at": created}
    return json_answer(told | {"messages": [schemas.message_json(turn) for turn in turns]})


def _whole(conversation: Conversation, turns: list[Turn]) -> dict[str, Any]:
    return schemas.conversation_json(conversation) | {"messages": [schemas.message_json(turn) for turn in turns]}


def _file(content: bytes, media_type: str, disposition: str) -> Response:
    headers = {"content-disposition": disposition, "x-content-type-options": "nosniff", "cache-control": "no-store"}
    return Response(content, headers=headers, media_type=media_type)
