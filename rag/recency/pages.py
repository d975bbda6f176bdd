"""Reads pages of the web as articles. Knows nothing of feeds or storage.

The main text is what trafilatura takes for it, after everything was taken out that a reader would not see.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import urlsplit

import trafilatura
from lxml import etree, html

from fanar.arabic.script import language_hint
from fanar.bilingual import Bilingual
from fanar.errors import ForbiddenAddressError, NotFoundError, UnprocessableError
from fanar.fetch.client import Fetcher
from fanar.news import Article
from rag.ingest.hidden import hides
from rag.recency.entries import LONGEST_LINE, LONGEST_TEXT, PageText, believable, moment_of, primary_language
from rag.recency.markup import one_line, tidy
from rag.recency.robots import Robots

_LARGEST = 3_000_000
_GONE = (404, 410)
_TYPES = ("text/html", "application/xhtml+xml")
_FIRST = ("article:published_time", "og:article:published_time", "datepublished", "pubdate", "dc.date", "date")
_LAST = ("article:modified_time", "og:updated_time", "datemodified", "lastmod")
_STATED = re.compile(r'"(datePublished|dateModified)"\s*:\s*"([^"]{8,40})"')
_TITLES = ("og:title", "twitter:title")
_NOT_ALLOWED = Bilingual("The site's robots.txt does not let us read this page.", "لا يسمح ملف robots.txt في الموقع بقراءة هذه الصفحة.")
_NOT_THERE = Bilingual("The page is not there any more.", "لم تعد الصفحة موجودة.")
_REFUSED = Bilingual("The page's server answered with an error.", "أجاب خادم الصفحة بخطأ.")
_NO_TEXT = Bilingual("There is no article on this page.", "لا مقال في هذه الصفحة.")


class WebPages:
    """A PageReader, and what reads the pages that feeds point at."""

    def __init__(self, *, fetcher: Fetcher, robots: Robots, clock: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._robots = robots
        self._clock = clock

    async def read(self, url: str) -> Article:
        """Return a page as an article of its host. Raises what `text` does."""
        page, now = await self.text(url), self._clock()
        published = believable(page.published, now=now) or now
        id_ = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return Article(
            id=id_,
            url=url,
            outlet=(urlsplit(url).hostname or "").removeprefix("www."),
            title=page.title,
            text=page.text,
            summary="",
            language=page.language or language_hint(page.text),
            published=published,
            updated=believable(page.updated, now=now) or published,
            fetched=now,
            version=1,
            story=id_,
            authority=0.5,
        )

    async def text(self, url: str) -> PageText:
        """Return what a page says.

        Raises NotFoundError for one that is gone, ForbiddenAddressError where robots.txt or its address forbids it, UnprocessableError for
        one without an article, TooLargeError, UpstreamTimeoutError.
        """
        if not await self._robots.allow(url):
            raise ForbiddenAddressError(_NOT_ALLOWED)
        reply = await self._fetcher.ask(url, headers={"Accept": ", ".join(_TYPES)}, max_bytes=_LARGEST)
        if reply.status in _GONE:
            raise NotFoundError(_NOT_THERE)
        if not 200 <= reply.status < 300:
            raise UnprocessableError(_REFUSED)
        if reply.media_type not in _TYPES:
            raise UnprocessableError(_NO_TEXT)
        return await asyncio.to_thread(read_page, reply.content, charset=reply.charset)

    async def gone(self, url: str) -> bool:
        """Whether the server of a page says that it is not there. Raises what fetching does, also for one that we may not ask."""
        if not await self._robots.allow(url):
            raise ForbiddenAddressError(_NOT_ALLOWED)
        return (await self._fetcher.ask(url, max_bytes=_LARGEST)).status in _GONE


def read_page(content: bytes, *, charset: str | None = None) -> PageText:
    """Return what a page says to who looks at it. Raises UnprocessableError where that is no article."""
    try:
        tree = html.document_fromstring(content, parser=html.HTMLParser(encoding=_known(charset), huge_tree=False, remove_comments=True))
    except (etree.LxmlError, ValueError) as cause:
        raise UnprocessableError(_NO_TEXT) from cause
    facts = dict(_facts(tree))
    stated = {name.lower(): moment for name, moment in _STATED.findall(content[:_LARGEST].decode("utf-8", "replace"))}
    first = (*(facts.get(name) for name in _FIRST), stated.get("datepublished"), _time(tree))
    last = (*(facts.get(name) for name in _LAST), stated.get("datemodified"))
    title = next((facts[name] for name in _TITLES if facts.get(name)), None) or str(tree.findtext(".//title") or "")
    for node in [each for each in tree.body.iterdescendants() if isinstance(each.tag, str) and hides(each.tag, each.attrib)]:
        if node.getparent() is not None:
            node.drop_tree()
    text = tidy(trafilatura.extract(tree, include_comments=False, include_tables=False, fast=True) or "")[:LONGEST_TEXT]
    if not text:
        raise UnprocessableError(_NO_TEXT)
    return PageText(
        title=one_line(title)[:LONGEST_LINE],
        text=text,
        published=_earliest(first),
        updated=_earliest(last),
        language=primary_language(tree.get("lang")),
    )


def _facts(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content"):
            yield name.lower(), str(meta.get("content"))


def _time(tree: html.HtmlElement) -> str | None:
    return next((str(each.get("datetime")) for each in tree.iter("time") if each.get("datetime")), None)


def _earliest(texts: tuple[str | None, ...]) -> datetime | None:
    return next((moment for text in texts if text and (moment := moment_of(text))), None)


def _known(charset: str | None) -> str | None:
    try:
        return "".encode(charset).decode() or charset if charset else None
    except (LookupError, UnicodeError):
        return None
