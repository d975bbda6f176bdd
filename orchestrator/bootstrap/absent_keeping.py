"""What stands in a gateway where a whole platform keeps conversations, files and voices: refusals that name what does."""

from __future__ import annotations

from collections.abc import Sequence

from fanar.conversations import Change, Conversation, FoundConversation, Json, Turn
from fanar.documents import ScoredDocument
from fanar.errors import NotFoundError
from fanar.files import Attached, FileCollection, StoredFile
from fanar.media import NO_SUCH_VOICE, PersonalVoice, VoiceSample
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


class AbsentLibrary:
    """Keeps no files."""

    most_bytes = 0

    async def hand_in(self, name: str, content: bytes, *, purpose: str, owner: str) -> StoredFile:
        """Raise NotConfiguredError."""
        raise not_here()

    async def find(self, file_id: str, *, owner: str) -> StoredFile:
        """Raise NotConfiguredError."""
        raise not_here()

    async def files(self, owner: str, *, purpose: str | None = None, after: str | None = None, limit: int) -> list[StoredFile]:
        """Raise NotConfiguredError."""
        raise not_here()

    async def content(self, file_id: str, *, owner: str) -> tuple[StoredFile, bytes]:
        """Raise NotConfiguredError."""
        raise not_here()

    async def remove(self, file_id: str, *, owner: str) -> None:
        """Raise NotConfiguredError."""
        raise not_here()

    async def collect(self, name: str, file_ids: Sequence[str], *, owner: str) -> FileCollection:
        """Raise NotConfiguredError."""
        raise not_here()

    async def collection(self, collection_id: str, *, owner: str) -> FileCollection:
        """Raise NotConfiguredError."""
        raise not_here()

    async def collections(self, owner: str, *, after: str | None = None, limit: int) -> list[FileCollection]:
        """Raise NotConfiguredError."""
        raise not_here()

    async def rename(self, collection_id: str, name: str, *, owner: str) -> FileCollection:
        """Raise NotConfiguredError."""
        raise not_here()

    async def put(self, collection_id: str, file_ids: Sequence[str], *, owner: str) -> FileCollection:
        """Raise NotConfiguredError."""
        raise not_here()

    async def take(self, collection_id: str, file_id: str, *, owner: str) -> FileCollection:
        """Raise NotConfiguredError."""
        raise not_here()

    async def collected(self, collection_id: str, *, owner: str, after: str | None = None, limit: int) -> list[StoredFile]:
        """Raise NotConfiguredError."""
        raise not_here()

    async def dissolve(self, collection_id: str, *, owner: str) -> None:
        """Raise NotConfiguredError."""
        raise not_here()

    async def search(self, collection_id: str, query: str, *, owner: str, top_k: int) -> list[ScoredDocument]:
        """Raise NotConfiguredError."""
        raise not_here()

    async def readable(self, attached: Attached) -> list[str]:
        """Raise NotConfiguredError."""
        raise not_here()


class AbsentVoices:
    """Keeps no voices: nobody has any."""

    async def keep(self, name: str, recording: bytes, transcript: str, *, owner: str) -> PersonalVoice:
        """Raise NotConfiguredError."""
        raise not_here()

    async def voices(self, owner: str) -> Sequence[PersonalVoice]:
        """Return none."""
        return ()

    async def sample(self, name: str, *, owner: str) -> VoiceSample:
        """Raise NotFoundError."""
        raise NotFoundError(NO_SUCH_VOICE, param="name")

    async def remove(self, name: str, *, owner: str) -> None:
        """Raise NotFoundError."""
        raise NotFoundError(NO_SUCH_VOICE, param="name")
