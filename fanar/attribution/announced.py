"""How far a verse reaches that a text writes without marks: past a changed word, and to the end of what is announced as one.

«هل هذه آية: …» announces what goes on to the end of its sentence, to what is said of the verse after it (its reference, «صدق الله»), or
to a comma up to which it is a verse and after which it is none: «قال تعالى: إن الله مع الصابرين، فاصبر». Who asks whether it is a verse
asks of all of it. Of text that comes in pieces it is said how much no further piece changes.
Knows nothing of how verses are found and judged.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from fanar.arabic.normalization import normalize
from fanar.arabic.stopwords import STOPWORDS
from fanar.arabic.words import Word, normal_words
from fanar.attribution.announcements import announces_directly, announces_quran, announcing, asks_whether, sentence_before
from fanar.attribution.canon_rows import joined_words
from fanar.attribution.elided import ELISION
from fanar.attribution.found import Quotation
from fanar.attribution.marks import AFTER, reference_after, reference_before
from fanar.findings import Difference
from fanar.scripture.references import ReferenceMention, find_references

Judged = Callable[[str, Sequence[Word], ReferenceMention | None], Quotation]
"""Judges words of a text as one quotation, which the reference goes with."""

_LONGEST = 400
"""Characters of a sentence that may be one verse."""
_SHORTEST = 3
_SHORTEST_PART = 5
"""Characters of one of several parts that are verses."""
_FEWEST_PARTS = 2
_MOST_OTHERS = 2
"""Words of an announced sentence that may lie outside the verses found in it for all of it to be one."""
_LEAST_SHARE = 0.75
_NEXT_WORDS = 60
_COLON = re.compile(r":\s*(?=[\u0621-\u064a\u0671-\u06d3])")
_OPEN_COLON = re.compile(r":\s*$")
_STOPS = re.compile(r"[؟?!\n:.…«»“”\"﴿﴾{}()\[\]<>]")
_PAUSE = re.compile(r"[،,؛;–—-]")
_ENDS = re.compile(rf"(?P<elision>{ELISION})|{_STOPS.pattern}|(?<!\w)(?:صدق الله|[أا]م (?:لا|حديث|ليست|قول|دعاء|حكمة|مثل)(?!\w))")
_ASKS_ON = re.compile(
    r"\W*[وف]?(?:ام|او|هل|ماذا|اين|كيف|متي|لماذا|كم|اي|اشرح\w*|فسر\w*|شكرا|جزاك\w*|بارك|ارجو|رجاء|فضلا|ممكن|لا|صح|صحيح\w*|موجود\w*"
    r"|ايش|وش|شو|ا?شنو|شنهو|وين|فين|ليش|ليه|شلون|ازاي|مين|لو سمحت\w*"
    r"|(?:ما|من|في) (?:اي|هي|هو|معن\w+|تفسير\w*|حكم\w*|رقم\w*|سور\w+|قال\w*|قايل\w*))\b"
)
_GOES_ON = re.compile(r"\s*[\u0621-\u064a\u0671-\u06d3]")


@dataclass(frozen=True, slots=True)
class _Span:
    """What is announced as a verse behind a colon, part by part, without what ends it; `asked`: whether it is one.

    `settled` is how long a text must be for that to be so whatever follows, 0 where that is longer than it is.
    """

    colon: int
    parts: tuple[tuple[int, int], ...]
    asked: bool
    settled: int

    @property
    def start(self) -> int:
        """Where its first part begins."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Where its last part ends."""
        return self.parts[-1][1]


