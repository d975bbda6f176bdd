"""Sentences of Arabic and Latin text, with offsets. Knows nothing of markup; a list item or a heading line is a sentence of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_forms

_CLOSERS = "\"'”’»›)\\]}﴾"
_END = re.compile(rf"(?P<mark>[.!?؟۔…]+)[{_CLOSERS}]*(?=\s|$)|(?P<line>\n)")
# A line that opens an item, or follows an empty line, begins a sentence even where nothing closed the one before.
_ITEM = re.compile(r"[ \t]*(?:\n|[-*•–#>]+\s|\d{1,3}[.)\-]\s|[٠-٩]{1,3}[.)\-]\s)")
_LAST_TOKEN = re.compile(r"[^\s()\[\]«»\"“”]+$")
_TOKEN_LIMIT = 16
_ABBREVIATIONS = normal_forms(
    "د أ م ص ج ط ت هـ ه ق.م ب.م أ.د م.د إلخ الخ ر.س ش رقم "
    "dr mr mrs ms prof st vs etc e.g i.e cf fig eq no vol pp p ed al inc ltd jr sr u.s u.k u.n a.m p.m b.c a.d ph.d"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as it is written, without the white space around it, and its offsets in the text."""

    text: str
    start: int
    end: int


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of `text` in order. Abbreviations, initials, decimals and item numbers do not end one."""
    return list(each_sentence(text))


def each_sentence(text: str) -> Iterator[Sentence]:
    """Yield what `sentences` returns, one by one, for whoever may stop before the end."""
    start = 0
    for end in _boundaries(text):
        yield from _trimmed(text, start, end)
        start = end


def _boundaries(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        if match["line"] is not None:
            if _ends_a_line(text, match.start()):
                yield match.end()
        elif match["mark"] != "." or _ends_a_sentence(text, match.start("mark")):
            yield match.end()
    yield len(text)


def _ends_a_line(text: str, newline: int) -> bool:
    before = text[max(0, newline - 1) : newline]
    return before in (":", "\n", "") or _ITEM.match(text, newline + 1) is not None


def _ends_a_sentence(text: str, dot: int) -> bool:
    token = _LAST_TOKEN.search(text[max(0, dot - _TOKEN_LIMIT) : dot])
    if token is None:
        return True
    word = normalize(token.group())
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word.isascii() and word != "i"):
        return False
    line_start = text.rfind("\n", max(0, dot - _TOKEN_LIMIT), dot) + 1
    opens_item = (
        word.isdigit() and len(word) <= 3 and (line_start > 0 or dot <= _TOKEN_LIMIT) and text[line_start:dot].strip() == token.group()
    )
    return not opens_item


def _trimmed(text: str, start: int, end: int) -> list[Sentence]:
    piece = text[start:end]
    body = piece.strip()
    if not body:
        return []
    start += len(piece) - len(piece.lstrip())
    return [Sentence(body, start, start + len(body))]
