"""Reads sitemaps, those of news too, and indexes of sitemaps. Knows nothing of HTTP or storage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import etree

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.fetch.content import BoundedBody
from rag.recency.entries import LONGEST_LINE, MOST_ENTRIES, Entry, Reading, absolute, moment_of, primary_language
from rag.recency.markup import one_line

_MAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_MOST_MAPS = 5
_GZIP = b"\x1f\x8b"
_NONE = Bilingual("There is no sitemap at this address.", "لا توجد خريطة موقع في هذا العنوان.")
_OLDEST = datetime.min.replace(tzinfo=UTC)


def read_sitemap(content: bytes, *, url: str, max_bytes: int = 10_000_000) -> Reading:
    """Return the pages that a sitemap names, newest first, or, as `further`, the newest maps that an index names.

    A page that it no longer names has not been withdrawn. Raises UnprocessableError for what is no sitemap, TooLargeError for a bomb.
    """
    root = _root(_unpacked(content, max_bytes))
    if root.tag == f"{{{_MAPS}}}sitemapindex":
        maps = sorted(_dated(root, "sitemap", url), key=lambda each: each[1] or _OLDEST, reverse=True)
        return Reading((), whole=False, further=tuple(link for link, _, _ in maps[:_MOST_MAPS]))
    if root.tag != f"{{{_MAPS}}}urlset":
        raise UnprocessableError(_NONE, param="url")
    entries = [_entry(link, moment, page) for link, moment, page in _dated(root, "url", url)]
    entries.sort(key=lambda each: each.published or each.updated or _OLDEST, reverse=True)
    return Reading(tuple(entries[:MOST_ENTRIES]), whole=False)


def _unpacked(content: bytes, max_bytes: int) -> bytes:
    if not content.startswith(_GZIP):
        return content
    body = BoundedBody(limit=max_bytes, encoding="gzip")
    body.add(content)
    return body.complete()


def _root(content: bytes) -> etree._Element:
    try:
        # No entity but the five of XML itself, no network, no tree deeper or longer than libxml2's own bounds.
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True))
    except (etree.XMLSyntaxError, ValueError) as cause:
        raise UnprocessableError(_NONE, param="url") from cause
    if root is None:
        raise UnprocessableError(_NONE, param="url")
    return root


def _dated(root: etree._Element, name: str, url: str) -> Iterator[tuple[str, datetime | None, etree._Element]]:
    known: set[str] = set()
    for each in root.iterchildren(f"{{{_MAPS}}}{name}"):
        link = absolute(_text(each, f"{{{_MAPS}}}loc"), url)
        if link and link not in known:
            known.add(link)
            yield link, moment_of(_text(each, f"{{{_MAPS}}}lastmod")), each


def _entry(link: str, changed: datetime | None, page: etree._Element) -> Entry:
    news = page.find(f"{{{_NEWS}}}news")
    if news is None:
        return Entry(key=link, url=link, title="", text="", summary="", updated=changed)
    return Entry(
        key=link,
        url=link,
        title=one_line(_text(news, f"{{{_NEWS}}}title"))[:LONGEST_LINE],
        text="",
        summary="",
        published=moment_of(_text(news, f"{{{_NEWS}}}publication_date")),
        updated=changed,
        language=primary_language(_text(news, f"{{{_NEWS}}}publication/{{{_NEWS}}}language")),
    )


def _text(node: etree._Element, path: str) -> str:
    return str(node.findtext(path) or "").strip()[:LONGEST_LINE]
