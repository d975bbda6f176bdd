"""Reads whatever a source serves: a feed, a JSON feed, a sitemap, a page. Knows nothing of HTTP or storage."""

from __future__ import annotations

from fanar.fetch.content import Reply
from fanar.news import SourceKind
from rag.recency.entries import Entry, Reading
from rag.recency.feeds import read_feed
from rag.recency.json_feeds import looks_like_json, read_json_feed
from rag.recency.pages import read_page
from rag.recency.sitemaps import read_sitemap


def read_source(kind: SourceKind, reply: Reply, *, url: str) -> Reading:
    """Return what a source at `url` says. Blocks. Raises UnprocessableError for what is not of its kind, TooLargeError for a bomb."""
    if kind == "sitemap":
        return read_sitemap(reply.content, url=reply.url)
    if kind == "page":
        return _page(reply, url)
    if looks_like_json(reply.content):
        return read_json_feed(reply.content, url=reply.url)
    return read_feed(reply.content, url=reply.url, media_type=reply.media_type, charset=reply.charset)


def _page(reply: Reply, url: str) -> Reading:
    page = read_page(reply.content, charset=reply.charset)
    entry = Entry(url, url, page.title, page.text, "", page.published, page.updated, page.language)
    return Reading((entry,), title=page.title, language=page.language)
