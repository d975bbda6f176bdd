"""Finds out what is at an address that an operator names: a feed, a sitemap, a page that may name its feed. Knows nothing of storage."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree, html

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.fetch.client import Fetcher
from fanar.fetch.content import Reply
from fanar.news import SourceKind
from rag.recency.entries import Reading, absolute
from rag.recency.reading import read_source

_LARGEST = 4_000_000
_FEED_TYPES = frozenset(("application/rss+xml", "application/atom+xml", "application/feed+json"))
_KINDS: tuple[SourceKind, ...] = ("feed", "sitemap", "page")
_REFUSED = Bilingual("The server of this address answered with an error.", "أجاب خادم هذا العنوان بخطأ.")
_NOTHING = Bilingual("There is no feed, sitemap or article at this address.", "لا خلاصة ولا خريطة موقع ولا مقال في هذا العنوان.")


@dataclass(frozen=True, slots=True)
class Recognised:
    """What is there: where, of which kind, what it calls itself, and its language where it says so."""

    url: str
    kind: SourceKind
    title: str
    language: str | None


async def recognise(url: str, *, fetcher: Fetcher) -> Recognised:
    """Return what is at `url`, or the feed that the page there names. Raises UnprocessableError for nothing, and what fetching raises."""
    reply = await _fetched(url, fetcher)
    named = await asyncio.to_thread(_named_feed, reply)
    if named:
        url, reply = named, await _fetched(named, fetcher)
    kind, reading = await asyncio.to_thread(_read, reply, url)
    return Recognised(url, kind, reading.title or urlsplit(url).hostname or url, reading.language)


async def _fetched(url: str, fetcher: Fetcher) -> Reply:
    reply = await fetcher.ask(url, max_bytes=_LARGEST)
    if not 200 <= reply.status < 300:
        raise UnprocessableError(_REFUSED, param="url")
    return reply


def _read(reply: Reply, url: str) -> tuple[SourceKind, Reading]:
    for kind in _KINDS:
        if kind == "page" and "html" not in reply.media_type:
            break
        try:
            return kind, read_source(kind, reply, url=url)
        except UnprocessableError:
            continue
    raise UnprocessableError(_NOTHING, param="url")


def _named_feed(reply: Reply) -> str:
    if "html" not in reply.media_type:
        return ""
    try:
        tree = html.document_fromstring(reply.content, parser=html.HTMLParser(huge_tree=False))
    except (etree.LxmlError, ValueError):
        return ""
    links = (
        link for link in tree.iter("link") if "alternate" in link.get("rel", "").lower() and link.get("type", "").lower() in _FEED_TYPES
    )
    return next((found for link in links if (found := absolute(link.get("href", ""), reply.url))), "")
