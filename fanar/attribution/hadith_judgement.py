"""What is to be said of words that are a hadith: the verdict over all installed collections. Knows nothing of quotation marks.

Narrations of one hadith differ, so words may stand in none of them whole and yet have been narrated: where two narrations share the
words in the middle, one holding all before and the other all behind, the verdict is `partial` and both are named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from fanar.arabic.words import Word
from fanar.attribution.canonical import UNKNOWN
from fanar.attribution.hadith_canon import HadithCanon
from fanar.attribution.judgement import Judge, Judgement
from fanar.attribution.spelling import Agreement
from fanar.findings import HadithSource

HadithLibrary = Callable[[], Sequence[HadithCanon]]
"""The collections that are installed now."""

_SHORTEST = 2
_NEAR = 0.75
_SHORTEST_PART = 5
_SHARED = 2
_MOST_SOURCES = 40
_ORDER = ("exact", "exact_undiacritised", "orthographic_variant", "partial", "diacritic_conflict", "altered", "not_found")


@dataclass(frozen=True, slots=True)
class HadithVerdict:
    """A verdict and where the words stand, the best source first."""

    judgement: Judgement
    sources: tuple[HadithSource, ...]


NO_HADITH = HadithVerdict(Judgement("not_found", 0.0), ())


class HadithJudge:
    """Judges runs of words against all collections of a library."""

    def __init__(self, library: HadithLibrary) -> None:
        self._library = library
        self._judges: dict[int, tuple[HadithCanon, Judge]] = {}

    def judge(self, words: Sequence[Word]) -> HadithVerdict:
        """Return the verdict on `words`; a single word is nobody's quotation."""
        if len(words) < _SHORTEST:
            return NO_HADITH
        verdicts = [(canon, self._in_one(canon, judge, words)) for canon, judge in self._current()]
        if not verdicts:
            return NO_HADITH
        best = min(verdicts, key=lambda each: _rank(each[1]))[1]
        if best.status == "not_found":
            return NO_HADITH
        equal = [(canon, verdict) for canon, verdict in verdicts if _is_like(verdict, best)]
        sources = [source_of(canon, place) for canon, verdict in equal for place, _ in verdict.places]
        return HadithVerdict(best, tuple(dict.fromkeys(sources))[:_MOST_SOURCES])

    def _current(self) -> list[tuple[HadithCanon, Judge]]:
        canons = self._library()
        known = self._judges
        self._judges = {id(canon): known.get(id(canon)) or (canon, Judge(canon)) for canon in canons}
        return list(self._judges.values())

    def _in_one(self, canon: HadithCanon, judge: Judge, words: Sequence[Word]) -> Judgement:
        verdict = judge.judge(words)
        if verdict.status != "altered" or verdict.score < _NEAR:
            return verdict
        parts = _overlapping(canon, words)
        return verdict if parts is None else replace(verdict, status="partial", differences=(), places=parts, correction=None)


def source_of(canon: HadithCanon, place: int) -> HadithSource:
    """Return the hadith in which the word at `place` stands."""
    facts = canon.document(canon.number_of(place))
    told = {name: str(facts.get(name) or "") for name in ("reference", "collection", "number", "grade", "chapter")}
    return HadithSource(corpus=canon.name, url=facts.get("url"), **told)


def _overlapping(canon: HadithCanon, words: Sequence[Word]) -> tuple[tuple[int, int], ...] | None:
    """Return the places of two runs that hold all the words between them and share some in the middle."""
    keys = [canon.key(word.text) for word in words]
    if UNKNOWN in keys:
        return None
    before, low, high = canon.longest(keys, 0, len(keys))
    behind = before - _SHARED
    if before < _SHORTEST_PART or behind < 1 or len(keys) - behind < _SHORTEST_PART:
        return None
    length, first, last = canon.longest(keys, behind, len(keys))
    if behind + length < len(keys):
        return None
    runs = ((canon.places(low, min(high, low + 1)), before), (canon.places(first, min(last, first + 1)), length))
    places = [(place, place + size) for found, size in runs for place in found]
    agree = _agree(canon, words[:before], places[0][0]) and _agree(canon, words[behind:], places[-1][0])
    return tuple(places) if agree else None


def _agree(canon: HadithCanon, words: Sequence[Word], place: int) -> bool:
    return all(canon.agreement(word.text, place + at) is not Agreement.DIFFERENT for at, word in enumerate(words))


def _rank(verdict: Judgement) -> tuple[int, float]:
    return _ORDER.index(verdict.status), -verdict.score


def _is_like(verdict: Judgement, best: Judgement) -> bool:
    return verdict.status != "not_found" and (verdict.faithful, verdict.score) == (best.faithful, best.score)
