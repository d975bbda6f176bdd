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


@dataclass(frozen=True, slots=True)
class Source:
    """What the operator wants read.

    `language` is what its articles are in where they do not say, `pages` whether the pages that they point at are read too.
    """

    url: str
    kind: SourceKind
    outlet: str
    language: str | None = None
    authority: float = 0.5
    pages: bool = True


@dataclass(frozen=True, slots=True)
class Subscription:
    """A hub that is to tell when a feed changes, `until` then. `token` is the secret part of our address, `secret` signs what it sends."""

    hub: str
    topic: str
    token: str
    secret: str
    asked: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """How the last look at a source went: when, what its server gave to ask with again, and when to look next.

    `interval` is the seconds between two looks at present, `failures` how many looks failed since the last that did not.
    """

    state: SourceState = "new"
    polled: datetime | None = None
    heard: datetime | None = None
    due: datetime | None = None
    interval: float = 0.0
    failures: int = 0
    etag: str = ""
    modified: str = ""
    error: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source as it is kept."""

    source: Source
    look: Look
    subscription: Subscription | None


@dataclass(frozen=True, slots=True)
class Kept:
    """An article as it is kept.

    `key` is what its source calls it, `digest` tells whether that said something else, `signature` is what its words are compared by.
    `listed` says that the source still named it at the last look; `page_due` is when its page is to be read, for the `page_tries`-th time.
    """

    article: Article
    source: str
    key: str
    digest: str
    signature: bytes = b""
    listed: bool = True
    page_due: datetime | None = None
    page_tries: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """An article came, changed, or is gone, which is None. Positions grow with every change."""

    position: int
    id: str
    article: Article | None


@dataclass(frozen=True, slots=True)
class Totals:
    """How much is kept."""

    articles: int
    stories: int
    newest: datetime | None
