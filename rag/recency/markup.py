"""What a reader sees of a piece of text that may be HTML: plain lines. Knows nothing of feeds.

What is hidden, scripts, and characters that nobody sees and that turn text around are left out: a feed's text is data for a model.
"""

from __future__ import annotations

import html
import re

from rag.ingest.html import html_sections
from rag.ingest.sections import cleaned

_TAG = re.compile(r"<[a-zA-Z/!?]")
_BREAK = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|blockquote)\s*/?>", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?(?:b|i|em|strong|span|a|u|img|small|font)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_HIDING = re.compile(r"style\s*=|hidden|aria-", re.IGNORECASE)
# Zero width (the joiners belong to words), directions that override, tags of flags, and the mark of byte order.
_UNSEEN = re.compile("[\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
_SPACE = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_UTF8 = b"\xef\xbb\xbf"


def plain_text(markup: str) -> str:
    """Return the visible text of `markup`, a line for each block."""
    return tidy(_without_tags(markup) if _TAG.search(markup) else html.unescape(markup))


def one_line(markup: str) -> str:
    """Return the visible text of `markup` in one line."""
    return plain_text(markup).replace("\n", " ")


def tidy(text: str) -> str:
    """Return `text` without what nobody sees, its lines without white space around them."""
    return _LINES.sub("\n", _SPACE.sub(" ", _UNSEEN.sub("", cleaned(text)))).strip()


def _without_tags(markup: str) -> str:
    if not _HIDING.search(markup):
        simple = _ANY_TAG.sub("", _BREAK.sub("\n", markup))
        # Nearly all text of feeds has no other tags than these: there is nothing hidden in it, and no tree is needed.
        if not _TAG.search(simple):
            return html.unescape(simple)
    return "\n".join(section.text for section in html_sections(_UTF8 + markup.encode("utf-8", "replace")))
