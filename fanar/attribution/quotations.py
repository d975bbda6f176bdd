"""Finds and judges quotations of the Quran and of hadith in any text. Knows nothing of how an answer is repaired or reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fanar.arabic.words import Word
from fanar.attribution.announced import AnnouncedVerses
from fanar.attribution.brackets import Marked
from fanar.attribution.canon import Canon
from fanar.attribution.canon_rows import CanonRows, joined_words, read_rows, word_key
from fanar.attribution.elided import FURTHEST_PART, JudgedPart, as_one, parts_between, parts_of
from fanar.attribution.found import Quotation
from fanar.attribution.hadith_judgement import HadithLibrary
from fanar.attribution.hadith_quotations import HadithFinder, HadithRow
from fanar.attribution.judgement import NOT_FOUND, Judge, Judgement
from fanar.attribution.marks import find_marked, reference_after, reference_before
from fanar.attribution.nearest import is_near, nearest_verse
from fanar.attribution.plain import plain_words
from fanar.attribution.running import GAP, SHORTEST, Running, find_stretches
from fanar.attribution.sieve import Stretches, VerseSieve
from fanar.findings import ClaimedReference, QuoteFinding
from fanar.protocols import ScriptureIndex
from fanar.scripture.references import ReferenceMention, VerseReference


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
        self._announced = AnnouncedVerses(self._unmarked_verse)
        self._hadith = HadithFinder(hadith)
        self._basmala = [word_key(word.text) for word in joined_words(scripture.basmala)]

    def find(self, text: str) -> list[Quotation]:
        """Return the quotations in `text`, in order; linear in its length."""
        return list(self.scan(text).quotations)

    def verse_alone(self, text: str) -> list[Quotation]:
        """Return a text that is one whole verse and nothing else: however short, it is no turn of phrase then. Empty for any other text."""
        words = joined_words(text, 0, len(text)) if len(text) <= _LONGEST_ALONE else []
        judgement = self._judged(words) if len(words) > 1 else NOT_FOUND
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
        if final:
            return Scan((*found, *self._unmarked(text, at, marks.settled, whole)), marks.settled)
        open_end, settled = self._open_end(text, at, marks.settled)
        found += open_end
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
        """Return what runs through a span; hadith without marks, which nothing is done about, in whole texts alone."""
        stretches = [(start, end)] if whole is None else whole.verses.within(start, end)
        running = [verse for stretch in stretches for verse in self._running(text, *stretch)]
        verses = self._announced.read(text, start, end, running)
        return verses if whole is None else _in_order(verses, self._hadith.bare(text, start, end, whole.hadith))

    def _presented(self, text: str, marked: Marked) -> list[Quotation]:
        """Return what stands between marks, as what it is, which may not be what it is said to be."""
        if marked.kind == "hadith":
            hadith = self._hadith.marked(text, marked)
            if hadith is None and marked.after is None and text[marked.start] not in _ORNATE:
                return self._running(text, marked.start, marked.end)
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

    def _running(self, text: str, start: int, end: int) -> list[Quotation]:
        words = joined_words(text, start, end)
        return self._verses(text, words, find_stretches(self._canon, words, final=True))

    def _open_end(self, text: str, start: int, end: int) -> tuple[list[Quotation], int]:
        """Return what runs through the end of a text that goes on, as far as no further text changes it, and up to where that is."""
        words = joined_words(text, start, end)
        running = find_stretches(self._canon, words, final=False)
        open_from = words[running.open_from].start if running.open_from < len(words) else end
        runs = [(words[first].start, words[last - 1].end) for first, last in running.runs]
        return self._announced.read_open(text, (start, end), self._verses(text, words, running), open_from=open_from, runs=runs)

    def _verses(self, text: str, words: Sequence[Word], running: Running) -> list[Quotation]:
        found = []
        for stretch in running.stretches:
            quoted = words[stretch.start : stretch.end]
            judgement = self._across(text, quoted)
            if judgement.status == "not_found" or (judgement.status == "altered" and len(quoted) <= _SHORTEST_ALTERED):
                continue
            mention = reference_after(text, quoted[-1].end) or reference_before(text, quoted[0].start)
            found.append(self._quotation(judgement, quoted, mention, None))
        return found

    def _marked(self, text: str, marked: Marked, claimed: VerseReference | None) -> Iterator[Quotation]:
        parts = [words for words in parts_between(text, marked.inner_start, marked.inner_end) if words]
        if not parts:
            return
        mention = marked.after or (reference_before(text, marked.start) if claimed is None else None)
        claimed = claimed or (mention.reference if mention else None)
        judged = self._judged_parts(parts, claimed)
        joined = as_one(self._canon, judged)
        if joined is not None and joined.status == "not_found" and not marked.surely:
            return
        if joined is not None:
            yield self._quotation(joined, [word for words in parts for word in words], mention, marked)
            return
        for at, (words, judgement) in enumerate(judged):
            start = marked.start if at == 0 else words[0].start
            end = marked.end if at == len(judged) - 1 else words[-1].end
            yield self._quotation(judgement, words, mention, replace(marked, start=start, end=end))

    def _judged(self, words: Sequence[Word], hint: tuple[int, int] = (0, 0)) -> Judgement:
        judgement = self._judge.judge(words, hint=hint)
        opening = len(self._basmala)
        if judgement.faithful or len(words) <= opening or [word_key(w.text) for w in words[:opening]] != self._basmala:
            return judgement
        # The basmala opens a surah without being one of its verses.
        rest = self._judge.judge(words[opening:], hint=hint)
        return rest if rest.status != "not_found" else judgement

    def _unmarked_verse(self, text: str, words: Sequence[Word], mention: ReferenceMention | None) -> Quotation:
        return self._quotation(self._across(text, words, mention.reference if mention else None), words, mention, None)

    def _across(self, text: str, words: Sequence[Word], claimed: VerseReference | None = None) -> Judgement:
        """Judge words as one quotation, and by their parts where the text says that words were left out, if that explains them better."""
        whole = self._judged(words, self._hint(claimed))
        parts = [words] if whole.faithful else parts_of(text, words)
        joined = as_one(self._canon, self._judged_parts(parts, claimed)) if len(parts) > 1 else None
        better = joined is not None and joined.places and len(joined.differences) < len(whole.differences)
        return joined if joined and better else whole

    def _judged_parts(self, parts: Sequence[Sequence[Word]], claimed: VerseReference | None) -> list[JudgedPart]:
        """Judge each part, of several places where it may stand rather the one behind the part before it."""
        judged: list[JudgedPart] = []
        hint = self._hint(claimed)
        for part in parts:
            judgement = self._judged(part, hint)
            judged.append((part, judgement))
            if claimed is None and judgement.places:
                end = judgement.places[0][1]
                hint = (end, end + FURTHEST_PART)
        return judged

    def _hint(self, claimed: VerseReference | None) -> tuple[int, int]:
        return self._canon.place_of(claimed) if claimed else (0, 0)

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
