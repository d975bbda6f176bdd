"""How far a quotation reaches that a mark opens: its closer, marks within marks, marks left open. Knows nothing of who speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from fanar.scripture.references import ReferenceMention

LONGEST_QUOTATION = 2_000
"""A quotation that is left open longer than this is judged as it stands."""
CLOSING_TAG = re.compile(r"</?(?:aya|ayah|ayat|verse|quran)(?:_end)?>")
CLOSERS = {"﴿": "﴾", "﴾": "﴿", "{": "}", "«": "»", "“": "”", "《": "》", "‹": "›", "‘": "’", '"': '"', "(": ")"}
ORNATE = frozenset("﴿﴾")
STRAIGHT = '"'
LETTER = re.compile(r"[^\W\d_]")
ARABIC = re.compile(r"[\u0621-\u064a\u0671-\u06d3]")

_FIRST_LETTER_WITHIN = 48
_PARAGRAPH = "\n\n"
_VERSE_NUMBER = re.compile(r"\(\W{0,2}\d{1,3}\W{0,2}$")
_LONGEST_NUMBER = 8
_MOST_INNER = 20
_LEADS_ON = re.compile(r":\s?$")
_ENDS_WORD = re.compile(r"[\w\u0610-\u06ed.!؟?،…]")
_AFTER_CLOSER = frozenset(" \t\n.,،؛:!؟?)]»”*")


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of text between marks; `start:end` with them, `inner_start:inner_end` without.

    `after` is the reference that goes with it. It is `surely` presented as the Quran, or as a hadith, or else only something near it
    speaks of that.
    """

    start: int
    inner_start: int
    inner_end: int
    end: int
    after: ReferenceMention | None = None
    surely: bool = True
    kind: Literal["quran", "hadith"] = "quran"


def begins_foreign(text: str, at: int) -> bool:
    """Whether what follows a mark begins with another script, or with no letter for too long."""
    letter = LETTER.search(text, at, at + _FIRST_LETTER_WITHIN)
    if letter is None:
        return len(text) >= at + _FIRST_LETTER_WITHIN
    return not ARABIC.match(letter.group())


def closes_inner(text: str, at: int) -> bool:
    """Whether a straight mark where one would open can only be the end of a quotation within another."""
    return _ENDS_WORD.match(text[at - 1 : at]) is not None and text[at + 1 : at + 2] in _AFTER_CLOSER


def closing_straight(text: str, at: int) -> int:
    """Return where a straight mark closes what stands before `at`: at the next one, or with the line; beyond the text for neither yet."""
    line = text.find("\n", at)
    line = len(text) if line < 0 else line
    close = text.find(STRAIGHT, at, line)
    return close if close >= 0 else line


def stretch_of(text: str, start: int, inner: int, mark: str, *, final: bool) -> Marked | None:
    """Return what stands between `mark` and its closer; None where that cannot be Arabic words."""
    limit = inner + LONGEST_QUOTATION
    if begins_foreign(text, inner):
        return None
    if mark[0] == "<":
        closer = CLOSING_TAG.search(text, inner, limit)
        close, end = (closer.start(), closer.end()) if closer else (-1, -1)
    else:
        close = _close(text, inner, limit, CLOSERS[mark], final=final)
        end = close + 1
    paragraph = text.find(_PARAGRAPH, inner, limit if close < 0 else close)
    if close >= 0 and paragraph < 0:
        return Marked(start, inner, close, end)
    if paragraph < 0 and len(text) < limit and not final:
        return Marked(start, inner, len(text), limit)
    if mark in ORNATE or mark[0] == "<":
        stop = paragraph if paragraph >= 0 else min(limit, len(text))
        return Marked(start, inner, stop, stop)
    return None


def _close(text: str, inner: int, limit: int, closer: str, *, final: bool) -> int:
    """Return where a quotation closes, -1 for nowhere, or where that may still change.

    Numbers of verses within may stand in brackets of the same kind, and straight marks within straight ones.
    """
    close = text.find(closer, inner, limit)
    for _ in range(_MOST_INNER):
        if close < 0 or not _is_inner(text, inner, close, closer):
            break
        following = text.find(closer, close + 1, limit)
        opened = text.find("(", close, max(following, close)) if closer == ")" else -1
        if opened >= 0 and not _VERSE_NUMBER.match(text[opened:following]):
            break
        if following < 0:
            return close if final else -1
        close = following
    return close


def _is_inner(text: str, inner: int, close: int, closer: str) -> bool:
    """Whether a closer ends the number of a verse («(135)»), or in truth opens a quotation within («يقول: "أعوذ…»)."""
    if closer == STRAIGHT:
        return _LEADS_ON.search(text, max(inner, close - 2), close) is not None and ARABIC.match(text, close + 1) is not None
    return closer == ")" and _VERSE_NUMBER.search(text[max(inner, close - _LONGEST_NUMBER) : close]) is not None
