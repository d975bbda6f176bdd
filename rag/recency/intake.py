"""Takes in what a look at a source found: new articles, corrections, what is gone. Knows nothing of HTTP or of indexes.

An article is known by its source and the key that its source gives it, so taking in the same thing twice changes nothing. One that a feed
no longer names has rolled off its end, or was withdrawn: where an older one is still named, or fewer are than before, its page is asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from fanar.arabic.script import language_hint
from fanar.news import Article, Kept, Source
from fanar.news_protocols import NewsRepository
from rag.recency.entries import Entry, PageText, Reading, believable
from rag.recency.stories import Stories

_LONGEST_TITLE = 120
_SHORT_TEXT = 1_500
"""Characters below which a feed is taken to give a summary, whose page says more."""

VISITS = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))
"""When a page is read again after it was read: pages are corrected without a word in the feed."""
RETRIES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""When a page that could not be read is tried again."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in: ids of new and changed articles, of those withdrawn, and the articles whose pages must tell whether they are."""

    fresh: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    doubted: tuple[Kept, ...] = ()


class Intake:
    """Writes what is found. One at a time: stories are kept in memory."""

    def __init__(self, *, repository: NewsRepository, stories: Stories, clock: Callable[[], datetime]) -> None:
        self._repository = repository
        self._stories = stories
        self._clock = clock
        self._joined: dict[str, str] = {}

    def take(self, source: Source, reading: Reading) -> Taken:
        """Take in a reading; what it returns is durable. Raises NotFoundError when the source is gone, StorageError."""
        now = self._clock()
        known = {
            kept.key: kept for kept in self._repository.kept(source.url, [*(each.key for each in reading.entries), *reading.withdrawn])
        }
        withdrawn = [known[key].article.id for key in reading.withdrawn if key in known]
        articles = [kept for each in reading.entries if (kept := self._taken(source, reading, each, known.get(each.key), now)) is not None]
        rolled, doubted = self._missing(source, reading, known) if reading.whole else ([], [])
        gone = [*withdrawn, *(kept.article.id for kept in doubted if not kept.article.url)]
        self._write(source.url, articles=articles, withdrawn=gone, unlisted=[kept.article.id for kept in rolled], now=now)
        new = tuple(each.article.id for each in articles if each.key not in known)
        changed = tuple(each.article.id for each in articles if each.key in known)
        return Taken(new, changed, tuple(gone), tuple(kept for kept in doubted if kept.article.url))

    def read(self, kept: Kept, page: PageText) -> Kept:
        """Take in what the page of an article says, and return it as it is kept now. Raises NotFoundError, StorageError."""
        now, article = self._clock(), kept.article
        entry, _, before = kept.digest.partition(".")
        digest = _digest(page.title, page.text)
        corrected = before not in ("", digest)
        text = page.text if len(page.text) > len(article.text) or before else article.text
        changed = replace(
            article,
            title=article.title or page.title or _opening(text),
            text=text,
            language=article.language if article.title else page.language or article.language,
            published=article.published if article.title else believable(page.published, now=now) or article.published,
            updated=now if corrected else article.updated,
            fetched=now if corrected else article.fetched,
            version=article.version + corrected,
        )
        visits = VISITS[kept.page_tries : kept.page_tries + 1]
        due = now + visits[0] if visits else None
        placed = self._stories.place(article.id, changed.title, changed.text, published=changed.published, story=article.story)
        read = replace(
            kept,
            article=replace(changed, story=placed.story),
            digest=f"{entry}.{digest}",
            signature=placed.signature,
            page_due=due,
            page_tries=kept.page_tries + 1,
        )
        self._joined |= dict.fromkeys(placed.joined, placed.story)
        self._write(kept.source, articles=[read], now=now)
        return read

    def unreadable(self, kept: Kept) -> None:
        """Note that a page could not be read now. Raises NotFoundError, StorageError."""
        now, read_before = self._clock(), "." in kept.digest
        waits = RETRIES[kept.page_tries :] if not read_before else ()
        due = now + waits[0] if waits else None
        self._write(kept.source, articles=[replace(kept, page_due=due, page_tries=kept.page_tries + 1)], now=now)

    def vanished(self, kept: Kept, *, gone: bool) -> None:
        """Note what the page of an article that its feed no longer names has told. Raises NotFoundError, StorageError."""
        ids = [kept.article.id]
        self._write(kept.source, withdrawn=ids if gone else (), unlisted=() if gone else ids, now=self._clock())

    def _write(
        self, url: str, *, articles: Sequence[Kept] = (), withdrawn: Sequence[str] = (), unlisted: Sequence[str] = (), now: datetime
    ) -> None:
        joined, self._joined = self._joined, {}
        if articles or withdrawn or unlisted:
            self._repository.write(url, articles=articles, withdrawn=withdrawn, unlisted=unlisted, joined=joined, now=now)
        for each in withdrawn:
            self._stories.forget(each)

    def _taken(self, source: Source, reading: Reading, entry: Entry, known: Kept | None, now: datetime) -> Kept | None:
        digest = _digest(entry.url, entry.title, entry.text, entry.summary)
        if known is not None and known.digest.partition(".")[0] == digest:
            return None if known.listed else replace(known, listed=True)
        title = entry.title or _opening(entry.text)
        id_ = known.article.id if known else _digest(source.url, entry.key)
        said = believable(entry.published, now=now) or believable(entry.updated, now=now)
        published = known.article.published if known else said or now
        placed = self._stories.place(id_, title, entry.text, published=published, story=known.article.story if known else "")
        self._joined |= dict.fromkeys(placed.joined, placed.story)
        article = Article(
            id=id_,
            url=entry.url,
            outlet=source.outlet,
            title=title,
            text=entry.text,
            summary=entry.summary,
            language=_language(source, reading, entry),
            published=published,
            updated=believable(entry.updated, now=now) or (now if known else published),
            fetched=now,
            version=known.article.version + 1 if known else 1,
            story=placed.story,
            authority=source.authority,
        )
        wanted = source.pages and entry.url and len(entry.text) < _SHORT_TEXT
        return Kept(article, source.url, entry.key, digest, placed.signature, page_due=now if wanted else None)

    def _missing(self, source: Source, reading: Reading, known: dict[str, Kept]) -> tuple[list[Kept], list[Kept]]:
        """Return what a whole reading no longer names: what has rolled off its end, and what may have been withdrawn."""
        named = {each.key for each in reading.entries}
        before = self._repository.listed(source.url)
        missing = [kept for kept in before if kept.key not in named and kept.key not in reading.withdrawn]
        seen_before = named & known.keys()
        if named and not seen_before:
            # All that it named has rolled off: nothing is said of any of it.
            return missing, []
        oldest = min((known[key].article.published for key in seen_before), default=datetime.min.replace(tzinfo=UTC))
        shrunk = len(named) < len(before)
        doubted = [kept for kept in missing if shrunk or kept.article.published > oldest]
        return [kept for kept in missing if kept not in doubted], doubted


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _opening(text: str) -> str:
    return text.partition("\n")[0][:_LONGEST_TITLE]


def _language(source: Source, reading: Reading, entry: Entry) -> str:
    text = f"{entry.title}\n{entry.text}"
    said = entry.language or source.language or reading.language
    # Feeds are often set up in English and written in Arabic: the letters know better.
    hint = language_hint(text)
    return hint if said is None or "ar" in (hint, said) else said
