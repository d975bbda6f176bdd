"""The requests and answers of the conversation endpoints, and how ours become theirs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import orjson
from pydantic import ConfigDict, Field, JsonValue

from fanar.bilingual import Bilingual
from fanar.conversations import Change, Conversation, FoundConversation, Turn
from fanar.errors import UnprocessableError
from orchestrator.api.pages import OwnId, PageRequest
from orchestrator.api.schemas.base import Answer, Strict
from orchestrator.conversations import Draft

Metadata = Annotated[dict[str, JsonValue], Field(max_length=100)]
Title = Annotated[str, Field(min_length=1, max_length=200)]
MESSAGE_METADATA = 65_536
CONVERSATION_METADATA = 4_096

_HEAVY = Bilingual("metadata is larger than is kept: {} bytes.", "‏metadata أكبر مما يُحفظ: {} بايت.")
_NOTHING = Bilingual("Send title, current or metadata.", "أرسل title أو current أو metadata.")


class NewMessage(Strict):
    """A turn to be added. Without `parent_id` it follows the one before it; with null it opens another beginning."""

    role: Literal["user", "assistant", "system"]
    content: Annotated[str, Field(max_length=400_000)]
    parent_id: OwnId | None = None
    metadata: Metadata | None = None

    def draft(self) -> Draft:
        """Return it as ours. Raises UnprocessableError for one that carries too much."""
        metadata = weighed(self.metadata or {}, MESSAGE_METADATA, "messages")
        return Draft(self.role, self.content, self.parent_id, "parent_id" in self.model_fields_set, metadata)


class ConversationRequest(Strict):
    """A new conversation."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"title": "الصيام", "messages": [{"role": "user", "content": "ما الصيام؟"}]}]}
    )

    title: Title | None = None
    metadata: Metadata | None = None
    messages: Annotated[list[NewMessage], Field(max_length=100)] = Field(default=[])


class AppendRequest(Strict):
    """Turns to be added to a conversation."""

    messages: Annotated[list[NewMessage], Field(min_length=1, max_length=20)]


class ConversationChange(Strict):
    """What is to change of a conversation; null takes the title away."""

    title: Title | None = None
    current: OwnId | None = None
    metadata: Metadata | None = None

    def change(self) -> Change:
        """Return it as ours. Raises UnprocessableError where nothing is to change."""
        retitled = "title" in self.model_fields_set
        if not retitled and self.current is None and self.metadata is None:
            raise UnprocessableError(_NOTHING)
        metadata = None if self.metadata is None else weighed(self.metadata, CONVERSATION_METADATA, "metadata")
        return Change(self.title, retitled, self.current, metadata)


class ShareRequest(Strict):
    """What is to be shared: the branch that ends with this message, the current one where none is named."""

    branch: OwnId | None = None


class ConversationsRequest(PageRequest):
    """Which conversations: those that hold all words of `q`, or all."""

    q: Annotated[str, Field(max_length=200)] | None = None


class ExportRequest(Strict):
    """How a conversation is written down: Markdown holds one branch, JSON all."""

    format: Literal["markdown", "json"] = "markdown"
    branch: OwnId | None = None


class MessageItem(Answer):
    """A turn of a conversation."""

    id: str
    object: Literal["conversation.message"]
    parent_id: str | None
    role: Literal["user", "assistant", "system"]
    content: str
    created_at: int
    metadata: dict[str, Any]


class ConversationItem(Answer):
    """A conversation; its turns stand in `messages` where one was asked for, what was looked for in `match`."""

    id: str
    object: Literal["conversation"]
    title: str | None
    created_at: int
    updated_at: int
    current: str | None
    messages_count: int
    shared: str | None
    metadata: dict[str, Any]
    messages: list[MessageItem] | None = None
    match: str | None = None


class ConversationList(Answer):
    """A page of conversations."""

    object: Literal["list"]
    data: list[ConversationItem]
    first_id: str | None
    last_id: str | None
    has_more: bool


class AppendAnswer(Answer):
    """The turns that were added, and the one that is current now."""

    object: Literal["list"]
    data: list[MessageItem]
    current: str


class ShareAnswer(Answer):
    """A link to a branch of a conversation."""

    id: str
    object: Literal["share"]
    conversation_id: str
    branch: str
    created_at: int
    path: str


class SharedConversation(Answer):
    """What a link shows."""

    id: str
    object: Literal["shared_conversation"]
    title: str | None
    created_at: int
    messages: list[MessageItem]


class Deleted(Answer):
    """What is no longer there."""

    id: str
    object: str
    deleted: Literal[True]


def weighed(metadata: dict[str, JsonValue], most: int, param: str) -> dict[str, JsonValue]:
    """Return metadata that is small enough to keep. Raises UnprocessableError."""
    if len(orjson.dumps(metadata)) > most:
        raise UnprocessableError(_HEAVY.format(most), param=param)
    return metadata


def message_json(turn: Turn) -> dict[str, Any]:
    """Return a turn as clients read it."""
    return {
        "id": turn.id,
        "object": "conversation.message",
        "parent_id": turn.parent,
        "role": turn.role,
        "content": turn.content,
        "created_at": int(turn.created.timestamp()),
        "metadata": dict(turn.metadata),
    }


def conversation_json(conversation: Conversation) -> dict[str, Any]:
    """Return a conversation as clients read it, without its turns."""
    return {
        "id": conversation.id,
        "object": "conversation",
        "title": conversation.title,
        "created_at": int(conversation.created.timestamp()),
        "updated_at": int(conversation.changed.timestamp()),
        "current": conversation.current,
        "messages_count": conversation.turns,
        "shared": conversation.share,
        "metadata": dict(conversation.metadata),
    }


def found_json(found: FoundConversation, snippet: str | None) -> dict[str, Any]:
    """Return a conversation that was looked for, and the words around what was found in it."""
    return conversation_json(found.conversation) | ({} if snippet is None else {"match": snippet})
