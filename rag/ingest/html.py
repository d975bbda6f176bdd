"""What a reader of an HTML page sees, as sections by its headings. Knows nothing of style sheets: only what a tag itself says hides it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from rag.ingest.sections import Section, cleaned

_NEVER_SHOWN = frozenset(
    (
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "object",
        "svg",
        "math",
        "head",
        "select",
        "textarea",
        "input",
        "button",
        "dialog",
    )
)
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
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|opacity\s*:\s*0*\.?0+\s*(;|!|$)|font-size\s*:\s*0*\.?0+\s*(px|pt|em|rem|%)?\s*(;|!|$)"
    r"|(text-indent|left|top|right)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*0|(height|width)\s*:\s*0+(px)?\s*(;|!|$)",
    re.IGNORECASE,
)
_LONGEST_STYLE = 2_000
_SPACE = re.compile(r"[ \t\u00a0]+")
_LONGEST_TITLE = 120


def html_sections(content: bytes) -> Iterator[Section]:
    """Yield the visible text of a page by its headings; the encoding is the one that the page names, UTF-8 where it names none."""
    page = BeautifulSoup(content, "html.parser")
    lines: list[str] = []
    title = page.title.get_text(" ", strip=True) if page.title else ""
    for tag, text in _blocks(page):
        if tag in _HEADINGS and text:
            yield Section("\n".join(lines), _place(title))
            lines, title = [], text
        if text:
            lines.append(text)
    yield Section("\n".join(lines), _place(title))


def hides(tag: str, attributes: Mapping[str, object]) -> bool:
    """Whether a tag keeps what is in it from being seen."""
    if tag in _NEVER_SHOWN or "hidden" in attributes or str(attributes.get("aria-hidden", "")).lower() == "true":
        return True
    return _HIDING_STYLE.search(str(attributes.get("style", ""))[:_LONGEST_STYLE]) is not None


def _blocks(page: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Yield each block's name and its own visible text. Iterative: a page may be nested deeper than Python recurses."""
    pieces: list[str] = []
    block = ""
    waiting: list[PageElement | str] = [page]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str) and not isinstance(node, NavigableString):
            yield block, _line(pieces)
            pieces, block = [], node
        elif isinstance(node, Tag):
            if hides(node.name, node.attrs):
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


def _place(title: str) -> str:
    return f"§ {title[:_LONGEST_TITLE]}" if title else ""
