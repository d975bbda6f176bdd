"""Keeps conversations for their owners: gives ids and times, puts turns behind one another, looks for words. Knows nothing of HTTP."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from fanar.arabic.words import normal_words
from fanar.conversations import Change, Conversation, FoundConversation, Json, Turn, TurnRole
from fanar.keeping_protocols import ConversationRepository

_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Draft:
    """A turn that is to be added. One that is not `placed` follows the turn before it, else it follows `parent`."""

    role: TurnRole
    content: str
    parent: str | None = None
    placed: bool = False
    metadata: Json = field(default_factory=dict)


class ConversationKeeping(Protocol):
    """Keeps conversations; what is somebody else's is not found. What a method has returned from survives a crash."""

    async def create(
        self, drafts: Sequence[Draft], *, owner: str, title: str | None = None, metadata: Json | None = None
    ) -> tuple[Conversation, list[Turn]]:
        """Keep a new conversation and return it with its turns. Raises ConflictError beyond the bounds, UnprocessableError."""
        ...

    async def append(self, conversation_id: str, drafts: Sequence[Draft], *, owner: str) -> tuple[Conversation, list[Turn]]:
        """Add turns and return them. Raises NotFoundError, ConflictError beyond the bounds, UnprocessableError."""
        ...

    async def whole(self, conversation_id: str, *, owner: str) -> tuple[Conversation, list[Turn]]:
        """Return a conversation and all its turns. Raises NotFoundError."""
        ...

    async def search(self, owner: str, *, query: str = "", after: str | None = None, limit: int) -> list[FoundConversation]:
        """Return conversations, the one changed last first. Raises NotFoundError when the one `after` is not there."""
        ...

    async def change(self, conversation_id: str, change: Change, *, owner: str) -> Conversation:
        """Change a conversation. Raises NotFoundError, UnprocessableError."""
        ...

    async def share(self, conversation_id: str, *, owner: str, leaf: str | None = None) -> Conversation:
        """Make a link to a branch. Raises NotFoundError, UnprocessableError, ConflictError where nothing was said yet."""
        ...

    async def unshare(self, conversation_id: str, *, owner: str) -> str:
        """Take the link back and return it. Raises NotFoundError."""
        ...

    async def shared(self, share: str) -> tuple[Conversation, list[Turn]]:
        """Return what a link shows. Raises NotFoundError."""
        ...

    async def remove(self, conversation_id: str, *, owner: str) -> None:
        """Forget a conversation. Raises NotFoundError."""
        ...


class ConversationDesk:
    """A ConversationKeeping over a repository."""

    def __init__(self, *, conversations: ConversationRepository, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._conversations = conversations
        self._now = now

    async def create(
        self, drafts: Sequence[Draft], *, owner: str, title: str | None = None, metadata: Json | None = None
    ) -> tuple[Conversation, list[Turn]]:
        """Keep a new conversation and return it with its turns. Raises ConflictError beyond the bounds, UnprocessableError."""
        now = self._now()
        turns = _placed(drafts, after=None, now=now)
        begun = Conversation(_id("conv"), owner, now, now, title, metadata or {})
        return await asyncio.to_thread(self._conversations.add, begun, turns), turns

    async def append(self, conversation_id: str, drafts: Sequence[Draft], *, owner: str) -> tuple[Conversation, list[Turn]]:
        """Add turns and return them. Raises NotFoundError, ConflictError beyond the bounds, UnprocessableError."""
        now = self._now()
        before = await asyncio.to_thread(self._conversations.find, conversation_id, owner=owner)
        turns = _placed(drafts, after=before.current, now=now)
        return await asyncio.to_thread(self._conversations.append, conversation_id, turns, owner=owner, now=now), turns

    async def whole(self, conversation_id: str, *, owner: str) -> tuple[Conversation, list[Turn]]:
        """Return a conversation and all its turns. Raises NotFoundError."""

        def read() -> tuple[Conversation, list[Turn]]:
            """Look the turns up first: turns are only ever added, so that the current one is among them then."""
            conversation = self._conversations.find(conversation_id, owner=owner)
            return conversation, self._conversations.turns(conversation_id, owner=owner)

        return await asyncio.to_thread(read)

    async def search(self, owner: str, *, query: str = "", after: str | None = None, limit: int) -> list[FoundConversation]:
        """Return conversations, the one changed last first. Raises NotFoundError when the one `after` is not there."""
        words = list(dict.fromkeys(normal_words(query)))[:_MOST_WORDS]
        if query.strip() and not words:
            return []
        return await asyncio.to_thread(self._conversations.search, owner, words=words, after=after, limit=limit)

    async def change(self, conversation_id: str, change: Change, *, owner: str) -> Conversation:
        """Change a conversation. Raises NotFoundError, UnprocessableError."""
        return await asyncio.to_thread(self._conversations.change, conversation_id, change, owner=owner, now=self._now())

    async def share(self, conversation_id: str, *, owner: str, leaf: str | None = None) -> Conversation:
        """Make a link to a branch. Raises NotFoundError, UnprocessableError, ConflictError where nothing was said yet."""
        share = _id("share")
        return await asyncio.to_thread(self._conversations.share, conversation_id, share, owner=owner, leaf=leaf, now=self._now())

    async def unshare(self, conversation_id: str, *, owner: str) -> str:
        """Take the link back and return it. Raises NotFoundError."""
        return await asyncio.to_thread(self._conversations.unshare, conversation_id, owner=owner)

    async def shared(self, share: str) -> tuple[Conversation, list[Turn]]:
        """Return what a link shows. Raises NotFoundError."""
        return await asyncio.to_thread(self._conversations.shared, share)

    async def remove(self, conversation_id: str, *, owner: str) -> None:
        """Forget a conversation. Raises NotFoundError."""
        await asyncio.to_thread(self._conversations.remove, conversation_id, owner=owner)


def _placed(drafts: Sequence[Draft], *, after: str | None, now: datetime) -> list[Turn]:
    turns: list[Turn] = []
    for draft in drafts:
        parent = draft.parent if draft.placed else after
        turns.append(Turn(_id("msg"), draft.role, draft.content, now, parent, draft.metadata))
        after = turns[-1].id
    return turns


def _id(kind: str) -> str:
    return f"{kind}-{uuid.uuid4().hex}"