@dataclass(frozen=True, slots=True)
class AnnouncedVerses:
    """Reads on from the verses that run through a text, as `judged` judges them."""

    judged: Judged

    def read(self, text: str, start: int, end: int, running: Sequence[Quotation]) -> list[Quotation]:
        """Return the verses that run through a span as far as they reach, and those that are announced there."""
        verses = [self._past_a_change(text, verse, end) for verse in running]
        return self._with_announced(text, verses, _announced(text, start, end))

    def read_open(
        self, text: str, part: tuple[int, int], running: Sequence[Quotation], *, open_from: int, runs: Sequence[tuple[int, int]]
    ) -> tuple[list[Quotation], int]:
        """Return the same of the last part of a text that goes on, and up to where no further text changes it.

        `open_from` is up to where the verses that run through it are settled, `runs` where words run along any: one of these is read
        from its beginning.
        """
        start, end = part
        verses = [self._past_a_change(text, verse, end) for verse in running]
        spans = list(_announced(text, start, end))
        beyond = len(text) + 1
        pieces = [(one.start, verse.end if _is_settled(text, one, end) else beyond) for one, verse in zip(running, verses, strict=True)]
        pieces += [(span.colon, span.end if 0 < span.settled <= len(text) else beyond) for span in spans]
        colon = _OPEN_COLON.search(text, max(start, end - _LONGEST), end)
        settled = min(open_from, colon.start()) if colon else open_from
        for first, stop in sorted((*pieces, *runs), reverse=True):
            settled = first if first < settled < stop else settled
        return [verse for verse in self._with_announced(text, verses, spans) if verse.end <= settled], settled

    def _with_announced(self, text: str, verses: Sequence[Quotation], spans: Iterable[_Span]) -> list[Quotation]:
        starts, ends = [verse.start for verse in verses], [verse.end for verse in verses]
        read: list[Quotation] = []
        at = upto = 0
        for span in spans:
            if span.start < upto:
                continue
            begin = max(at, bisect_right(ends, span.start))
            within = verses[begin : bisect_left(starts, span.end)]
            announced = self._several(text, span, within) if len(span.parts) > 1 else ()
            announced = announced or self._one(text, span, [verse for verse in within if verse.start < span.parts[0][1]])
            if announced:
                read += (*verses[at:begin], *announced)
                upto = announced[-1].end
                at = bisect_left(starts, upto, begin)
        return [*read, *verses[at:]]

    def _past_a_change(self, text: str, verse: Quotation, end: int) -> Quotation:
        """Return a verse that goes on behind one changed word with that word and the next: «ولم يكن له [شريك] أحد»."""
        words = joined_words(text, verse.start, min(end, verse.end + _NEXT_WORDS))
        size = sum(word.end <= verse.end for word in words)
        quoted = words[: size + 2]
        if not verse.finding.faithful or len(quoted) < size + 2 or _STOPS.search(text, verse.end, quoted[-1].start):
            return verse
        read = self._judged(text, quoted)
        slip = read.finding.differences[0] if len(read.finding.differences) == 1 else None
        is_one_word = slip is not None and slip.operation != "vowels" and quoted[-2].start <= slip.start and slip.end <= quoted[-2].end
        return read if is_one_word and not STOPWORDS.issuperset(normal_words(quoted[-1].text)) else verse

    def _several(self, text: str, span: _Span, within: Sequence[Quotation]) -> Sequence[Quotation]:
        """Return the parts that are verses, up to the first that is none, as one where they are; nothing for fewer than two."""
        parts = [part for part in (joined_words(text, *each) for each in span.parts) if part]
        read = list(takewhile(_is_verse, (self._judged(text, part) for part in parts)))
        words = [word for part in parts[: len(read)] for word in part]
        if len(read) < _FEWEST_PARTS or not _others(words, within) or any(verse.start < words[-1].end < verse.end for verse in within):
            return ()
        whole = self._judged(text, words)
        if whole.finding.faithful or whole.finding.score >= min(each.finding.score for each in read):
            return [whole]
        return [each for each in read if len(joined_words(text, each.start, each.end)) >= _SHORTEST]

    def _one(self, text: str, span: _Span, within: Sequence[Quotation]) -> Sequence[Quotation]:
        """Return an announced sentence as one verse; nothing where it is none, or `within` says all of it better."""
        words = joined_words(text, *span.parts[0])
        others = _others(words, within)
        if len(words) < _SHORTEST or not others:
            return ()
        if within and others > _MOST_OTHERS:
            return self._with_rest(text, within, words) if span.asked else ()
        mention = _mention(text, words)
        read = self.judged(text, words, mention)
        if read.finding.faithful:
            return [read]
        altered = read.finding.status == "altered" and read.finding.score >= _LEAST_SHARE
        if within and not altered:
            return self._with_rest(text, within, words) if span.asked else ()
        changes = [each for each in read.finding.differences if each.operation != "vowels"]
        size = 0 if altered and span.asked else _up_to_a_pause(text, words, changes if altered else [])
        ended = self.judged(text, words[:size], mention) if size else read
        if ended.finding.faithful:
            return self._with_rest(text, [ended], words) if span.asked else [ended]
        return [read] if altered else ()

    def _with_rest(self, text: str, verses: Sequence[Quotation], words: Sequence[Word]) -> Sequence[Quotation]:
        """Return verses, and what is asked about besides and stands behind them, if it is no other question."""
        rest = [word for word in words if word.start >= verses[-1].end]
        if not rest or _ASKS_ON.match(normalize(text[rest[0].start : rest[-1].end])):
            return verses
        read = self._judged(text, rest)
        # One word or two stand somewhere by chance: as a verse they say nothing.
        if not read.finding.faithful or len(rest) >= _SHORTEST:
            return [*verses, read]
        whole = self._judged(text, [word for word in words if word.start >= verses[-1].start])
        return [*verses[:-1], whole] if whole.finding.status == "altered" else verses

    def _judged(self, text: str, words: Sequence[Word]) -> Quotation:
        return self.judged(text, words, _mention(text, words))


