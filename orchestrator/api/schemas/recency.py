"""The request and the answers of the news. Knows no article."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from orchestrator.api.schemas.base import Answer, Strict

MomentText = Annotated[
    str,
    Field(
        pattern=r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?$",
        description="YYYY-MM-DD, which is midnight of UTC, or a moment with its offset: 2026-03-01T09:00:00Z",
    ),
]
_NO_SUCH_MOMENT = Bilingual("There is no such moment.", "لا توجد لحظة كهذه.")


class FeedRequest(Strict):
    """Which stories are wanted; without any field the newest."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"topic": "أسعار النفط", "language": "ar"}]})

    topic: Annotated[str, Field(max_length=400)] = Field(default="", description="What the stories are to be about")
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$", description="ISO 639 code of the articles' language")] | None = None
    since: MomentText | None = None
    until: MomentText | None = None
    top_k: Annotated[int, Field(ge=1, le=100)] = Field(default=20, description="Most stories")


class NewsArticle(Answer):
    """An article as its outlet has it now."""

    id: str
    url: str
    outlet: str
    title: str
    summary: str
    language: str
    published: datetime
    updated: datetime
    version: int


class NewsStory(Answer):
    """What one or several outlets tell."""

    id: str
    title: str
    newest: datetime
    outlets: list[str]
    articles: list[NewsArticle]


class FeedAnswer(Answer):
    """Stories, the newest first. Every source that works was read at `known_until` or later."""

    object: Literal["list"]
    looked_up: datetime
    known_until: datetime | None
    stories: list[NewsStory]


class NewsSource(Answer):
    """How a source is doing."""

    outlet: str
    kind: str
    language: str | None
    authority: float
    state: str
    articles: int
    newest: datetime | None
    polled: datetime | None
    heard: datetime | None
    next: datetime | None
    pushed: bool
    error: dict[str, str] | None


class RecencyStatus(Answer):
    """What is known, and up to when. Every source that works was read at `known_until` or later."""

    object: Literal["recency.status"]
    configured: bool
    known_until: datetime | None
    newest: datetime | None
    polled: datetime | None
    articles: int
    stories: int
    sources: list[NewsSource]
    message: dict[str, Any]


def moment_of(text: str | None, field: str) -> datetime | None:
    """Return the moment that a field names; None for none. Raises UnprocessableError where there is none such."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text if "T" in text else f"{text}T00:00:00Z")
    except ValueError as cause:
        raise UnprocessableError(_NO_SUCH_MOMENT, param=field) from cause
