"""Finds and judges quotations of hadith in any text, and the collections it credits them to. Knows nothing of the Quran or of repair."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fanar.arabic.words import Word
from fanar.attribution.found import Quotation
from fanar.attribution.grams import RUN
from fanar.attribution.hadith_canon import HadithCanon
from fanar.attribution.hadith_judgement import HadithJudge, HadithLibrary, HadithVerdict
from fanar.attribution.hadith_plain import without_blessings
from fanar.attribution.hadith_words import hadith_words
from fanar.attribution.marks import AFTER, BEFORE, Marked
from fanar.attribution.plain import PlainWords
from fanar.findings import ClaimedReference, HadithSource, QuoteFinding
from fanar.hadith.citations import SourceMention, find_sources
from fanar.hadith.collections import BY_ID

_SHORTEST_BARE = 6
_SURE_BARE = 10
_MOST_PLACES = 100
_NEAR = 0.75
# What is said of the next quotation, or in the next paragraph, is not said of this one.
_ENDS_CREDIT = re.compile(r'[«“﴿"]|\n\s*\n|[.؛]\s')
_BEGINS_CREDIT = re.compile(r'[»”﴾"]|\n|[.؟!]\s')


@dataclass(frozen=True, slots=True)
class HadithRow:
    """The words of a text as one collection knows them: where each stands, its key, and the positions at which runs may begin."""

    canon: HadithCanon
    words: PlainWords
    keys: list[int]
    hits: list[int]

    def runs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the stretches of a span that stand in a hadith and that not everybody says."""
        at = int(np.searchsorted(self.words.starts, start))
        stop = int(np.searchsorted(self.words.ends, end, side="right"))
        for position in self.hits[bisect_left(self.hits, at) : bisect_left(self.hits, stop - RUN + 1)]:
            if position < at:
                continue
            length, low, high = self.canon.longest(self.keys, position, stop)
            rare = high - low <= _MOST_PLACES
            if (length >= _SHORTEST_BARE and rare) or length >= _SURE_BARE:
                at = position + length
                yield int(self.words.starts[position]), int(self.words.ends[at - 1])


def _row(canon: HadithCanon, words: PlainWords) -> HadithRow:
    keys = canon.keys_of(words)
    return HadithRow(canon, words, keys.tolist(), canon.may_stand(keys))


class HadithFinder:
    """Finds hadith of the installed collections; without any it finds nothing."""

    def __init__(self, library: HadithLibrary) -> None:
        self._library = library
        self._judge = HadithJudge(library)

    @property
    def installed(self) -> bool:
        """Whether there is any collection to compare with."""
        return bool(self._library())

    @property
    def collections(self) -> dict[str, str]:
        """How many hadith each installed corpus holds, by its name."""
        return {canon.name: f"{canon.documents} hadith" for canon in self._library()}

    def judge(self, text: str, *, start: int = 0, end: int | None = None) -> QuoteFinding:
        """Return what is to be said of a span that is one quotation of a hadith."""
        stop = len(text) if end is None else end
        words = hadith_words(text, start, stop)
        if not words:
            return QuoteFinding(start, stop, "hadith", "not_found", 0.0, None)
        return self._finding(words, self._judge.judge(words), None)

    def marked(self, text: str, marked: Marked) -> Quotation | None:
        """Return the quotation between marks, credited as the text credits it; None for no words or no collection to compare with."""
        words = hadith_words(text, marked.inner_start, marked.inner_end)
        if not words or not self.installed:
            return None
        finding = self._finding(words, self._judge.judge(words), _credit(text, marked.start, marked.end))
        return Quotation(finding, marked.start, marked.end, marked=True)

    def sift(self, words: PlainWords) -> list[HadithRow]:
        """Return the words of a text as each collection knows them; `bare` finds hadith among them."""
        if not self.installed:
            return []
        kept = without_blessings(words)
        return [_row(canon, kept) for canon in self._library()]

    def bare(self, text: str, start: int, end: int, rows: Sequence[HadithRow]) -> list[Quotation]:
        """Return the hadith that run through a span of `text` without marks, word for word; `rows` are the text's."""
        found: list[Quotation] = []
        at = start
        for first, stop in sorted((run for row in rows for run in row.runs(start, end)), key=lambda run: (run[0], -run[1])):
            if first < at:
                continue
            quoted = hadith_words(text, first, stop)
            verdict = self._judge.judge(quoted)
            if verdict.judgement.faithful or verdict.judgement.status == "diacritic_conflict":
                finding = self._finding(quoted, verdict, _credit(text, quoted[0].start, quoted[-1].end))
                found.append(Quotation(finding, finding.start, finding.end, marked=False))
                at = stop
        return found

    def _finding(self, words: Sequence[Word], verdict: HadithVerdict, mention: SourceMention | None) -> QuoteFinding:
        judgement = verdict.judgement
        claim, best = self._claimed(words, verdict, mention)
        return QuoteFinding(
            words[0].start,
            words[-1].end,
            "hadith",
            judgement.status,
            judgement.score,
            best[0].reference if best else None,
            tuple(dict.fromkeys(source.reference for source in best)),
            judgement.differences,
            judgement.correction,
            claim,
            best,
        )

    def _claimed(
        self, words: Sequence[Word], verdict: HadithVerdict, mention: SourceMention | None
    ) -> tuple[ClaimedReference | None, tuple[HadithSource, ...]]:
        """Return whether the text credits the words rightly, and the sources, that which the text names first."""
        if mention is None:
            return None, verdict.sources
        named = [source for source in verdict.sources if source.collection in mention.collections]
        if mention.number:
            named.sort(key=lambda source: source.number != mention.number)
        sources = (*named, *(source for source in verdict.sources if source not in named))
        right = self._is_right(words, verdict, mention)
        told = ClaimedReference(mention.text, mention.start, mention.end, ", ".join(mention.collections) or None, right)
        return told, sources

    def _is_right(self, words: Sequence[Word], verdict: HadithVerdict, mention: SourceMention) -> bool | None:
        if verdict.judgement.status == "not_found":
            return False
        stands = {source.collection for source in verdict.sources}
        texts = [word.text for word in words]
        for collection in mention.collections:
            near = max((canon.nearness(texts, collection) for canon in self._library()), default=0.0)
            if collection in stands or near >= _NEAR:
                continue
            known = BY_ID[collection].least
            whole = max((canon.has(collection) for canon in self._library()), default=0) >= known
            return False if whole else None
        return True


def _credit(text: str, start: int, end: int) -> SourceMention | None:
    """Return the collections that the text names behind a quotation, or else before it."""
    window = text[end : end + AFTER]
    cut = _ENDS_CREDIT.search(window, 1)
    behind = find_sources(window[: cut.start()] if cut else window)
    if behind is not None:
        return _moved(behind, end)
    begin = max(0, start - BEFORE)
    window = text[begin:start]
    cuts = [match.end() for match in _BEGINS_CREDIT.finditer(window) if window[match.end() :].strip()]
    before = find_sources(window[cuts[-1] :] if cuts else window)
    return _moved(before, begin + (cuts[-1] if cuts else 0)) if before else None


def _moved(mention: SourceMention, by: int) -> SourceMention:
    return SourceMention(mention.start + by, mention.end + by, mention.text, mention.collections, mention.number, others=mention.others)
