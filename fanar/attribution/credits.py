"""Which collections of hadith a text credits a quotation to, behind it or before it. Knows nothing of whether that is right."""

from __future__ import annotations

import re
from itertools import islice

from fanar.attribution.announcements import BEFORE, announces_hadith, announcing, sentence_before
from fanar.attribution.marks import AFTER
from fanar.hadith.citations import SourceMention, find_sources
from fanar.hadith.narrators import spoken_from

# What is said of the next quotation, or in the next paragraph, is not said of this one.
_ENDS_CREDIT = re.compile(r'[«“﴿"]|\n\s*\n|[.؛]\s')
_BEGINS_CREDIT = re.compile(r'[»”﴾"]|(?<![:*>\s])\s*\n|[.؟!]\s')
_CREDIT = re.compile(r"(?:رواه|أخرجه|اخرجه|متفق عليه)(?!\w)|[(\[]\s*(?:صحيح|مسلم|البخاري)")
_COLON = re.compile(":")
_MOST_COLONS = 3
_LONGEST = 600
_SHORTEST = 4
_NEAREST = 12
"""Two credits that stand nearer to each other have no saying between them."""
_OPENS_BRACKET = re.compile(r"[^\w(\[]{0,12}[(\[]")


def credited_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans between words that announce a hadith, with a colon, and the credit behind it: «قال رسول الله ﷺ: … (رواه مسلم)»."""
    found: list[tuple[int, int]] = []
    at = last = start
    for credit in _CREDIT.finditer(text, start, end):
        apart, last = credit.start() - last, credit.end()
        if apart < _NEAREST:
            continue
        begin = max(at, credit.start() - _LONGEST)
        line = max(begin, text.rfind("\n", begin, credit.start()) + 1)
        colons = [match.start() for match in islice(_COLON.finditer(text, line, credit.start()), _MOST_COLONS)]
        colon = next((each for each in colons if announces_hadith(announcing(sentence_before(text, each)))), None)
        if colon is None:
            continue
        begin = spoken_from(text, colon + 1, credit.start())
        if len(text[begin : credit.start()].split()) >= _SHORTEST and find_sources(text[credit.start() : credit.start() + AFTER]):
            found.append((begin, credit.start()))
            at = credit.end()
    return found


def credit_of(text: str, start: int, end: int) -> SourceMention | None:
    """Return the collections that the text names behind a quotation, or else before it."""
    window = text[end : end + AFTER]
    bracket = _OPENS_BRACKET.match(window)
    within = window.find(")" if bracket and bracket.group().endswith("(") else "]") if bracket else 0
    cut = _ENDS_CREDIT.search(window, max(within, 1))
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
