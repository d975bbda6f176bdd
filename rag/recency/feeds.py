"""Reads RSS and Atom. Knows nothing of HTTP or storage; what is no feed at all is said to be none.

Times, links and texts are taken as far as they can be read: most feeds break some rule. No entity is looked up anywhere.
"""

from __future__ import annotations

import io
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.recency.entries import LONGEST_LINE, LONGEST_TEXT, MOST_ENTRIES, Entry, Reading, absolute, primary_language
from rag.recency.markup import one_line, plain_text

_SECONDS_A_MINUTE = 60.0
_NO_FEED = Bilingual("There is no feed at this address.", "لا توجد خلاصة في هذا العنوان.")


def read_feed(content: bytes, *, url: str, media_type: str = "application/xml", charset: str | None = None) -> Reading:
    """Return what a feed says. Raises UnprocessableError for what is none."""
    headers = {"content-type": f"{media_type}; charset={charset}" if charset else media_type, "content-location": url}
    # From a file: bytes themselves would be tried as the name of one.
    parsed = feedparser.parse(io.BytesIO(content), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version") and not parsed.entries:
        raise UnprocessableError(_NO_FEED, param="url")
    feed = parsed.feed
    links = {str(link.get("rel")): _link(link, url) for link in feed.get("links", ()) if link.get("rel") in ("hub", "self")}
    return Reading(
        entries=tuple(_entries(parsed.entries[:MOST_ENTRIES], url)),
        title=one_line(str(feed.get("title", "")))[:LONGEST_LINE],
        language=primary_language(feed.get("language")),
        # An entry after a broken place is not read, which does not say that it was withdrawn.
        whole=not parsed.get("bozo") and len(parsed.entries) <= MOST_ENTRIES,
        withdrawn=tuple(str(deleted.get("ref")) for deleted in feed.get("at_deleted-entry", ()) if isinstance(deleted, dict)),
        hub=links.get("hub", ""),
        topic=links.get("self", "") or url,
        rest=_rest(feed),
    )


def _entries(parsed: list[Any], url: str) -> Iterator[Entry]:
    known: set[str] = set()
    for each in parsed:
        entry = _entry(each, url)
        if entry is not None and entry.key not in known:
            known.add(entry.key)
            yield entry


def _entry(entry: Any, url: str) -> Entry | None:  # noqa: ANN401 - feedparser's own
    link = _link(next((each for each in entry.get("links", ()) if each.get("rel") == "alternate"), {}), url) or absolute(
        str(entry.get("link", "")), url
    )
    key = str(entry.get("id") or link)
    title = one_line(str(entry.get("title", "")))[:LONGEST_LINE]
    written = max((str(each.get("value", "")) for each in entry.get("content", ())), key=len, default="")
    summary = plain_text(str(entry.get("summary", ""))[:LONGEST_TEXT])
    text = plain_text(written[:LONGEST_TEXT]) or summary
    if not key and not title and not text:
        return None
    return Entry(
        key=key or title or text[:LONGEST_LINE],
        url=link or absolute(key, url),
        title=title,
        text=text,
        summary="" if summary == text else summary,
        published=_moment(entry.get("published_parsed") or entry.get("created_parsed")),
        # What feedparser would give in its place, with a warning, is the other time.
        updated=_moment(dict.get(entry, "updated_parsed")),
        language=primary_language((entry.get("title_detail") or {}).get("language")),
    )


def _link(link: Any, url: str) -> str:  # noqa: ANN401 - feedparser's own
    return absolute(str(link.get("href", "")), url)


def _moment(parsed: struct_time | None) -> datetime | None:
    try:
        return None if parsed is None else datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _rest(feed: Any) -> float:  # noqa: ANN401 - feedparser's own
    try:
        return float(feed.get("ttl") or 0) * _SECONDS_A_MINUTE
    except ValueError:
        return 0.0
