"""What is to be said of words that are a hadith: the verdict over all installed collections. Knows nothing of quotation marks.

Narrations of one hadith differ, so words may stand in none of them whole and yet have been narrated: where two narrations share the
words in the middle, one holding all before and the other all behind, the verdict is `partial` and both are named. Not so where one slip
explains the words better: nearly any word may be left out or doubled between two phrases that stand together somewhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from fanar.arabic.words import Word
from fanar.attribution.canonical import UNKNOWN
from fanar.attribution.hadith_canon import HadithCanon
from fanar.attribution.hadith_words import hadith_key, hadith_words
from fanar.attribution.judgement import Judge, Judgement
from fanar.attribution.likeness import is_similar
from fanar.attribution.spelling import Agreement
from fanar.findings import BY_SEVERITY, HadithSource, QuoteStatus

HadithLibrary = Callable[[], Sequence[HadithCanon]]
"""The collections that are installed now."""

_SHORTEST = 2
_FEW = 4
"""Of no more words than this, one that is another is too much to call the rest a slip: «النظافة من الإيمان» is not «وأيس من الإيمان»."""
_NEAR = 0.75
_SHORTEST_PART = 5
_SHARED = 2
_MOST_SOURCES = 40


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
        if best.status == "not_found" or (len(words) <= _FEW and _says_otherwise(best)):
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
        shared = _least_shared(verdict, len(words))
        parts = _overlapping(canon, words, shared) if shared else None
        if parts is None:
            return verdict
        places, agreement = parts
        status: QuoteStatus = "partial" if agreement is Agreement.SAME else "diacritic_conflict"
        return replace(verdict, status=status, differences=(), places=places, correction=None)


def _says_otherwise(verdict: Judgement) -> bool:
    """Whether altered words say something that their nearest hadith does not: a word that is not there and is like none there."""
    letters = [difference for difference in verdict.differences if difference.operation != "vowels"]
    if _keys(each.found for each in letters) == _keys(each.expected for each in letters):
        return False
    return any(each.found and not is_similar(each.found, each.expected) for each in letters)


def source_of(canon: HadithCanon, place: int) -> HadithSource:
    """Return the hadith in which the word at `place` stands."""
    facts = canon.document(canon.number_of(place))
    told = {name: str(facts.get(name) or "") for name in ("reference", "collection", "number", "grade", "chapter")}
    return HadithSource(corpus=canon.name, url=facts.get("url"), **told)


def _least_shared(verdict: Judgement, size: int) -> int:
    """Return how many words two narrations must share for these to be both of theirs, 0 where a slip explains them."""
    letters = [difference for difference in verdict.differences if difference.operation != "vowels"]
    if len(letters) == 1:
        return 0 if letters[0].operation in ("inserted", "deleted") else max(_SHARED, size // 2)
    moved = _keys(d.found for d in letters) == _keys(d.expected for d in letters)
    return 0 if moved else _SHARED


def _keys(texts: Iterable[str]) -> Counter[str]:
    return Counter(hadith_key(word.text) for text in texts for word in hadith_words(text))


def _overlapping(canon: HadithCanon, words: Sequence[Word], shared: int) -> tuple[tuple[tuple[int, int], ...], Agreement] | None:
    """Return the places of two runs that hold all the words between them and share some in the middle, and how well they agree."""
    keys = [canon.key(word.text) for word in words]
    if UNKNOWN in keys:
        return None
    before, low, high = canon.longest(keys, 0, len(keys))
    behind = before - shared
    if before < _SHORTEST_PART or behind < 1 or len(keys) - behind < _SHORTEST_PART:
        return None
    length, first, last = canon.longest(keys, behind, len(keys))
    if behind + length < len(keys) or _is_one_slip(canon, keys, before):
        return None
    parts = (_best(canon, words[:before], low, high), _best(canon, words[behind:], first, last))
    agreement = min(agreement for agreement, _ in parts)
    places = tuple((place, place + size) for (_, place), size in zip(parts, (before, length), strict=True))
    return None if agreement is Agreement.DIFFERENT else (places, agreement)


def _is_one_slip(canon: HadithCanon, keys: Sequence[int], before: int) -> bool:
    """Whether the words stand in one narration but for one that is left out of it or put in; the first `before` stand in some."""
    for at in range(1, before + 1):
        _, low, high = canon.longest(keys, 0, at)
        head = {place + at for place in canon.places(low, high)}
        for begin, gap in ((at, 1), (at + 1, 0)):
            length, first, last = canon.longest(keys, begin, len(keys)) if begin < len(keys) else (0, 0, 0)
            if length and begin + length == len(keys) and any(place - gap in head for place in canon.places(first, last)):
                return True
    return False


def _best(canon: HadithCanon, words: Sequence[Word], low: int, high: int) -> tuple[Agreement, int]:
    """Return how well words agree with the best of the places of an interval, and that place, the first of several."""
    places = canon.places(low, min(high, low + _MOST_SOURCES))
    found = ((min(canon.agreement(word.text, place + at) for at, word in enumerate(words)), place) for place in places)
    return max(found, key=lambda each: (each[0], -each[1]))


def _rank(verdict: Judgement) -> tuple[int, float]:
    return BY_SEVERITY.index(verdict.status), -verdict.score


def _is_like(verdict: Judgement, best: Judgement) -> bool:
    return verdict.status != "not_found" and (verdict.faithful, verdict.score) == (best.faithful, best.score)
