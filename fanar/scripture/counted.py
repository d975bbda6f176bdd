"""Verses of a surah that are counted from its edges: «أول آية», «آخر ثلاث آيات», «الآيات الخمس الأولى», "the twenty-first verse".

Knows nothing of the surah.
"""

from __future__ import annotations

from fanar.arabic.words import normal_forms
from fanar.scripture import tokens as t
from fanar.scripture.reader import TokenReader

Counted = tuple[int, int, int]
"""First verse, last one, and the token after; negative verses count from the end of the surah."""

_BEHIND_FIRST = normal_forms("الأولى الأوائل الأول first")
_BEHIND_LAST = normal_forms("الأخيرة الأواخر الأخيرات last")
_ORDINAL_ENDINGS = ("st", "nd", "rd", "th")


def counted_verses(reader: TokenReader, at: int) -> Counted | None:
    """Return the verses that the words from token `at` on count; None where they count none."""
    word = reader.text(at)
    nth, verse = _nth(reader, at)
    if nth:
        return (nth, nth, verse + 1) if reader.text(verse) in t.VERSE_WORDS - t.PLURAL_VERSE_WORDS else None
    if not (word in t.FIRST_WORDS or word in t.LAST_WORDS):
        return None
    count, verse = 1, at + 1
    said, used = _count(reader, verse)
    if used and reader.text(verse + used) in t.VERSE_WORDS:
        count, verse = said, verse + used
    if reader.text(verse) not in t.VERSE_WORDS:
        return None
    return _from_edge(2 if reader.text(verse) in t.DUAL_VERSE_WORDS else count, verse + 1, last=word in t.LAST_WORDS)


def listed_from_edge(reader: TokenReader, at: int) -> Counted | None:
    """Return the verses of «الآيات الخمس الأولى», "verses" being the token at `at`."""
    if reader.text(at) not in t.PLURAL_VERSE_WORDS:
        return None
    dual = reader.text(at) in t.DUAL_VERSE_WORDS
    count, used = (2, 0) if dual else _count(reader, at + 1)
    edge = reader.text(at + 1 + used)
    if not (dual or used) or not (edge in _BEHIND_FIRST or edge in _BEHIND_LAST or (edge in t.LAST_WORDS and not edge.isascii())):
        return None
    return _from_edge(count, at + 2 + used, last=edge not in _BEHIND_FIRST)


def _from_edge(count: int, after: int, *, last: bool) -> Counted:
    return (-count, -1, after) if last else (1, count, after)


def _nth(reader: TokenReader, at: int) -> tuple[int, int]:
    """Return the number of «ثاني», "255th", "twenty-first" and the token after it; (0, at) for none, and for the first."""
    if reader.text(at + 1) in _ORDINAL_ENDINGS:
        return reader.number(at), at + 2
    if reader.text(at) in t.NTH:
        return t.NTH[reader.text(at)], at + 1
    value, used, orders = reader.said(at) if reader.text(at).isascii() else (0, 0, False)
    return (value, at + used) if orders and value > 1 else (0, at)


def _count(reader: TokenReader, at: int) -> tuple[int, int]:
    """Return how many, in digits or words, and the tokens that takes."""
    if reader.number(at):
        return reader.number(at), 1
    if reader.text(at) in t.COUNTS:
        return t.COUNTS[reader.text(at)], 1
    value, used, _ = reader.said(at)
    return value, used
