"""Research jobs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "research_jobs",
        sa.Column("position", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "owner", "state", "runner")),
        *(sa.Column(name, sa.DateTime(), nullable=False) for name in ("created", "changed")),
        *(sa.Column(name, sa.DateTime()) for name in ("started", "finished")),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("inquiry", "stage")),
        *(sa.Column(name, sa.JSON()) for name in ("report", "failure")),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("cancelling", sa.Boolean(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_research_jobs_id", "research_jobs", ["id"], unique=True)
    op.create_index("ix_research_jobs_state_position", "research_jobs", ["state", "position"])
    op.create_index("ix_research_jobs_finished", "research_jobs", ["finished"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("research_jobs")
