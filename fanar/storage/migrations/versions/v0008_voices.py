"""Personal voices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "voices",
        sa.Column("position", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("owner", "name", "folded", "language", "transcript")),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.Column("samples", sa.LargeBinary(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_voices_owner_folded", "voices", ["owner", "folded"], unique=True)


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("voices")
