"""Reads JSON Feed (jsonfeed.org, 1 and 1.1). Knows nothing of HTTP or storage."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.recency.entries import LONGEST_LINE, LONGEST_TEXT, MOST_ENTRIES, Entry, Reading, absolute, moment_of, primary_language
from rag.recency.markup import one_line, plain_text, tidy

_NO_FEED = Bilingual("This JSON is no JSON Feed.", "ملف JSON هذا ليس خلاصة بصيغة JSON Feed.")


def looks_like_json(content: bytes) -> bool:
    """Whether a content may be JSON rather than XML."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def read_json_feed(content: bytes, *, url: str) -> Reading:
    """Return what a feed says. Raises UnprocessableError for what is none."""
    try:
        feed = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as cause:
        raise UnprocessableError(_NO_FEED, param="url") from cause
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list) or "jsonfeed.org" not in str(feed.get("version", "")):
        raise UnprocessableError(_NO_FEED, param="url")
    items = [item for item in feed["items"] if isinstance(item, dict)]
    entries = {entry.key: entry for item in reversed(items[:MOST_ENTRIES]) if (entry := _entry(item, url)) is not None}
    hubs = [hub for hub in _listed(feed.get("hubs")) if isinstance(hub, dict) and str(hub.get("type", "")).lower() == "websub"]
    return Reading(
        entries=tuple(reversed(entries.values())),
        title=one_line(_text(feed, "title"))[:LONGEST_LINE],
        language=primary_language(feed.get("language")),
        whole=len(items) <= MOST_ENTRIES and not feed.get("next_url"),
        hub=absolute(_text(hubs[0], "url"), url) if hubs else "",
        topic=absolute(_text(feed, "feed_url"), url) or url,
    )


def _entry(item: Mapping[str, Any], url: str) -> Entry | None:
    link = absolute(_text(item, "url"), url) or absolute(_text(item, "external_url"), url)
    key = str(item.get("id") or link)[:LONGEST_LINE]
    text = plain_text(_text(item, "content_html")) or tidy(_text(item, "content_text"))
    summary = tidy(_text(item, "summary"))
    if not key:
        return None
    return Entry(
        key=key,
        url=link or absolute(key, url),
        title=one_line(_text(item, "title"))[:LONGEST_LINE],
        text=text or summary,
        summary=summary if text else "",
        published=moment_of(_text(item, "date_published")),
        updated=moment_of(_text(item, "date_modified")),
        language=primary_language(item.get("language")),
    )


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return value[:LONGEST_TEXT] if isinstance(value, str) else ""


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
