"""The tables. Knows nothing of queries; how tables came to be is told by `fanar.storage.migrations`.

A generation of a corpus is all its documents as one installation wrote them. `corpora.generation` names the one that counts;
`generations.latest` outlives the corpus: a number is never given twice, and the index of a removed corpus is never taken for a new one.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, LargeBinary, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from fanar.limits.allowance import Allowance, read_allowance


class Base(DeclarativeBase):
    """Names every constraint, so that migrations can name it too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as UTC on every database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Drop the zone after turning to UTC: SQLite keeps none."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


class AllowanceText(TypeDecorator[Allowance]):
    """An allowance as operators write it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Allowance | None, dialect: Dialect) -> str | None:
        """Write it."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Allowance | None:
        """Read it."""
        return None if value is None else read_allowance(value)


class GenerationRow(Base):
    """The last generation number given to a corpus name."""

    __tablename__ = "generations"

    corpus: Mapped[str] = mapped_column(Text, primary_key=True)
    latest: Mapped[int]


class CorpusFacts:
    """What is known of a corpus: the columns of each table that describes one."""

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    version: Mapped[str] = mapped_column(Text)
    licence: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    checksum: Mapped[str] = mapped_column(Text)
    documents: Mapped[int]
    generation: Mapped[int]
    language: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)


class CorpusRow(CorpusFacts, Base):
    """An installed corpus."""

    __tablename__ = "corpora"


class SupersededRow(CorpusFacts, Base):
    """What an installed corpus was before; its documents are kept under their generation."""

    __tablename__ = "superseded"


class DocumentRow(Base):
    """One document of one generation; `position` is its place in the order of installation, `facts` its metadata."""

    __tablename__ = "documents"
    __table_args__ = (Index("uq_documents_corpus_generation_id", "corpus", "generation", "id", unique=True),)

    corpus: Mapped[str] = mapped_column(Text, ForeignKey("corpora.name", ondelete="CASCADE"), primary_key=True)
    generation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(Text)
    reference: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    translation: Mapped[str | None] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    expansion: Mapped[str] = mapped_column(Text)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class KeyRow(Base):
    """An API key, by the digest of what the client presents."""

    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text, unique=True)
    last_four: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime | None] = mapped_column(Moment)
    revoked: Mapped[datetime | None] = mapped_column(Moment)
    allowance: Mapped[Allowance] = mapped_column(AllowanceText, server_default="")


class FeedbackRow(Base):
    """What the owner of a key said of an answer; `position` grows with every word that is said."""

    __tablename__ = "feedback"
    __table_args__ = (
        Index("uq_feedback_owner_answer", "owner", "answer", unique=True),
        Index("ix_feedback_owner_position", "owner", "position"),
        {"sqlite_autoincrement": True},
    )

    position: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(Moment)
    rating: Mapped[str] = mapped_column(Text)
    route: Mapped[str | None] = mapped_column(Text)
    model: Mapped[str | None] = mapped_column(Text)
    comment: Mapped[str | None] = mapped_column(Text)
    prompt: Mapped[str | None] = mapped_column(Text)


class DecisionRow(Base):
    """A decision of the router; `messages` is the conversation, `decision` what was decided, both as JSON."""

    __tablename__ = "decisions"
    __table_args__ = (
        Index("uq_decisions_answer", "answer", unique=True),
        Index("ix_decisions_created", "created"),
        {"sqlite_autoincrement": True},
    )

    position: Mapped[int] = mapped_column(primary_key=True)
    answer: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(Moment)
    model: Mapped[str] = mapped_column(Text)
    whole: Mapped[bool]
    messages: Mapped[list[Any]] = mapped_column(JSON)
    decision: Mapped[dict[str, Any]] = mapped_column(JSON)


class JobRow(Base):
    """A job of any kind; `inquiry` is what was asked, `stage` how far it has come, `report` what came of it, all as JSON."""

    __tablename__ = "research_jobs"
    __table_args__ = (
        Index("uq_research_jobs_id", "id", unique=True),
        Index("ix_research_jobs_state_position", "state", "position"),
        Index("ix_research_jobs_finished", "finished"),
        {"sqlite_autoincrement": True},
    )

    position: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    runner: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(Moment)
    changed: Mapped[datetime] = mapped_column(Moment)
    started: Mapped[datetime | None] = mapped_column(Moment)
    finished: Mapped[datetime | None] = mapped_column(Moment)
    inquiry: Mapped[dict[str, Any]] = mapped_column(JSON)
    stage: Mapped[dict[str, Any]] = mapped_column(JSON)
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    failure: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    attempts: Mapped[int]
    cancelling: Mapped[bool]


class NewsSourceRow(Base):
    """A source of news; `subscription` and `error` are JSON."""

    __tablename__ = "news_sources"

    url: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    outlet: Mapped[str] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(Text)
    authority: Mapped[float]
    pages: Mapped[bool]
    state: Mapped[str] = mapped_column(Text)
    polled: Mapped[datetime | None] = mapped_column(Moment)
    heard: Mapped[datetime | None] = mapped_column(Moment)
    due: Mapped[datetime | None] = mapped_column(Moment)
    interval: Mapped[float]
    failures: Mapped[int]
    etag: Mapped[str] = mapped_column(Text)
    modified: Mapped[str] = mapped_column(Text)
    error: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    subscription: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class ArticleFacts:
    """What an outlet published: the columns of each table that holds a version of an article."""

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    published: Mapped[datetime] = mapped_column(Moment)
    updated: Mapped[datetime] = mapped_column(Moment)
    fetched: Mapped[datetime] = mapped_column(Moment)
    story: Mapped[str] = mapped_column(Text)


class NewsArticleRow(ArticleFacts, Base):
    """The current version of an article."""

    __tablename__ = "news_articles"
    __table_args__ = (
        Index("ix_news_articles_source_listed", "source", "listed"),
        Index("ix_news_articles_source_published", "source", "published"),
        Index("ix_news_articles_published", "published"),
        Index("ix_news_articles_story", "story"),
        Index("ix_news_articles_page_due", "page_due"),
    )

    source: Mapped[str] = mapped_column(Text, ForeignKey("news_sources.url", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(Text)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    listed: Mapped[bool]
    page_due: Mapped[datetime | None] = mapped_column(Moment)
    page_tries: Mapped[int]


class NewsVersionRow(ArticleFacts, Base):
    """A version of an article that another took the place of."""

    __tablename__ = "news_versions"

    id: Mapped[str] = mapped_column(Text, ForeignKey("news_articles.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class NewsChangeRow(Base):
    """That an article came, changed, or went; of each the last change."""

    __tablename__ = "news_changes"
    __table_args__ = (Index("ix_news_changes_article", "article"), {"sqlite_autoincrement": True})

    position: Mapped[int] = mapped_column(primary_key=True)
    article: Mapped[str] = mapped_column(Text)
    moment: Mapped[datetime] = mapped_column(Moment)
