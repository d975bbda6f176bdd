"""Corpora, their documents, and API keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table("generations", sa.Column("corpus", sa.Text(), primary_key=True), sa.Column("latest", sa.Integer(), nullable=False))
    op.create_table(
        "corpora",
        sa.Column("name", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("title", "version", "licence", "source", "checksum")),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("language", "kind")),
    )
    op.create_table(
        "documents",
        sa.Column("corpus", sa.Text(), sa.ForeignKey("corpora.name", name="fk_documents_corpus", ondelete="CASCADE"), primary_key=True),
        sa.Column("generation", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "reference", "text")),
        *(sa.Column(name, sa.Text()) for name in ("translation", "url")),
        sa.Column("expansion", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
    )
    op.create_index("uq_documents_corpus_generation_id", "documents", ["corpus", "generation", "id"], unique=True)
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("last_four", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        *(sa.Column(name, sa.DateTime()) for name in ("expires", "revoked")),
        sa.UniqueConstraint("digest", name="uq_api_keys_digest"),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("api_keys", "documents", "corpora", "generations"):
        op.drop_table(table)
