"""The sockets of what people keep here: conversations, files, collections, voices; those of everything else are in `fanar.protocols`.

Each row has an owner, and to everybody else it is not there. Methods block: call them off the event loop. All raise StorageError.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from fanar.bilingual import Bilingual
from fanar.conversations import Change, Conversation, FoundConversation, Turn
from fanar.documents import Document
from fanar.files import FileCollection, FilePassage, Library, StoredFile
from fanar.media import PersonalVoice, VoiceSample


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


class FileRepository(Protocol):
    """Files that were handed in, and what was read from them. What a method has returned from survives a crash."""

    def add(self, file: StoredFile, content: bytes) -> None:
        """Keep a new file. Raises ConflictError when its owner has as much as may be."""
        ...

    def find(self, file_id: str, *, owner: str) -> StoredFile:
        """Return a file of `owner`. Raises NotFoundError."""
        ...

    def files(self, owner: str, *, purpose: str | None = None, after: str | None = None, limit: int = 20) -> list[StoredFile]:
        """Return an owner's files, the newest first, from behind the one `after`. Raises NotFoundError when that is not there."""
        ...

    def content(self, file_id: str, *, owner: str) -> bytes:
        """Return what a file holds. Raises NotFoundError."""
        ...

    def remove(self, file_id: str, *, owner: str) -> StoredFile:
        """Forget a file, its passages, and its places in collections; return what it was. Raises NotFoundError."""
        ...

    def waiting(self) -> list[StoredFile]:
        """Return everybody's files that were not read yet, oldest first."""
        ...

    def begin(self, file_id: str) -> int:
        """Note that a file is being read, and return for which time. Raises NotFoundError for one that is gone, or was read."""
        ...

    def finish(self, file_id: str, passages: Sequence[FilePassage], *, pages: int | None) -> StoredFile:
        """Keep what was read; one that was read already stays as it is. Raises NotFoundError, ConflictError beyond the bounds."""
        ...

    def fail(self, file_id: str, reason: Bilingual) -> None:
        """Note why a file cannot be read; one that is gone, or was read, is left alone."""
        ...


class PassageRepository(Protocol):
    """The passages of everybody's files, by library: the truth that indexes are built from."""

    def library(self, name: str) -> Library:
        """Return what a library holds now; one of which nothing is known is empty."""
        ...

    def documents(self, name: str, *, first: int = 0) -> Iterator[Document]:
        """Yield a library's passages in the order in which they came, from number `first` on."""
        ...

    def fetch(self, name: str, ids: Sequence[str]) -> list[Document]:
        """Return the passages of these ids, in this order; unknown ids are left out."""
        ...

    def opening(self, name: str, files: Sequence[str], *, limit: int) -> list[Document]:
        """Return the first passages of each of these files, about `limit` in all."""
        ...


class CollectionRepository(Protocol):
    """Collections of files. What a method has returned from survives a crash."""

    def add(self, collection: FileCollection, file_ids: Sequence[str]) -> FileCollection:
        """Keep a new collection of these files. Raises NotFoundError for a file of somebody else, ConflictError beyond the bounds."""
        ...

    def find(self, collection_id: str, *, owner: str) -> FileCollection:
        """Return a collection of `owner`. Raises NotFoundError."""
        ...

    def collections(self, owner: str, *, after: str | None = None, limit: int = 20) -> list[FileCollection]:
        """Return an owner's collections, the newest first, from behind the one `after`. Raises NotFoundError when that is not there."""
        ...

    def rename(self, collection_id: str, name: str, *, owner: str, now: datetime) -> FileCollection:
        """Give a collection another name. Raises NotFoundError."""
        ...

    def put(self, collection_id: str, file_ids: Sequence[str], *, owner: str, now: datetime) -> FileCollection:
        """Put files in; those that are there already stay. Raises NotFoundError, ConflictError beyond the bounds."""
        ...

    def take(self, collection_id: str, file_id: str, *, owner: str, now: datetime) -> FileCollection:
        """Take a file out. Raises NotFoundError, for one that is not in it too."""
        ...

    def files(self, collection_id: str, *, owner: str, after: str | None = None, limit: int = 20) -> list[StoredFile]:
        """Return the files of a collection, the newest first, from behind the one `after`. Raises NotFoundError."""
        ...

    def remove(self, collection_id: str, *, owner: str) -> None:
        """Forget a collection; its files stay. Raises NotFoundError."""
        ...


class VoiceRepository(Protocol):
    """Samples of people's voices, by owner and name; names are told apart whatever the case of their letters."""

    def add(self, voice: PersonalVoice, sample: VoiceSample) -> None:
        """Keep a new voice. Raises ConflictError where its owner has one of this name, or as many as may be."""
        ...

    def voices(self, owner: str) -> list[PersonalVoice]:
        """Return an owner's voices, in the order in which they came."""
        ...

    def sample(self, name: str, *, owner: str) -> VoiceSample:
        """Return how a voice sounds. Raises NotFoundError."""
        ...

    def remove(self, name: str, *, owner: str) -> None:
        """Forget a voice and its sample. Raises NotFoundError."""
        ...
