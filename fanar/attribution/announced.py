"""How far a verse reaches that a text writes without marks: past a changed word, and to the end of what is announced as one.

«هل هذه آية: …» announces what goes on to the end of its sentence, to what is said of the verse after it (its reference, «صدق الله»), or
to a comma up to which it is a verse and after which it is none: «قال تعالى: إن الله مع الصابرين، فاصبر».
Knows nothing of how verses are found and judged.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from fanar.arabic.stopwords import STOPWORDS
from fanar.arabic.words import Word, normal_words
from fanar.attribution.announcements import announces_directly, announces_quran, announcing, sentence_before
from fanar.attribution.canon_rows import joined_words
from fanar.attribution.found import Quotation
from fanar.attribution.marks import reference_after, reference_before
from fanar.findings import Difference
from fanar.scripture.references import ReferenceMention, find_references

Judged = Callable[[Sequence[Word], ReferenceMention | None], Quotation]
"""Judges words as one quotation, which the reference goes with."""

_LONGEST = 400
"""Characters of a sentence that may be one verse."""
_SHORTEST = 3
_MOST_OTHERS = 2
"""Words of an announced sentence that may lie outside the verses found in it for all of it to be one."""
_LEAST_SHARE = 0.75
_NEXT_WORDS = 60
_COLON = re.compile(r":\s*(?=[\u0621-\u064a\u0671-\u06d3])")
_STOPS = re.compile(r"[؟?!\n:.…«»“”\"﴿﴾{}()\[\]<>]")
_PAUSE = re.compile(r"[،,؛;–—-]")
_STOPS_OR_CLOSES = re.compile(rf"{_STOPS.pattern}|(?<!\w)صدق الله")


@dataclass(frozen=True, slots=True)
class AnnouncedVerses:
    """Reads on from the verses that run through a text, as `judged` judges them."""

    judged: Judged

    def read(self, text: str, start: int, end: int, running: Sequence[Quotation]) -> list[Quotation]:
        """Return the verses that run through a span as far as they reach, and those that are announced there."""
        verses = [self._past_a_change(text, verse, end) for verse in running]
        starts, ends = [verse.start for verse in verses], [verse.end for verse in verses]
        read: list[Quotation] = []
        at = 0
        for first, stop in _announced(text, start, end):
            begin = max(at, bisect_right(ends, first))
            within = verses[begin : bisect_left(starts, stop)]
            whole = self._whole(text, joined_words(text, first, stop), within)
            if whole is not None:
                read += (*verses[at:begin], whole)
                at = bisect_left(starts, whole.end, begin)
        return read + verses[at:]

    def _past_a_change(self, text: str, verse: Quotation, end: int) -> Quotation:
        """Return a verse that goes on behind one changed word with that word and the next: «ولم يكن له [شريك] أحد»."""
        words = joined_words(text, verse.start, min(end, verse.end + _NEXT_WORDS))
        size = sum(word.end <= verse.end for word in words)
        quoted = words[: size + 2]
        if not verse.finding.faithful or len(quoted) < size + 2 or _STOPS.search(text, verse.end, quoted[-1].start):
            return verse
        read = self.judged(quoted, reference_after(text, quoted[-1].end) or reference_before(text, quoted[0].start))
        slip = read.finding.differences[0] if len(read.finding.differences) == 1 else None
        is_one_word = slip is not None and slip.operation != "vowels" and quoted[-2].start <= slip.start and slip.end <= quoted[-2].end
        return read if is_one_word and not STOPWORDS.issuperset(normal_words(quoted[-1].text)) else verse

    def _whole(self, text: str, words: Sequence[Word], within: Sequence[Quotation]) -> Quotation | None:
        """Return an announced sentence as one verse; None where it is none, or `within` says all of it better."""
        others = sum(not any(verse.start <= word.start < verse.end for verse in within) for word in words)
        if len(words) < _SHORTEST or not others or (within and others > _MOST_OTHERS):
            return None
        mention = reference_after(text, words[-1].end) or reference_before(text, words[0].start)
        read = self.judged(words, mention)
        if read.finding.faithful:
            return read
        altered = read.finding.status == "altered" and read.finding.score >= _LEAST_SHARE
        if within and not altered:
            return None
        changes = [each for each in read.finding.differences if each.operation != "vowels"]
        size = _up_to_a_pause(text, words, changes if altered else [])
        ended = self.judged(words[:size], mention) if size else read
        return ended if ended.finding.faithful else read if altered else None


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


def _announced(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans that are announced as a verse, without what ends them; linear in the length of the text."""
    for colon in _COLON.finditer(text, start, end):
        first = colon.end()
        before = announcing(sentence_before(text, first))
        if not (announces_directly(before) and announces_quran(before)):
            continue
        stop = _STOPS_OR_CLOSES.search(text, first, min(end, first + _LONGEST))
        if stop is None and first + _LONGEST < end:
            continue
        reach = stop.start() if stop else end
        mention = next((each for each in find_references(text[first:reach]) if each.certain and each.start), None)
        yield first, first + mention.start if mention else reach
