"""References to verses: what one is, and all of them in a text. Knows the numbers of surahs and verses, not their words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from fanar.arabic.normalization import SHORT, normalize
from fanar.scripture.grammar import Claim, Grammar, may_begin_reference
from fanar.scripture.surahs import SURAHS
from fanar.scripture.tokens import tokenize

# Nearly all text holds no reference: one look at its normal form spares the reading of its tokens.
_VERSES = "سور|اي[اهت]|اخر|خوات|فواتح|sura|soora|ay[ae]|ayt|verse|chapter"
_SPEAKS_OF_VERSES = re.compile(_VERSES, re.IGNORECASE)
_POSSIBLE = re.compile(rf"\d|{_VERSES}", re.IGNORECASE)
# Without a word for verse or surah, a reference ends in a number.
_HEAD = re.compile(r"(?:[\W\d_]|(?:من|في|from|in)\b)*(?P<word>[^\W\d_]+)?")
_PLACE_IN_NUMBERS = re.compile(r"\d\s*[:/]|\d(?:st|nd|rd|th)")
_LISTS = re.compile(r"\s*(?:[،,]|و|and|&)?\s*")
_ENDS_IN_NUMBER = re.compile(r"\d[\W_]*$")


@dataclass(frozen=True, slots=True, order=True)
class VerseReference:
    """One verse or a run of verses of one surah."""

    surah: int
    first: int
    last: int

    def __str__(self) -> str:
        """Return "2:255" or "2:255-257"."""
        return f"{self.surah}:{self.first}" if self.first == self.last else f"{self.surah}:{self.first}-{self.last}"

    def __contains__(self, other: VerseReference) -> bool:
        """Whether all verses of `other` are among these."""
        return self.surah == other.surah and self.first <= other.first and other.last <= self.last

    @property
    def verses(self) -> tuple[tuple[int, int], ...]:
        """The (surah, ayah) of each verse, in order."""
        return tuple((self.surah, ayah) for ayah in range(self.first, self.last + 1))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the documents of the corpus `quran`, in order."""
        return tuple(f"{surah}:{ayah}" for surah, ayah in self.verses)

    @property
    def url(self) -> str:
        """Where everybody can read them."""
        return f"https://quran.com/{str(self).replace(':', '/')}"

    @property
    def whole_surah(self) -> bool:
        """Whether these are all the verses of their surah."""
        return self.first == 1 and self.last == SURAHS[self.surah - 1].verses


@dataclass(frozen=True, slots=True)
class ReferenceMention:
    """A reference as it is written in a text; offsets are end-exclusive code points.

    `reference` is None where it points to no verse there is (2:300), and then `unknown` is True. `certain` is False where the same
    characters could be a time, a score or a quantity, and nothing beside them says that a verse is meant.
    """

    start: int
    end: int
    text: str
    reference: VerseReference | None
    certain: bool
    unknown: bool = False


def find_references(text: str, *, begin_by: int | None = None) -> list[ReferenceMention]:
    """Return the references in `text` in order, in all usual Arabic and English spellings; linear in its length.

    With `begin_by` only those that begin there or before it, which costs less.
    """
    if not _POSSIBLE.search(normalize(text)):
        return []
    return list(_kept(text) if begin_by is None and len(text) <= SHORT else _found(text, begin_by))


def _found(text: str, begin_by: int | None = None) -> tuple[ReferenceMention, ...]:
    return tuple(_mention(text, claim) for claim in Grammar(tokenize(text)).claims(begin_by=begin_by))


# Several readers look at the same prompt, one after the other.
@lru_cache(maxsize=8)
def _kept(text: str) -> tuple[ReferenceMention, ...]:
    return _found(text)


def run_together(text: str, mentions: Iterable[ReferenceMention]) -> list[ReferenceMention]:
    """Return the mentions with those of verses that follow one another as one: «(سبأ: 30، 31)» is the reference of one quotation."""
    joined: list[ReferenceMention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        verses = last and _follows(last.reference, mention.reference)
        if last and verses and _LISTS.fullmatch(text, last.end, mention.start):
            whole = replace(last, end=mention.end, text=text[last.start : mention.end], reference=verses)
            joined[-1] = replace(whole, certain=last.certain and mention.certain)
        else:
            joined.append(mention)
    return joined


def may_begin_with_reference(text: str) -> bool:
    """Whether a reference may be the first thing that `text` says: a quick look, which says no only where there is none."""
    normal = normalize(text).lower()
    if not _POSSIBLE.search(normal):
        return False
    head = _HEAD.match(normal)
    if head is None or not head["word"] or _PLACE_IN_NUMBERS.search(normal, 0, head.end()) is not None:
        return True
    return may_begin_reference(head["word"])


def may_end_with_reference(text: str) -> bool:
    """Whether a reference may stand at the end of `text`: a quick look, which says no only where there is none."""
    normal = normalize(text)
    return _ENDS_IN_NUMBER.search(normal) is not None or _SPEAKS_OF_VERSES.search(normal) is not None


def parse_reference(text: str) -> VerseReference | None:
    """Return the reference that `text` is, or the first one it holds; None if it holds none, or one to no verse there is."""
    return next((mention.reference for mention in find_references(text)), None)


def _mention(text: str, claim: Claim) -> ReferenceMention:
    reference = _resolve(claim)
    return ReferenceMention(claim.start, claim.end, text[claim.start : claim.end], reference, claim.certain, unknown=reference is None)


def _resolve(claim: Claim) -> VerseReference | None:
    if not 1 <= claim.surah <= len(SURAHS):
        return None
    count = SURAHS[claim.surah - 1].verses
    # Counted from the end, "the last two verses" are -2 to -1.
    first = claim.first if claim.first >= 0 else count + 1 + claim.first
    last = claim.last if claim.last >= 0 else count + 1 + claim.last
    return VerseReference(claim.surah, first, last) if 1 <= first <= last <= count else None


def _follows(first: VerseReference | None, second: VerseReference | None) -> VerseReference | None:
    """Return both as one where the second begins behind the end of the first."""
    if first is None or second is None or (second.surah, second.first) != (first.surah, first.last + 1):
        return None
    return replace(first, last=second.last)
