"""News: sources, articles, their older versions, and what changed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "news_sources",
        sa.Column("url", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "outlet", "state", "etag", "modified")),
        sa.Column("language", sa.Text()),
        *(sa.Column(name, sa.Double(), nullable=False) for name in ("authority", "interval")),
        sa.Column("pages", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.DateTime()) for name in ("polled", "heard", "due")),
        sa.Column("failures", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.JSON()) for name in ("error", "subscription")),
    )
    op.create_table(
        "news_articles",
        *_article_facts(),
        sa.Column("source", sa.Text(), sa.ForeignKey("news_sources.url", ondelete="CASCADE"), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("key", "digest")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("page_due", sa.DateTime()),
        sa.Column("page_tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for columns in (["source", "listed"], ["source", "published"], ["published"], ["story"], ["page_due"]):
        op.create_index(f"ix_news_articles_{'_'.join(columns)}", "news_articles", columns)
    op.create_table(
        "news_versions",
        *_article_facts(),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["news_articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", "version"),
    )
    op.create_table(
        "news_changes",
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("moment", sa.DateTime(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_news_changes_article", "news_changes", ["article"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("news_changes", "news_versions", "news_articles", "news_sources"):
        op.drop_table(table)


def _article_facts() -> list[sa.Column[Any]]:
    texts: list[sa.Column[Any]] = [
        sa.Column(name, sa.Text(), nullable=False) for name in ("id", "url", "title", "text", "summary", "language", "story")
    ]
    return [*texts, *(sa.Column(name, sa.DateTime(), nullable=False) for name in ("published", "updated", "fetched"))]
