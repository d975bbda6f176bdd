"""What people say of answers, and the router's decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "feedback",
        sa.Column("position", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "answer", "owner")),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("route", "model", "comment", "prompt")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_feedback_owner_answer", "feedback", ["owner", "answer"], unique=True)
    op.create_index("ix_feedback_owner_position", "feedback", ["owner", "position"])
    op.create_table(
        "decisions",
        sa.Column("position", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("answer", "owner")),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("messages", "decision")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_decisions_answer", "decisions", ["answer"], unique=True)
    op.create_index("ix_decisions_created", "decisions", ["created"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("decisions", "feedback"):
        op.drop_table(table)
