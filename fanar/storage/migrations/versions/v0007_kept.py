"""Conversations, files and collections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    _conversations()
    _files()
    _collections()


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("position", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "owner", "folded")),
        *(sa.Column(name, sa.DateTime(), nullable=False) for name in ("created", "changed")),
        *(sa.Column(name, sa.Text()) for name in ("title", "current", "share", "shared")),
        sa.Column("shared_at", sa.DateTime()),
        sa.Column("facts", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("turns", "characters")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_conversations_id", "conversations", ["id"], unique=True)
    op.create_index("uq_conversations_share", "conversations", ["share"], unique=True)
    op.create_index("ix_conversations_owner_changed", "conversations", ["owner", "changed", "position"])
    op.create_table(
        "turns",
        sa.Column("conversation", sa.Integer(), sa.ForeignKey("conversations.position", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "role", "content", "folded")),
        sa.Column("parent", sa.Text()),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
    )
    op.create_index("uq_turns_id", "turns", ["id"], unique=True)


def _files() -> None:
    op.create_table(
        "libraries",
        sa.Column("name", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("generation", "passages")),
    )
    op.create_table(
        "files",
        sa.Column("position", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "owner", "name", "purpose", "kind", "checksum", "state")),
        sa.Column("created", sa.DateTime(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("bytes", "passages", "attempts")),
        sa.Column("reason", sa.JSON()),
        sa.Column("pages", sa.Integer()),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_files_id", "files", ["id"], unique=True)
    op.create_index("ix_files_owner_position", "files", ["owner", "position"])
    op.create_index("ix_files_state", "files", ["state"])
    op.create_table(
        "file_contents",
        sa.Column("file", sa.Integer(), sa.ForeignKey("files.position", ondelete="CASCADE"), primary_key=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "passages",
        sa.Column("library", sa.Text(), sa.ForeignKey("libraries.name", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("file", sa.Integer(), sa.ForeignKey("files.position", ondelete="CASCADE"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("text", "place")),
        sa.Column("page", sa.Integer()),
    )
    op.create_index("uq_passages_file_number", "passages", ["file", "number"], unique=True)


def _collections() -> None:
    op.create_table(
        "collections",
        sa.Column("position", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "owner", "name")),
        *(sa.Column(name, sa.DateTime(), nullable=False) for name in ("created", "changed")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_collections_id", "collections", ["id"], unique=True)
    op.create_index("ix_collections_owner_position", "collections", ["owner", "position"])
    op.create_table(
        "collected",
        sa.Column("collection", sa.Integer(), sa.ForeignKey("collections.position", ondelete="CASCADE"), primary_key=True),
        sa.Column("file", sa.Integer(), sa.ForeignKey("files.position", ondelete="CASCADE"), primary_key=True),
    )
    op.create_index("ix_collected_file", "collected", ["file"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("collected", "collections", "passages", "file_contents", "files", "libraries", "turns", "conversations"):
        op.drop_table(table)
