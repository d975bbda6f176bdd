"""Finds and judges quotations of the Quran and of hadith in any text. Knows nothing of how an answer is repaired or reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fanar.arabic.words import Word
from fanar.attribution.announced import AnnouncedVerses
from fanar.attribution.brackets import Marked
from fanar.attribution.canon import Canon
from fanar.attribution.canon_rows import CanonRows, joined_words, read_rows, word_key
from fanar.attribution.found import Quotation
from fanar.attribution.hadith_judgement import HadithLibrary
from fanar.attribution.hadith_quotations import HadithFinder, HadithRow
from fanar.attribution.judgement import NOT_FOUND, Judge, Judgement
from fanar.attribution.marks import find_marked, reference_after, reference_before
from fanar.attribution.nearest import is_near, nearest_verse
from fanar.attribution.plain import plain_words
from fanar.attribution.running import GAP, SHORTEST, find_stretches
from fanar.attribution.sieve import Stretches, VerseSieve
from fanar.findings import BY_SEVERITY, ClaimedReference, QuoteFinding
from fanar.protocols import ScriptureIndex
from fanar.scripture.references import ReferenceMention, VerseReference

# Where words were left out and the text says so.
_ELISION = re.compile(r"\.{2,}|…|\[\s*\]|\(\s*\)")
_MOST_PARTS = 20
_FURTHEST_PART = 120


def _no_hadith() -> tuple[()]:
    return ()


@dataclass(frozen=True, slots=True)
class Scan:
    """The quotations of a text up to `settled`, from where reading goes on when more text has come.

    That is of use once the text has `needed` characters, or one of those in `awaits` has come; `within_straight` is to be passed on.
    """

    quotations: tuple[Quotation, ...]
    settled: int
    within_straight: bool = False
    needed: int = 0
    awaits: str = ""


@dataclass(frozen=True, slots=True)
class _Whole:
    """What one look at a whole text says of where verses and hadith may run in it."""

    verses: Stretches
    hadith: list[HadithRow]


class QuotationFinder:
    """Holds the canonical text; one instance serves all texts."""

    def __init__(self, scripture: ScriptureIndex, *, rows: CanonRows | None = None, hadith: HadithLibrary = _no_hadith) -> None:
        rows = rows or read_rows(scripture)
        self._canon = Canon(scripture, rows=rows)
        self._sieve = VerseSieve(rows, least=SHORTEST, gap=GAP)
        # The table of letters is made now, and not while the first text waits.
        plain_words("")
        self._judge = Judge(self._canon)
        self._announced = AnnouncedVerses(self._judged_as_one)
        self._hadith = HadithFinder(hadith)
        self._basmala = [word_key(word.text) for word in joined_words(scripture.basmala)]

    def find(self, text: str) -> list[Quotation]:
        """Return the quotations in `text`, in order; linear in its length."""
        return list(self.scan(text).quotations)

    def verse_alone(self, text: str) -> list[Quotation]:
        """Return a text that is one whole verse and nothing else: however short, it is no turn of phrase then. Empty for any other text."""
        words = joined_words(text, 0, len(text)) if len(text) <= _LONGEST_ALONE else []
        judgement = self._judged(words, None) if len(words) > 1 else NOT_FOUND
        whole = any(self._canon.place_of(self._canon.reference(*place)) == place for place in judgement.places)
        return [self._quotation(judgement, words, None, None)] if judgement.faithful and whole else []

    def judge(self, text: str, *, claimed: VerseReference | None = None) -> QuoteFinding:
        """Return what is to be said of a text that is one quotation."""
        whole = Marked(0, 0, len(text), len(text))
        return next((q.finding for q in self._marked(text, whole, claimed)), QuoteFinding(0, len(text), "quran", "not_found", 0.0, None))

    def scan(self, text: str, *, begin: int = 0, final: bool = True, within_straight: bool = False) -> Scan:
        """Return the quotations from `begin` on. Unless `final`, only those that no further text can change."""
        marks = find_marked(text, begin=begin, final=final, within_straight=within_straight)
        whole = self._sift(text) if final and not begin else None
        found: list[Quotation] = []
        at = begin
        for marked in marks.marked:
            found += self._unmarked(text, at, marked.start, whole)
            found += self._presented(text, marked)
            at = marked.end
        if whole is not None:
            return Scan((*found, *self._unmarked(text, at, marks.settled, whole)), marks.settled)
        running, open_from = self._running(text, at, marks.settled, final=final)
        settled = marks.settled if final else open_from
        found += [quotation for quotation in running if quotation.end <= settled]
        within = any(opened < settled <= closed for opened, closed in marks.straights)
        return Scan(tuple(found), settled, within, marks.needed, marks.awaits)

    @property
    def collections(self) -> dict[str, str]:
        """How many hadith each installed corpus of them holds, by its name."""
        return self._hadith.collections

    def judge_hadith(self, text: str) -> QuoteFinding:
        """Return what is to be said of a text that is one quotation of a hadith."""
        return self._hadith.judge(text)

    def _sift(self, text: str) -> _Whole:
        words = plain_words(text)
        return _Whole(self._sieve.sift(words), self._hadith.sift(words))

    def _unmarked(self, text: str, start: int, end: int, whole: _Whole | None) -> list[Quotation]:
        """Return what runs through a span.

        Only in whole texts hadith without marks are looked for, verses read past a changed word, and announced ones to their end: what
        comes in pieces would have to wait for what follows.
        """
        if whole is None:
            return self._running(text, start, end, final=True)[0]
        running = [verse for stretch in whole.verses.within(start, end) for verse in self._running(text, *stretch, final=True)[0]]
        verses = self._announced.read(text, start, end, running)
        return _in_order(verses, self._hadith.bare(text, start, end, whole.hadith))

    def _presented(self, text: str, marked: Marked) -> list[Quotation]:
        """Return what stands between marks, as what it is, which may not be what it is said to be."""
        if marked.kind == "hadith":
            hadith = self._hadith.marked(text, marked)
            if hadith is None and marked.after is None and text[marked.start] not in _ORNATE:
                return self._running(text, marked.start, marked.end, final=True)[0]
            return self._hadith_or_verse(text, marked, hadith)
        verses = list(self._marked(text, marked, None))
        if len(verses) == 1 and verses[0].finding.status == "not_found" and text[marked.start] not in _ORNATE:
            hadith = self._hadith.marked(text, marked)
            if hadith is not None and hadith.finding.faithful:
                return [hadith]
        return verses

    def _hadith_or_verse(self, text: str, marked: Marked, hadith: Quotation | None) -> list[Quotation]:
        """Return what is presented as a hadith; where it is a verse, in its marks or with its reference if not in its words, as that."""
        presented = hadith is None or marked.after is not None or text[marked.start] in _ORNATE
        verses = list(self._marked(text, marked, None)) if presented or self._is_verse(text, marked) else []
        if hadith is None or (marked.after is not None and _covers(verses, hadith)):
            return verses
        if hadith.finding.faithful:
            return [hadith]
        near = presented and any(verse.finding.status != "not_found" for verse in verses)
        return verses if _covers(verses, hadith) or (near and hadith.finding.status == "not_found") else [hadith]

    def _is_verse(self, text: str, marked: Marked) -> bool:
        """Whether all the words stand in the Quran, in this order."""
        keys = [self._canon.key(word.text) for word in joined_words(text, marked.inner_start, marked.inner_end)]
        return len(keys) >= _SHORTEST_VERSE and self._canon.longest(keys, 0, len(keys))[0] == len(keys)

    def _running(self, text: str, start: int, end: int, *, final: bool) -> tuple[list[Quotation], int]:
        words = joined_words(text, start, end)
        stretches, open_from = find_stretches(self._canon, words, final=final)
        found = []
        for stretch in stretches:
            quoted = words[stretch.start : stretch.end]
            judgement = self._judge.judge(quoted)
            if judgement.status == "not_found" or (judgement.status == "altered" and len(quoted) <= _SHORTEST_ALTERED):
                continue
            mention = reference_after(text, quoted[-1].end) or reference_before(text, quoted[0].start)
            found.append(self._quotation(judgement, quoted, mention, None))
        return found, words[open_from].start if open_from < len(words) else end

    def _marked(self, text: str, marked: Marked, claimed: VerseReference | None) -> Iterator[Quotation]:
        parts = [words for words in self._parts(text, marked) if words]
        if not parts:
            return
        mention = marked.after or (reference_before(text, marked.start) if claimed is None else None)
        claimed = claimed or (mention.reference if mention else None)
        judged = [(words, self._judged(words, claimed)) for words in parts]
        joined = self._joined(judged)
        if joined is not None and joined.status == "not_found" and not marked.surely:
            return
        if joined is not None:
            yield self._quotation(joined, [word for words in parts for word in words], mention, marked)
            return
        for at, (words, judgement) in enumerate(judged):
            start = marked.start if at == 0 else words[0].start
            end = marked.end if at == len(judged) - 1 else words[-1].end
            yield self._quotation(judgement, words, mention, replace(marked, start=start, end=end))

    def _parts(self, text: str, marked: Marked) -> Iterator[list[Word]]:
        at = marked.inner_start
        for count, elision in enumerate(_ELISION.finditer(text, marked.inner_start, marked.inner_end)):
            if count == _MOST_PARTS:
                break
            yield joined_words(text, at, elision.start())
            at = elision.end()
        yield joined_words(text, at, marked.inner_end)

    def _judged(self, words: Sequence[Word], claimed: VerseReference | None) -> Judgement:
        hint = self._canon.place_of(claimed) if claimed else (0, 0)
        judgement = self._judge.judge(words, hint=hint)
        opening = len(self._basmala)
        if judgement.faithful or len(words) <= opening or [word_key(w.text) for w in words[:opening]] != self._basmala:
            return judgement
        # The basmala opens a surah without being one of its verses.
        rest = self._judge.judge(words[opening:], hint=hint)
        return rest if rest.status != "not_found" else judgement

    def _judged_as_one(self, words: Sequence[Word], mention: ReferenceMention | None) -> Quotation:
        return self._quotation(self._judged(words, mention.reference if mention else None), words, mention, None)

    def _joined(self, judged: Sequence[tuple[Sequence[Word], Judgement]]) -> Judgement | None:
        """Join parts that follow one another in one surah into one verdict; None where they do not."""
        if len(judged) == 1:
            return judged[0][1]
        if any(not judgement.places for _, judgement in judged):
            return None if any(judgement.places for _, judgement in judged) else NOT_FOUND
        chains = [chain for place in judged[0][1].places if (chain := self._following(place, [j for _, j in judged[1:]]))]
        if not chains:
            return None
        verdicts = [judgement for _, judgement in judged]
        worst = max(verdicts, key=lambda judgement: BY_SEVERITY.index(judgement.status))
        total = sum(len(words) for words, _ in judged)
        score = sum(judgement.score * len(words) for words, judgement in judged) / total
        correction = None
        if any(judgement.correction for judgement in verdicts):
            correction = " … ".join(self._canon.verbatim(*place) for place in chains[0])
        places = tuple((chain[0][0], chain[-1][1]) for chain in chains)
        return Judgement(worst.status, round(score, 4), tuple(d for j in verdicts for d in j.differences), places, correction)

    def _following(self, place: tuple[int, int], others: Sequence[Judgement]) -> list[tuple[int, int]]:
        chain = [place]
        for judgement in others:
            first, end = chain[-1]
            reach = range(end, end + _FURTHEST_PART)
            following = [p for p in judgement.places if p[0] in reach and self._canon.same_surah(first, p[0])]
            if not following:
                return []
            chain.append(min(following))
        return chain

    def _quotation(self, judgement: Judgement, words: Sequence[Word], mention: ReferenceMention | None, marked: Marked | None) -> Quotation:
        start, end = words[0].start, words[-1].end
        occurrences = tuple(dict.fromkeys(self._canon.reference(*place) for place in judgement.places))
        texts = [word.text for word in words]
        nearest = nearest_verse(self._canon, texts) if judgement.status == "not_found" else None
        claimed = mention.reference if mention else None
        near = claimed is not None and not judgement.faithful and is_near(self._canon, texts, claimed)
        finding = QuoteFinding(
            start,
            end,
            "quran",
            judgement.status,
            judgement.score,
            str(occurrences[0]) if occurrences else None,
            tuple(map(str, occurrences)),
            judgement.differences,
            judgement.correction,
            _claim(mention, occurrences, near=near),
            nearest=str(nearest) if nearest else None,
        )
        return Quotation(finding, marked.start if marked else start, marked.end if marked else end, marked is not None)


_LONGEST_ALONE = 2_000
_SHORTEST_ALTERED = 5
_SHORTEST_VERSE = 3
_ORNATE = "﴿﴾<"


def _claim(mention: ReferenceMention | None, occurrences: Sequence[VerseReference], *, near: bool) -> ClaimedReference | None:
    if mention is None:
        return None
    claimed = mention.reference
    right = claimed is not None and (near or any(_meet(claimed, occurrence) for occurrence in occurrences))
    return ClaimedReference(mention.text, mention.start, mention.end, str(claimed) if claimed else None, right)


def _meet(claimed: VerseReference, found: VerseReference) -> bool:
    return claimed.surah == found.surah and claimed.first <= found.last and found.first <= claimed.last


def _covers(verses: Sequence[Quotation], hadith: Quotation) -> bool:
    """Whether verses that stand rightly are most of what is presented as a hadith."""
    within = sum(verse.finding.end - verse.finding.start for verse in verses if verse.finding.faithful)
    return within * 2 > hadith.finding.end - hadith.finding.start


def _in_order(verses: Sequence[Quotation], hadith: Sequence[Quotation]) -> list[Quotation]:
    """Put both together by their places; where they overlap, the verse stands."""
    apart = [each for each in hadith if not any(verse.start < each.end and each.start < verse.end for verse in verses)]
    return sorted([*verses, *apart], key=lambda quotation: quotation.start)