def _mention(text: str, words: Sequence[Word]) -> ReferenceMention | None:
    return reference_after(text, words[-1].end) or reference_before(text, words[0].start)


def _others(words: Sequence[Word], within: Sequence[Quotation]) -> int:
    """Return how many of the words lie outside the verses found in them."""
    return sum(not any(verse.start <= word.start < verse.end for verse in within) for word in words)


def _is_verse(read: Quotation) -> bool:
    """Whether one of several parts reads as a verse: a word alone stands in some verse by chance."""
    finding = read.finding
    altered = finding.status == "altered" and finding.score >= _LEAST_SHARE
    return finding.end - finding.start >= _SHORTEST_PART and (finding.faithful or altered)


def _is_settled(text: str, verse: Quotation, end: int) -> bool:
    """Whether a verse that runs through a text stays as it is whatever follows: its reference, and what it may go on with, are there."""
    reach = _NEXT_WORDS if verse.finding.faithful else 0
    return verse.end + reach <= end and verse.end + reach + AFTER <= len(text)


def _up_to_a_pause(text: str, words: Sequence[Word], changes: Sequence[Difference]) -> int:
    """Return how many of the words stand before the pause at which their verse may end, 0 where there is no such pause.

    It is the last one before the first change, and nothing behind it is the verse's; of words that are no verse, the first one: longer
    beginnings that are one run through the text anyway.
    """
    pauses = [at for at in range(_SHORTEST, len(words)) if _PAUSE.search(text, words[at - 1].end, words[at].start)]
    if not changes:
        return pauses[0] if pauses else 0
    size = max((at for at in pauses if words[at].start <= changes[0].start), default=len(words))
    goes_on = any(not any(each.start <= word.start < each.end for each in changes) for word in words[size:])
    return 0 if goes_on or size == len(words) else size


def _announced(text: str, start: int, end: int) -> Iterator[_Span]:
    """Yield what is announced as a verse; linear in the length of the text."""
    for colon in _COLON.finditer(text, start, end):
        before = announcing(sentence_before(text, colon.end()))
        if announces_directly(before) and announces_quran(before):
            span = _span(text, colon.start(), colon.end(), end, asked=asks_whether(before))
            if span is not None:
                yield span


def _span(text: str, colon: int, first: int, end: int, *, asked: bool) -> _Span | None:
    """Return what stands between `first` and what ends it; None where a sentence is too long for a verse."""
    parts, at, stop = [], first, None
    limit = min(end, first + _LONGEST)
    for each in _ENDS.finditer(text, first, limit):
        if not (each["elision"] and _GOES_ON.match(text, each.end(), limit)):
            stop = each.start()
            break
        parts.append((at, each.start()))
        at = each.end()
    if stop is None and limit < end and not parts:
        return None
    if stop is not None or limit == end:
        parts.append((at, limit if stop is None else stop))
    settled = 0 if stop is None and limit == end else limit + AFTER if stop is None else stop + AFTER
    mention = next((each for each in find_references(text[first : parts[-1][1]]) if each.certain and each.start), None)
    reach = first + mention.start if mention else limit
    return _Span(colon, tuple((begin, min(until, reach)) for begin, until in parts if begin < reach), asked, settled)
