"""The sockets of what people keep here: conversations, files, collections; those of everything else are in `fanar.protocols`.

Each row has an owner, and to everybody else it is not there. Methods block: call them off the event loop. All raise StorageError.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from fanar.conversations import Change, Conversation, FoundConversation, Turn


class ConversationRepository(Protocol):
    """Conversations and their turns. What a method has returned from survives a crash."""

    def add(self, conversation: Conversation, turns: Sequence[Turn]) -> Conversation:
        """Keep a new conversation with these turns, the last of which is the current one.

        Raises ConflictError when its owner has as many as may be, UnprocessableError for a turn after one that is not there.
        """
        ...

    def append(self, conversation_id: str, turns: Sequence[Turn], *, owner: str, now: datetime) -> Conversation:
        """Add turns. Raises NotFoundError, ConflictError when the conversation is full, UnprocessableError as `add` does."""
        ...

    def find(self, conversation_id: str, *, owner: str) -> Conversation:
        """Return a conversation of `owner`. Raises NotFoundError."""
        ...

    def turns(self, conversation_id: str, *, owner: str) -> list[Turn]:
        """Return all turns of a conversation, in the order in which they came. Raises NotFoundError."""
        ...

    def search(self, owner: str, *, words: Sequence[str] = (), after: str | None = None, limit: int = 20) -> list[FoundConversation]:
        """Return an owner's conversations, the one changed last first, from behind the one `after`.

        With `words`, those whose title holds them all, or one turn of which does. Raises NotFoundError when `after` is not there.
        """
        ...

    def change(self, conversation_id: str, change: Change, *, owner: str, now: datetime) -> Conversation:
        """Change a conversation and return it. Raises NotFoundError, UnprocessableError when the current turn is to be none of its own."""
        ...

    def share(self, conversation_id: str, share: str, *, owner: str, leaf: str | None, now: datetime) -> Conversation:
        """Let the branch that ends with `leaf`, or with the current turn, be read by who knows `share`; one shared before keeps its link.

        Raises NotFoundError, UnprocessableError for a turn that is not there, ConflictError where nothing was said yet.
        """
        ...

    def unshare(self, conversation_id: str, *, owner: str) -> str:
        """Take the link back and return it. Raises NotFoundError, also where there is none."""
        ...

    def shared(self, share: str) -> tuple[Conversation, list[Turn]]:
        """Return a shared conversation and the branch that may be read. Raises NotFoundError."""
        ...

    def remove(self, conversation_id: str, *, owner: str) -> None:
        """Forget a conversation and all its turns. Raises NotFoundError."""
        ...
