"""Finds and judges quotations of hadith in any text, and the collections it credits them to. Knows nothing of the Quran or of repair."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fanar.arabic.words import Word
from fanar.attribution.brackets import Marked
from fanar.attribution.credits import credit_of, credited_spans
from fanar.attribution.found import Quotation
from fanar.attribution.grams import RUN
from fanar.attribution.hadith_canon import HadithCanon
from fanar.attribution.hadith_judgement import HadithJudge, HadithLibrary, HadithVerdict
from fanar.attribution.hadith_plain import without_blessings
from fanar.attribution.hadith_words import hadith_key, hadith_words
from fanar.attribution.likeness import is_inflected, is_similar
from fanar.attribution.plain import PlainWords
from fanar.attribution.running import is_everyday
from fanar.findings import ClaimedReference, HadithSource, QuoteFinding
from fanar.hadith.citations import SourceMention, find_sources
from fanar.hadith.collections import BY_ID
from fanar.hadith.narrators import narrators_before, narrators_within, spoken_from

_SHORTEST_BARE = 6
_SURE_BARE = 10
_SHORTEST_SAID = 4
_MOST_PLACES = 100
_NEAR = 0.75
_FEW = 4
"""Of no more words than this each one counts, but for the ending of one."""
_INFLECTED = 0.5


# Three words of «محمد بن عبد الله بن عبد المطلب» in eight say whose son one is: that is a name.
_KIN = frozenset(map(hadith_key, ("بن", "ابن", "بنت", "أبو", "أبي", "أم")))
_KIN_SHARE = 5
_MARK = re.compile(r'["«»“”]')


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
        begin = spoken_from(text, marked.inner_start, marked.inner_end)
        words = hadith_words(text, begin, marked.inner_end) or hadith_words(text, marked.inner_start, marked.inner_end)
        if not words or not self.installed:
            return None
        finding = self._finding(words, self._judge.judge(words), credit_of(text, marked.start, marked.end))
        chain = narrators_before(text, words[0].start, mark=marked.start) or narrators_within(text, words[0].start, marked.inner_end)
        return Quotation(replace(finding, narrators=chain), marked.start, marked.end, marked=True)

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
        credited = credited_spans(text, start, end) if rows else []
        runs = [run for row in rows for run in row.runs(start, end)]
        for first, stop in sorted({*credited, *runs}, key=lambda run: (run[0], -run[1])):
            quotation = self._unmarked(text, first, stop, surely=(first, stop) in credited) if first >= at else None
            if quotation is not None:
                found.append(quotation)
                at = stop
        return found

    def _unmarked(self, text: str, start: int, end: int, *, surely: bool) -> Quotation | None:
        """Return the hadith that a span is; word for word, unless the text credits it to a collection and so presents it as one."""
        quoted = hadith_words(text, start, end)
        if not quoted or is_everyday(quoted) or not (surely or _is_said(text, quoted)):
            return None
        verdict = self._judge.judge(quoted)
        if not (surely or verdict.judgement.faithful or verdict.judgement.status == "diacritic_conflict"):
            return None
        finding = self._finding(quoted, verdict, credit_of(text, quoted[0].start, quoted[-1].end))
        chain = narrators_before(text, start) if surely else narrators_within(text, finding.start, finding.end)
        return Quotation(replace(finding, narrators=chain), finding.start, finding.end, marked=False)

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
        few = len(texts) <= _FEW
        least, alike = (1 - _INFLECTED / len(texts), is_inflected) if few else (_NEAR, is_similar)
        for collection in mention.collections:
            near = max((canon.nearness(texts, collection, alike=alike) for canon in self._library()), default=0.0)
            if collection in stands or near >= least:
                continue
            known = BY_ID[collection].least
            whole = max((canon.has(collection) for canon in self._library()), default=0) >= known
            return False if whole else None
        return True


def _is_said(text: str, quoted: Sequence[Word]) -> bool:
    """Whether words are more than names, of narrators, forefathers or collections, and more than words from both sides of a mark."""
    start, end = quoted[0].start, quoted[-1].end
    chain = narrators_within(text, start, end)
    if chain is not None and sum(word.start >= chain.end for word in quoted) < _SHORTEST_SAID:
        return False
    kin = sum(hadith_key(word.text) in _KIN for word in quoted)
    if kin * _KIN_SHARE >= len(quoted):
        return False
    return len(quoted) >= _SURE_BARE or not (_MARK.search(text, start, end) or find_sources(text[start:end]))
