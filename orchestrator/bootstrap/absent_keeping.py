"""What stands in a gateway where a whole platform keeps conversations: refusals that name what does."""

from __future__ import annotations

from collections.abc import Sequence

from fanar.conversations import Change, Conversation, FoundConversation, Json, Turn
from orchestrator.conversations import Draft
from orchestrator.routing.tiers import not_here


class AbsentConversations:
    """Keeps nothing."""

    async def create(
        self, drafts: Sequence[Draft], *, owner: str, title: str | None = None, metadata: Json | None = None
    ) -> tuple[Conversation, list[Turn]]:
        """Raise NotConfiguredError."""
        raise not_here()

    async def append(self, conversation_id: str, drafts: Sequence[Draft], *, owner: str) -> tuple[Conversation, list[Turn]]:
        """Raise NotConfiguredError."""
        raise not_here()

    async def whole(self, conversation_id: str, *, owner: str) -> tuple[Conversation, list[Turn]]:
        """Raise NotConfiguredError."""
        raise not_here()

    async def search(self, owner: str, *, query: str = "", after: str | None = None, limit: int) -> list[FoundConversation]:
        """Raise NotConfiguredError."""
        raise not_here()

    async def change(self, conversation_id: str, change: Change, *, owner: str) -> Conversation:
        """Raise NotConfiguredError."""
        raise not_here()

    async def share(self, conversation_id: str, *, owner: str, leaf: str | None = None) -> Conversation:
        """Raise NotConfiguredError."""
        raise not_here()

    async def unshare(self, conversation_id: str, *, owner: str) -> str:
        """Raise NotConfiguredError."""
        raise not_here()

    async def shared(self, share: str) -> tuple[Conversation, list[Turn]]:
        """Raise NotConfiguredError."""
        raise not_here()

    async def remove(self, conversation_id: str, *, owner: str) -> None:
        """Raise NotConfiguredError."""
        raise not_here()
