"""Finds what a text presents as the Quran or a hadith, by its marks and by what is said around it. Knows nothing of their words.

Ornate brackets and verse tags say so themselves. Other quotation marks do where words before them announce the Quran, or a reference to
a verse stands beside them, and nothing says that the words are somebody else's. A decision looks at most `BEFORE` characters back and
`AFTER` ahead of the marks, so that a stream can be judged piece by piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from fanar.arabic.normalization import normalize
from fanar.hadith.marks import ANNOUNCES as HADITH_ANNOUNCES
from fanar.scripture.references import ReferenceMention, find_references, may_begin_with_reference, may_end_with_reference

BEFORE = 100
AFTER = 72
LONGEST_QUOTATION = 2_000
"""A quotation that is left open longer than this is judged as it stands."""

_TAG = r"<(?:aya|ayah|ayat|verse|quran)(?:_start)?>"
_CLOSING_TAG = re.compile(r"</?(?:aya|ayah|ayat|verse|quran)(?:_end)?>")
_OPENER = re.compile(rf"[﴿﴾{{«“\"(]|{_TAG}", re.IGNORECASE)
_CLOSERS = {"﴿": "﴾", "﴾": "﴿", "{": "}", "«": "»", "“": "”", '"': '"', "(": ")"}
_QUOTE_CLOSERS = tuple('»”﴾}"')
_ORNATE = frozenset("﴿﴾")
_STRAIGHT = '"'
_LETTER = re.compile(r"[^\W\d_]")
_ARABIC = re.compile(r"[\u0621-\u064a\u0671-\u06d3]")
_ARABIC_WORD = re.compile(r"[\u0621-\u064a\u0671-\u06d3][\u0610-\u06ed\u0621-\u064a]*")
_FIRST_LETTER_WITHIN = 48
_UNFINISHED_TAG = re.compile(r"<[A-Za-z_/]{0,11}$")
_PARAGRAPH = "\n\n"
_BEFORE_REFERENCE = re.compile(rf"(?:{_CLOSING_TAG.pattern}|[\W\d_]|من|في)*", re.IGNORECASE)

_ANNOUNCES = re.compile(
    r"تعالي|سبحانه|عز وجل|جل جلاله|جل وعلا|جل شانه|تبارك اسمه|(?:قال|يقول|قول|وقول) (?:الله|ربنا|ربك|رب العزه)|الله يقول"
    r"|كتابه الكريم|كتاب الله|(?:ال)?قران|التنزيل|\b[وفبلك]*(?:ال|لل)?اي(?:ه|ات|تين|تان)\b|\b[وفبلك]*(?:ال)?سوره\b"
    r"|allah (?:almighty )?(?:says|said|states|tells|commands|the almighty)|god says|qur'?an|\bverses?\b|\bayahs?\b|\bayat\b|\bsurah?\b"
)
_SOMEBODY_ELSE = re.compile(
    r"رسول الله|الرسول|النبي|نبينا|\b[وفبلك]*(?:ال)?حديث|الاحاديث|رواه|روي|صلي الله عليه|عليه الصلاه|عليه السلام|قدسي|السنه النبويه"
    r"|الشاعر|الدعاء|تفسير|فسر|(?:قال|يقول|ذكر) (?:ابن|ابو|الامام|الشيخ|الحافظ|العلامه|العلماء|المفسرون|الدكتور|عمر|عائشه)"
    r"|hadith|prophet|narrated|messenger"
)
_CREDITED_TO_ANOTHER = re.compile(r"^\W*(?:رواه|روي|اخرجه|متفق عليه|حديث|صحيح|سنن|مسند|البخاري|مسلم|الترمذي|ابو داود|ابن ماجه|احمد)")
_SENTENCE_ENDS = re.compile(r'[؟!»”﴾}"]|(?<!\d)\.\s|(?<![:*])\n\n')
_DIRECTLY = re.compile(r"(?::|تعالي|وجل|سبحانه|يقول|قال|قوله|[اي]يه|ايه الكريمه|ايات|says|said|verse)\W*$")
# «أية» is "any", and in dialect "what", and only without its dots the same as «آية», a verse.
_NOT_A_VERSE = re.compile(r"\bأي[ةه]\b|\bايه\b")
# A word or two in quotation marks, not far from a word like "verse", are more often a term than a verse.
_MANY_WORDS = 4


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
    straights = [(begin - 1, _closing_straight(text, begin))] if within_straight else []
    at = begin
    while (opener := _OPENER.search(text, at)) is not None:
        start, at = opener.span()
        mark = opener.group()
        if mark == _STRAIGHT:
            if straights and start <= straights[-1][1]:
                continue
            if _begins_foreign(text, at):
                straights.append((start, _closing_straight(text, at)))
                continue
        stretch = _stretch(text, start, at, mark, final=final)
        if stretch is None:
            continue
        if not final and stretch.end + AFTER > len(text):
            awaits = "" if stretch.end <= len(text) else _CLOSERS.get(mark, ">") + "\n"
            return Marks(tuple(found), start, tuple(straights), stretch.end + AFTER, awaits)
        quoted = _presented(text, stretch, mark)
        if quoted is not None:
            found.append(quoted)
            at = quoted.end
        elif mark == _STRAIGHT:
            straights.append((start, stretch.inner_end))
    unfinished = None if final else _UNFINISHED_TAG.search(text, max(at, len(text) - 12))
    return Marks(tuple(found), unfinished.start() if unfinished else len(text), tuple(straights))


def _begins_foreign(text: str, at: int) -> bool:
    """Whether what follows a mark begins with another script, or with no letter for too long."""
    letter = _LETTER.search(text, at, at + _FIRST_LETTER_WITHIN)
    if letter is None:
        return len(text) >= at + _FIRST_LETTER_WITHIN
    return not _ARABIC.match(letter.group())


def _closing_straight(text: str, at: int) -> int:
    """Return where a straight mark closes what stands before `at`: at the next one, or with the line; beyond the text for neither yet."""
    line = text.find("\n", at)
    line = len(text) if line < 0 else line
    close = text.find(_STRAIGHT, at, line)
    return close if close >= 0 else line


def _stretch(text: str, start: int, inner: int, mark: str, *, final: bool) -> Marked | None:
    """Return what stands between `mark` and its closer; None where that cannot be Arabic words."""
    limit = inner + LONGEST_QUOTATION
    if _begins_foreign(text, inner):
        return None
    if mark[0] == "<":
        closer = _CLOSING_TAG.search(text, inner, limit)
        close, end = (closer.start(), closer.end()) if closer else (-1, -1)
    else:
        close = text.find(_CLOSERS[mark], inner, limit)
        end = close + 1
    paragraph = text.find(_PARAGRAPH, inner, limit if close < 0 else close)
    if close >= 0 and paragraph < 0:
        return Marked(start, inner, close, end)
    if paragraph < 0 and len(text) < limit and not final:
        return Marked(start, inner, len(text), limit)
    if mark in _ORNATE or mark[0] == "<":
        stop = paragraph if paragraph >= 0 else min(limit, len(text))
        return Marked(start, inner, stop, stop)
    return None


def _presented(text: str, stretch: Marked, mark: str) -> Marked | None:
    content = text[stretch.inner_start : stretch.inner_end]
    count = sum(1 for _ in _first(_ARABIC_WORD.finditer(content), _MANY_WORDS))
    said_by_mark = mark in _ORNATE or mark[0] == "<"
    least = 1 if said_by_mark else 3 if mark == "(" else 2
    if count < least:
        return None
    inside = _reference_inside(text, stretch)
    after = inside or reference_after(text, stretch.end)
    inner_end = inside.start if inside else stretch.inner_end
    told = Marked(stretch.start, stretch.inner_start, inner_end, stretch.end, after)
    if said_by_mark:
        return told
    before = normalize(_NOT_A_VERSE.sub(" ", _sentence_before(text, stretch.start))).lower()
    directly = _DIRECTLY.search(before) is not None
    if mark == "(" and after is None and not directly:
        return None
    credited = _CREDITED_TO_ANOTHER.match(normalize(text[stretch.end : stretch.end + AFTER])) is not None
    if credited or (after is None and directly and _announces_hadith(before)):
        is_quotation = (mark != "(" or directly) and _is_arabic_text(content)
        return replace(told, after=None, kind="hadith") if is_quotation else None
    if mark == "(" and after is not None and "\n" in text[stretch.end : after.start]:
        return None
    announced = _announces_quran(before) and (directly or (mark != "(" and count == _MANY_WORDS))
    ascribed = after is not None and not _SOMEBODY_ELSE.search(f"{before} {normalize(content[:BEFORE])}")
    return replace(told, surely=directly or ascribed) if (announced or ascribed) and _is_arabic_text(content) else None


def _reference_inside(text: str, stretch: Marked) -> ReferenceMention | None:
    """Return the reference with which a quotation ends, its own marks around both."""
    begin = max(stretch.inner_start, stretch.inner_end - AFTER)
    if not may_end_with_reference(text[begin : stretch.inner_end]):
        return None
    mentions = [mention for mention in find_references(text[begin : stretch.inner_end]) if mention.certain]
    if (
        not mentions
        or _LETTER.search(text, begin + mentions[-1].end, stretch.inner_end)
        or begin + mentions[-1].start == stretch.inner_start
    ):
        return None
    return _moved(mentions[-1], begin)


def _announces_quran(before: str) -> bool:
    last = max((match.end() for match in _ANNOUNCES.finditer(before)), default=-1)
    other = max((match.end() for match in _SOMEBODY_ELSE.finditer(before)), default=-1)
    return last > other and "قدسي" not in before


def _announces_hadith(before: str) -> bool:
    last = max((match.end() for match in HADITH_ANNOUNCES.finditer(before)), default=-1)
    verse = max((match.end() for match in _ANNOUNCES.finditer(before)), default=-1)
    return last > verse or "قدسي" in before


def _sentence_before(text: str, start: int) -> str:
    before = text[max(0, start - BEFORE) : start]
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(before) if before[match.end() :].strip()]
    return before[ends[-1] :] if ends else before


def reference_after(text: str, end: int) -> ReferenceMention | None:
    """Return the reference that follows a quotation, nothing but punctuation or tags between; offsets are those of `text`."""
    if not may_begin_with_reference(text[end : end + AFTER]):
        return None
    window = text[max(0, end - 1) : end + AFTER]
    before = _BEFORE_REFERENCE.match(window, 1)
    mention = next((m for m in find_references(window, begin_by=before.end() if before else 1) if m.certain), None)
    between = _CLOSING_TAG.sub("", window[1 : mention.start]) if mention else ""
    if mention is None or _LETTER.search(between.replace("من", "").replace("في", "")) or "﴿" in between:
        return None
    return _moved(mention, max(0, end - 1))


def reference_before(text: str, start: int) -> ReferenceMention | None:
    """Return the last reference in the sentence before a quotation; offsets are those of `text`."""
    sentence = _sentence_before(text, start)
    mentions = [mention for mention in find_references(sentence) if mention.certain]
    if not mentions:
        return None
    # What follows another quotation at once is that one's reference.
    began = start - len(sentence)
    if text[began - 1 : began] in _QUOTE_CLOSERS and not _LETTER.search(sentence, 0, mentions[-1].start):
        return None
    return _moved(mentions[-1], began)


def _moved(mention: ReferenceMention, by: int) -> ReferenceMention:
    return ReferenceMention(mention.start + by, mention.end + by, mention.text, mention.reference, mention.certain, mention.unknown)


def _is_arabic_text(content: str) -> bool:
    """Whether what stands between marks is mostly Arabic, and is no reference."""
    if len(_ARABIC.findall(content)) * 2 < len(_LETTER.findall(content)):
        return False
    return sum(mention.end - mention.start for mention in find_references(content[:200])) * 2 <= len(content.strip())


def _first(matches: Iterator[re.Match[str]], count: int) -> Iterator[re.Match[str]]:
    for _, match in zip(range(count), matches, strict=False):
        yield match
