"""What a reader of an HTML page sees, as sections by its headings. Knows nothing of what hides a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from rag.ingest.hidden import Hiding
from rag.ingest.sections import Section, by_headings, cleaned

_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SPACE = re.compile(r"[ \t\u00a0]+")


def html_sections(content: bytes) -> Iterator[Section]:
    """Yield the visible text of a page by its headings; the encoding is the one that the page names, UTF-8 where it names none."""
    page = BeautifulSoup(content, "html.parser")
    title = page.title.get_text(" ", strip=True) if page.title else ""
    yield from by_headings(((text, text if tag in _HEADINGS else None) for tag, text in _blocks(page) if text), title=title)


def _blocks(page: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Yield each block's name and its own visible text. Iterative: a page may be nested deeper than Python recurses."""
    pieces: list[str] = []
    block = ""
    hiding = Hiding(page)
    waiting: list[PageElement | str] = [page]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str) and not isinstance(node, NavigableString):
            yield block, _line(pieces)
            pieces, block = [], node
        elif isinstance(node, Tag):
            if hiding.hides(node):
                continue
            children: list[PageElement | str] = list(node.children)
            if node.name in _BLOCKS:
                children = [node.name, *children, ""]
            waiting += reversed(children)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            pieces.append(str(node))
    yield block, _line(pieces)


def _line(pieces: list[str]) -> str:
    return _SPACE.sub(" ", cleaned("".join(pieces)).replace("\n", " ")).strip()
