"""The tables of what people keep: conversations, files and what was read from them, collections, voices. Knows nothing of queries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from fanar.storage.models import Base, Moment


class ConversationRow(Base):
    """A conversation; `folded` is its title as it is searched, `shared` the last turn that its link shows."""

    __tablename__ = "conversations"
    __table_args__ = (
        Index("uq_conversations_id", "id", unique=True),
        Index("uq_conversations_share", "share", unique=True),
        Index("ix_conversations_owner_changed", "owner", "changed", "position"),
        {"sqlite_autoincrement": True},
    )

    position: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(Moment)
    changed: Mapped[datetime] = mapped_column(Moment)
    title: Mapped[str | None] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    current: Mapped[str | None] = mapped_column(Text)
    turns: Mapped[int]
    characters: Mapped[int]
    share: Mapped[str | None] = mapped_column(Text)
    shared: Mapped[str | None] = mapped_column(Text)
    shared_at: Mapped[datetime | None] = mapped_column(Moment)


class TurnRow(Base):
    """A turn of a conversation; `number` is its place in the order in which they came, `folded` its text as it is searched."""

    __tablename__ = "turns"
    __table_args__ = (Index("uq_turns_id", "id", unique=True),)

    conversation: Mapped[int] = mapped_column(ForeignKey("conversations.position", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(Text)
    parent: Mapped[str | None] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(Moment)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class LibraryRow(Base):
    """An owner's passages; see `fanar.files.Library`."""

    __tablename__ = "libraries"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    generation: Mapped[int]
    passages: Mapped[int]


class FileRow(Base):
    """A file that was handed in; what it holds lies in a row of its own."""

    __tablename__ = "files"
    __table_args__ = (
        Index("uq_files_id", "id", unique=True),
        Index("ix_files_owner_position", "owner", "position"),
        Index("ix_files_state", "state"),
        {"sqlite_autoincrement": True},
    )

    position: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    bytes: Mapped[int]
    checksum: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(Text)
    reason: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    pages: Mapped[int | None]
    passages: Mapped[int]
    attempts: Mapped[int]


class FileContentRow(Base):
    """The bytes of a file."""

    __tablename__ = "file_contents"

    file: Mapped[int] = mapped_column(ForeignKey("files.position", ondelete="CASCADE"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class PassageRow(Base):
    """A passage of a file; `position` is its place in the library."""

    __tablename__ = "passages"
    __table_args__ = (Index("uq_passages_file_number", "file", "number", unique=True),)

    library: Mapped[str] = mapped_column(Text, ForeignKey("libraries.name", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file: Mapped[int] = mapped_column(ForeignKey("files.position", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    page: Mapped[int | None]


class CollectionRow(Base):
    """A collection of files."""

    __tablename__ = "collections"
    __table_args__ = (
        Index("uq_collections_id", "id", unique=True),
        Index("ix_collections_owner_position", "owner", "position"),
        {"sqlite_autoincrement": True},
    )

    position: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(Moment)
    changed: Mapped[datetime] = mapped_column(Moment)


class CollectedRow(Base):
    """A file's place in a collection."""

    __tablename__ = "collected"
    __table_args__ = (Index("ix_collected_file", "file"),)

    collection: Mapped[int] = mapped_column(ForeignKey("collections.position", ondelete="CASCADE"), primary_key=True)
    file: Mapped[int] = mapped_column(ForeignKey("files.position", ondelete="CASCADE"), primary_key=True)


class VoiceRow(Base):
    """A personal voice: 16-bit samples of one channel. `folded` is its name whatever the case of its letters."""

    __tablename__ = "voices"
    __table_args__ = (Index("uq_voices_owner_folded", "owner", "folded", unique=True), {"sqlite_autoincrement": True})

    position: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(Moment)
    transcript: Mapped[str] = mapped_column(Text)
    rate: Mapped[int]
    samples: Mapped[bytes] = mapped_column(LargeBinary)
