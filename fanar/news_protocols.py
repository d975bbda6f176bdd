"""The sockets of kept news; the words are in `fanar.news`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from fanar.news import Article, Change, Kept, Look, Source, SourceRecord, Subscription, Totals

_NONE: Mapping[str, str] = MappingProxyType({})


class SourceRepository(Protocol):
    """Sources of news. Methods block; all raise StorageError."""

    def add(self, source: Source, *, now: datetime) -> None:
        """Keep a new source, to be looked at now. Raises ConflictError for a URL that is there."""
        ...

    def remove(self, url: str, *, now: datetime) -> None:
        """Remove a source and its articles. Raises NotFoundError."""
        ...

    def sources(self) -> list[SourceRecord]:
        """Return all sources, by URL."""
        ...

    def looked(self, url: str, look: Look) -> None:
        """Note how a look went; nothing for a source that is gone."""
        ...

    def subscribe(self, url: str, subscription: Subscription | None) -> None:
        """Note the subscription of a source; nothing for a source that is gone."""
        ...

    def counts(self) -> dict[str, tuple[int, datetime]]:
        """Return how many articles each source has that has any, and when its newest was published."""
        ...


class NewsRepository(Protocol):
    """Articles and their older versions: the truth that indexes are rebuilt from. Methods block; all raise StorageError.

    Whoever writes an article writes a change, in the same transaction: an index that has followed all changes holds what is here.
    """

    def kept(self, url: str, keys: Sequence[str]) -> list[Kept]:
        """Return a source's articles of these keys, in no order."""
        ...

    def listed(self, url: str) -> list[Kept]:
        """Return a source's articles that its last look named, newest first."""
        ...

    def write(
        self,
        url: str,
        *,
        articles: Sequence[Kept] = (),
        withdrawn: Sequence[str] = (),
        unlisted: Sequence[str] = (),
        joined: Mapping[str, str] = _NONE,
        now: datetime,
    ) -> None:
        """Keep articles in place of their versions before, forget the `withdrawn` wholly, and mark the `unlisted`; both are ids.

        `joined` are stories by what each is part of from now on. All in one transaction, durable when it returns. Raises NotFoundError
        for a source that is gone, ConflictError for an article whose version is neither the one that is kept nor the next.
        """
        ...

    def find(self, ids: Sequence[str]) -> list[Article]:
        """Return the articles of these ids, in this order; unknown ones are left out."""
        ...

    def versions(self, article: str) -> list[Article]:
        """Return the versions before the current one, oldest first."""
        ...

    def story(self, story: str) -> list[Article]:
        """Return the articles of a story, oldest first."""
        ...

    def latest(
        self, *, top_k: int, since: datetime | None = None, until: datetime | None = None, language: str | None = None
    ) -> list[Article]:
        """Return the articles published in time, newest first; one without a title is not read yet, and left out."""
        ...

    def signatures(self, *, since: datetime) -> Iterator[tuple[str, str, bytes, datetime]]:
        """Yield (id, story, signature, time of publication) of the articles published since then, oldest first."""
        ...

    def unread(self, *, now: datetime, limit: int) -> list[Kept]:
        """Return the articles whose pages are due, longest waiting first."""
        ...

    def changes(self, *, after: int, limit: int) -> list[Change]:
        """Return what changed after a position, in order; of several changes of one article the last."""
        ...

    def totals(self) -> Totals:
        """Return how much is kept and read."""
        ...

    def retain(self, *, before: datetime, most: int, now: datetime) -> int:
        """Forget what was published before this, and the oldest beyond `most`; return how many articles."""
        ...
