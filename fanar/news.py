"""News as data: articles and their versions, the sources they come from. Knows nothing of databases, feeds, or search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from fanar.bilingual import Bilingual

SourceKind = Literal["feed", "sitemap", "page"]
SourceState = Literal["new", "working", "failing", "gone"]


@dataclass(frozen=True, slots=True)
class Article:
    """One version of what an outlet published.

    `id` stays the same over all versions, `version` counts them from 1. `text` is what was fetched, in full or as much of it as its source
    gave, never a search engine's snippet. `updated` is when the outlet last changed it, `fetched` when this version was seen first. `story`
    names the articles of all outlets that say nearly the same. `authority` in [0, 1] is the operator's trust in the source. Times are UTC.
    """

    id: str
    url: str
    outlet: str
    title: str
    text: str
    summary: str
    language: str
    published: datetime
    updated: datetime
    fetched: datetime
    version: int
    story: str
    authority: float


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """How a source is doing. `polled` is the last look at it, `heard` the last that succeeded; `error` says why the last one did not."""

    url: str
    kind: SourceKind
    outlet: str
    language: str | None
    authority: float
    state: SourceState
    articles: int
    newest: datetime | None
    polled: datetime | None
    heard: datetime | None
    next: datetime | None
    pushed: bool
    error: Bilingual | None
