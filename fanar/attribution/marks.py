"""Finds what a text presents as the Quran or a hadith, by its marks and by what is said around it. Knows nothing of their words.

Ornate brackets and verse tags say so themselves, unless the Prophet is named right before them. Other quotation marks do where words
before them announce the Quran, or a reference to a verse stands beside them, and nothing says that the words are somebody else's. A
decision looks a bounded way back (announcements.py) and ahead of the marks, so that a stream can be judged piece by piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fanar.arabic.normalization import normalize
from fanar.attribution.announcements import (
    BEFORE,
    announces_directly,
    announces_hadith,
    announces_quran,
    announcing,
    credits_another,
    names_hadith,
    sentence_before,
    speaks_for_another,
)
from fanar.attribution.brackets import (
    ARABIC,
    CLOSERS,
    CLOSING_TAG,
    LETTER,
    ORNATE,
    STRAIGHT,
    Marked,
    begins_foreign,
    closes_inner,
    closing_straight,
    stretch_of,
)
from fanar.hadith.citations import find_sources
from fanar.hadith.narrators import spoken_from
from fanar.scripture.references import ReferenceMention, find_references, may_begin_with_reference, may_end_with_reference, run_together

AFTER = 72
"""A decision looks at most so many characters ahead of the marks."""

_TAG = r"<(?:aya|ayah|ayat|verse|quran)(?:_start)?>"
_OPENER = re.compile(rf"[﴿﴾{{«“《‹‘\"(]|{_TAG}", re.IGNORECASE)
_QUOTE_CLOSERS = tuple('»”》›﴾}"')
_ARABIC_WORD = re.compile(r"[\u0621-\u064a\u0671-\u06d3][\u0610-\u06ed\u0621-\u064a]*")
_UNFINISHED_TAG = re.compile(r"<[A-Za-z_/]{0,11}$")
_BEFORE_REFERENCE = re.compile(rf"(?:{CLOSING_TAG.pattern}|[\W\d_]|من|في)*", re.IGNORECASE)
_POINTS_TO_REFERENCE = re.compile(r"[\W_]{0,12}(?:المصدر|المرجع|انظر)[\s:*_]{1,8}")
# A reference in a line of its own that a colon follows speaks of what comes next.
_SPEAKS_OF_NEXT = re.compile(r"[\s)\]*_]*:")

# A word or two in quotation marks, not far from a word like "verse", are more often a term than a verse.
_MANY_WORDS = 4


@dataclass(frozen=True, slots=True)
class Marks:
    """The quotations of a text, and the place up to which this is final whatever follows.

    `straights` are the places of straight quotation marks that belong together and present nothing. Reading on is of use once the
    text has `needed` characters, or one of those in `awaits` has come.
    """

    marked: tuple[Marked, ...]
    settled: int
    straights: tuple[tuple[int, int], ...]
    needed: int = 0
    awaits: str = ""


def find_marked(text: str, *, begin: int = 0, final: bool = True, within_straight: bool = False) -> Marks:
    """Return what `text` from `begin` on presents as the Quran.

    Unless `final`, more text may follow. `within_straight` says that the next straight quotation mark closes one before `begin`.
    """
    found: list[Marked] = []
    straights = [(begin - 1, closing_straight(text, begin))] if within_straight else []
    at = begin
    while (opener := _OPENER.search(text, at)) is not None:
        start, at = opener.span()
        mark = opener.group()
        if mark == STRAIGHT:
            if (straights and start <= straights[-1][1]) or closes_inner(text, start):
                continue
            if begins_foreign(text, at):
                straights.append((start, closing_straight(text, at)))
                continue
        stretch = stretch_of(text, start, at, mark, final=final)
        if stretch is None:
            continue
        if not final and stretch.end + AFTER > len(text):
            awaits = "" if stretch.end <= len(text) else CLOSERS.get(mark, ">") + "\n"
            return Marks(tuple(found), start, tuple(straights), stretch.end + AFTER, awaits)
        quoted = _presented(text, stretch, mark)
        if quoted is not None:
            found.append(quoted)
            at = quoted.end
        elif mark == STRAIGHT:
            # What nobody presents may quote others: the next mark may open an inner quotation.
            following = text.find(STRAIGHT, at, stretch.inner_end)
            straights.append((start, following - 1 if following >= 0 else stretch.inner_end))
    unfinished = None if final else _UNFINISHED_TAG.search(text, max(at, len(text) - 12))
    return Marks(tuple(found), unfinished.start() if unfinished else len(text), tuple(straights))


def _presented(text: str, stretch: Marked, mark: str) -> Marked | None:
    content = text[stretch.inner_start : stretch.inner_end]
    count = sum(1 for _ in _first(_ARABIC_WORD.finditer(content), _MANY_WORDS))
    said_by_mark = mark in ORNATE or mark[0] == "<"
    least = 1 if said_by_mark else 3 if mark == "(" else 2
    if count < least:
        return None
    inside = _reference_inside(text, stretch)
    after = inside or reference_after(text, stretch.end)
    inner_end = inside.start if inside else stretch.inner_end
    told = Marked(stretch.start, stretch.inner_start, inner_end, stretch.end, after)
    before = announcing(sentence_before(text, stretch.start))
    directly = announces_directly(before)
    if said_by_mark:
        return replace(told, kind="hadith") if after is None and directly and announces_hadith(before) else told
    if mark == "(" and after is None and not directly:
        return None
    named = mark != "(" and count == _MANY_WORDS and names_hadith(before)
    spoken = spoken_from(text, stretch.inner_start, stretch.inner_end) > stretch.inner_start
    # What the heading of a list says is not who speaks in an item that has a reference of its own.
    announced = spoken or ((directly or named) and announces_hadith(before.rpartition("\n")[2] if after else before))
    if announced or credits_another(text[stretch.end : stretch.end + AFTER]):
        is_quotation = (mark != "(" or directly) and _is_arabic_text(content)
        return replace(told, kind="hadith") if is_quotation else None
    if mark == "(" and after is not None and "\n" in text[stretch.end : after.start]:
        return None
    return _presented_as_verse(text, told, before, surely_many=mark != "(" and count == _MANY_WORDS)


def _presented_as_verse(text: str, told: Marked, before: str, *, surely_many: bool) -> Marked | None:
    content = text[told.inner_start : told.inner_end]
    directly = announces_directly(before)
    announced = announces_quran(before) and (directly or surely_many)
    line = before.rpartition("\n")[2]
    ascribed = told.after is not None and not speaks_for_another(f"{line} {normalize(content[:BEFORE])}")
    if not ((announced or ascribed) and _is_arabic_text(content)):
        return None
    return replace(told, surely=directly or ascribed or (surely_many and _follows_reference(text, told.start)))


def _follows_reference(text: str, start: int) -> bool:
    """Whether a reference to single verses stands right before a quotation."""
    mention = reference_before(text, start)
    if mention is None or (mention.reference is not None and mention.reference.whole_surah):
        return False
    return LETTER.search(text, mention.end, start) is None


def _reference_inside(text: str, stretch: Marked) -> ReferenceMention | None:
    """Return the reference with which a quotation ends, its own marks around both."""
    begin = max(stretch.inner_start, stretch.inner_end - AFTER)
    if not may_end_with_reference(text[begin : stretch.inner_end]):
        return None
    mentions = [mention for mention in find_references(text[begin : stretch.inner_end]) if mention.certain]
    if (
        not mentions
        or LETTER.search(text, begin + mentions[-1].end, stretch.inner_end)
        or begin + mentions[-1].start == stretch.inner_start
    ):
        return None
    return _moved(mentions[-1], begin)


def reference_after(text: str, end: int) -> ReferenceMention | None:
    """Return the reference that follows a quotation, nothing but punctuation or tags between; offsets are those of `text`."""
    reach = end + AFTER
    pointer = _POINTS_TO_REFERENCE.match(text, end, reach)
    end = pointer.end() if pointer else end
    if not may_begin_with_reference(text[end:reach]):
        return None
    window = text[max(0, end - 1) : reach]
    before = _BEFORE_REFERENCE.match(window, 1)
    mentions = find_references(window, begin_by=before.end() if before else 1)
    mention = next((m for m in run_together(window, mentions) if m.certain), None)
    between = CLOSING_TAG.sub("", window[1 : mention.start]) if mention else ""
    if mention is None or LETTER.search(between.replace("من", "").replace("في", "")) or "﴿" in between:
        return None
    if "\n" in between and _SPEAKS_OF_NEXT.match(window, mention.end):
        return None
    return _moved(mention, max(0, end - 1))


def reference_before(text: str, start: int) -> ReferenceMention | None:
    """Return the last reference in the sentence before a quotation; offsets are those of `text`."""
    sentence = sentence_before(text, start)
    mentions = [mention for mention in run_together(sentence, find_references(sentence)) if mention.certain]
    if not mentions:
        return None
    # What follows another quotation at once is that one's reference.
    began = start - len(sentence)
    if text[began - 1 : began] in _QUOTE_CLOSERS and not LETTER.search(sentence, 0, mentions[-1].start):
        return None
    return _moved(mentions[-1], began)


def _moved(mention: ReferenceMention, by: int) -> ReferenceMention:
    return ReferenceMention(mention.start + by, mention.end + by, mention.text, mention.reference, mention.certain, mention.unknown)


def _is_arabic_text(content: str) -> bool:
    """Whether what stands between marks is mostly Arabic, and is no reference or credit."""
    if len(ARABIC.findall(content)) * 2 < len(LETTER.findall(content)):
        return False
    credit = find_sources(content[:BEFORE])
    if credit is not None and (credit.end - credit.start) * 2 > len(content.strip()):
        return False
    return sum(mention.end - mention.start for mention in find_references(content[:200])) * 2 <= len(content.strip())


def _first(matches: Iterator[re.Match[str]], count: int) -> Iterator[re.Match[str]]:
    for _, match in zip(range(count), matches, strict=False):
        yield match
