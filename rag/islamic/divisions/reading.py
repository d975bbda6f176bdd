"""Reads which parts of the mushaf a prompt names: by number, by an ordinal, by its opening words. Knows nothing of their verses.

«الجزء الثلاثون», «جزء عم», «الربع الثاني من الحزب الأول», «صفحة ٥٨٢ من المصحف», "30th juz", "juz amma", "page 50 of the Quran".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fanar.arabic.ordinals import number_said
from fanar.arabic.words import normal_forms
from fanar.scripture.tokens import BOOK_WORDS, DUAL_VERSE_WORDS, FIRST_WORDS, LAST_WORDS, VERSE_WORDS
from fanar.scripture.tokens import COUNTS as SAID_COUNTS
from rag.islamic.divisions.table import COUNTS, QUARTERS_OF_A_HIZB, Kind

_WORDS: Mapping[Kind, frozenset[str]] = {
    "juz": normal_forms("جزء وجزء الجزء والجزء بالجزء للجزء جزئ جزو الجزو juz juz' juzz juzu joz djuz para siparah sipara"),
    "hizb": normal_forms("حزب وحزب الحزب والحزب بالحزب للحزب hizb hezb hizeb"),
    "quarter": normal_forms("ربع وربع الربع والربع بالربع quarter rub rub' rubu"),
    "page": normal_forms("صفحة وصفحة الصفحة والصفحة بالصفحة وجه page pg"),
}
_MANY: Mapping[Kind, frozenset[str]] = {
    "juz": normal_forms("أجزاء الأجزاء جزءا جزء juzs ajza juz"),
    "hizb": normal_forms("أحزاب الأحزاب حزبا حزب hizbs ahzab hizb"),
    "quarter": normal_forms("أرباع الأرباع ربعا quarters"),
    "page": normal_forms("صفحات الصفحات صفحة pages page"),
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words}
_BETWEEN = normal_forms("رقم رقمه رقمها no number nr # ال")
_OF = normal_forms("من في of in from the")
_LAST = normal_forms("آخر الأخير الأخيرة last final")
_MUSHAF = BOOK_WORDS | normal_forms("المصحف مصحف بالمصحف mushaf muṣḥaf holy المدينة الشريف madina madani")
# The juz that are called by the first words of their verses, in `search` form and as people write them in Latin letters.
_CALLED: Mapping[tuple[str, ...], int] = {
    **{(word,): 30 for word in normal_forms("عم عمّ amma 'amma ama")},
    **{(word,): 29 for word in normal_forms("تبارك tabarak tabaraka tabarakal")},
    **{tuple(name.split()): 28 for name in ("قد سمع", "qad sami", "qad sami'a", "qad samia")},
}


@dataclass(frozen=True, slots=True)
class Named:
    """A part as a prompt names it, from word `start` to before word `end`; its number may be one that there is not."""

    kind: Kind
    number: int
    start: int
    end: int


def named_parts(words: Sequence[str]) -> list[Named]:
    """Return the parts that `words`, in their `search` form, name, in order. A page is meant only where the mushaf is spoken of."""
    if _KINDS.keys().isdisjoint(words):
        return []
    found: list[Named] = []
    at = 0
    of_the_mushaf = any(word in _MUSHAF for word in words)
    while at < len(words):
        named = _part_at(words, at)
        if named is None or (named.kind == "page" and not of_the_mushaf):
            at += 1
            continue
        found.append(named)
        at = named.end
    return _joined(found, words)


def edge_named(words: Sequence[str], taken: Collection[int]) -> tuple[int, range]:
    """Return how many of its first verses are named, or of its last ones as a negative number, and the words that do: «آخر آيتين».

    `taken` are the words that name the part itself. 0 and no words where all of it is meant.
    """
    for at in (at for at, word in enumerate(words) if at not in taken and (word in FIRST_WORDS or word in LAST_WORDS)):
        following = words[at + 1] if at + 2 < len(words) and words[at + 2] in VERSE_WORDS else ""
        count = SAID_COUNTS.get(following) or (int(following) if following.isdecimal() else 0)
        verse = at + 1 + bool(count)
        if verse < len(words) and words[verse] in VERSE_WORDS:
            many = 2 if words[verse] in DUAL_VERSE_WORDS else count or 1
            return -many if words[at] in LAST_WORDS else many, range(at, verse + 1)
    return 0, range(0)


def kind_asked(word: str) -> Kind | None:
    """Return what kind of part a word in singular or plural is."""
    return _KINDS.get(word) or next((kind for kind, words in _MANY.items() if word in words), None)


def _part_at(words: Sequence[str], at: int) -> Named | None:
    """«الجزء الثلاثون», «جزء عم», "30th juz", «آخر جزء»."""
    kind = _KINDS.get(words[at])
    if kind is not None:
        begin = at + 1
        while begin < len(words) and words[begin] in _BETWEEN and begin < at + 3:
            begin += 1
        if kind == "juz" and (called := _called(words, begin)):
            return Named(kind, called[0], at, called[1])
        if kind == "quarter" and begin < len(words) and _KINDS.get(words[begin]) == "hizb":
            # «ربع الحزب الأول» is the hizb's first.
            return Named(kind, 1, at, begin)
        number, used = number_said(words, begin)
        if used:
            return Named(kind, number, at, begin + used)
        return Named(kind, COUNTS[kind], at, begin + 1) if begin < len(words) and words[begin] in _LAST else None
    number, used = number_said(words, at)
    if not used and words[at] in _LAST:
        number, used = -1, 1
    following = _KINDS.get(words[at + used]) if used and at + used < len(words) else None
    if following is None:
        return None
    return Named(following, COUNTS[following] if number < 0 else number, at, at + used + 1)


def _called(words: Sequence[str], at: int) -> tuple[int, int] | None:
    for size in (2, 1):
        name = tuple(words[at : at + size])
        if name in _CALLED:
            return _CALLED[name], at + len(name)
    return None


def _joined(found: list[Named], words: Sequence[str]) -> list[Named]:
    """Return quarters of a hizb as the quarters they are: «الربع الثاني من الحزب ٣» is the tenth."""
    joined: list[Named] = []
    skip = False
    for one, other in pairwise([*found, None]):
        if skip:
            skip = False
        elif one is not None and other is not None and (whole := _quarter_of(one, other, words)):
            joined.append(whole)
            skip = True
        elif one is not None:
            joined.append(one)
    return joined


def _quarter_of(one: Named, other: Named, words: Sequence[str]) -> Named | None:
    small, large = (one, other) if one.kind == "quarter" else (other, one)
    linked = other.start - one.end <= 1 and all(word in _OF for word in words[one.end : other.start])
    if (small.kind, large.kind) != ("quarter", "hizb") or not linked:
        return None
    # A quarter that the hizb does not have is one that there is not.
    inside = 1 <= small.number <= QUARTERS_OF_A_HIZB and 1 <= large.number <= COUNTS["hizb"]
    number = (large.number - 1) * QUARTERS_OF_A_HIZB + small.number if inside else 0
    return Named("quarter", number, one.start, other.end)
