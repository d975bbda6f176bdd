"""The generation that each corpus had before its current one, to go back to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TEXTS = ("title", "version", "licence", "source", "checksum", "language", "kind")


def upgrade() -> None:
    """Add the table; corpora that are there have nothing to go back to."""
    op.create_table(
        "superseded",
        sa.Column("name", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("superseded")
