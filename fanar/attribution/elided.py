"""Quotations in which words were left out and the text says so («…»): their parts, and what is to be said of them as one.

Knows nothing of quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fanar.arabic.words import Word
from fanar.attribution.canon import Canon
from fanar.attribution.canon_rows import joined_words
from fanar.attribution.judgement import NOT_FOUND, Judgement
from fanar.findings import BY_SEVERITY

ELISION = r"\.{2,}|…|\[\s*\]|\(\s*\)"
"""How a text says that words were left out, as a pattern."""

_ELISION = re.compile(ELISION)
_MOST_PARTS = 20
FURTHEST_PART = 120
"""A part begins at most so many words behind the one before it."""

JudgedPart = tuple[Sequence[Word], Judgement]


def parts_between(text: str, start: int, end: int) -> Iterator[list[Word]]:
    """Yield the words of a span, part by part."""
    at = start
    for count, elision in enumerate(_ELISION.finditer(text, start, end)):
        if count == _MOST_PARTS:
            break
        yield joined_words(text, at, elision.start())
        at = elision.end()
    yield joined_words(text, at, end)


def parts_of(text: str, words: Sequence[Word]) -> list[Sequence[Word]]:
    """Return words of `text` in their order, part by part."""
    if not words or _ELISION.search(text, words[0].start, words[-1].end) is None:
        return [words]
    cuts = [at for at in range(1, len(words)) if _ELISION.search(text, words[at - 1].end, words[at].start)][:_MOST_PARTS]
    return [words[begin:end] for begin, end in zip((0, *cuts), (*cuts, len(words)), strict=True)]


def as_one(canon: Canon, judged: Sequence[JudgedPart]) -> Judgement | None:
    """Join parts that follow one another in one surah into one verdict; None where they do not."""
    if len(judged) == 1:
        return judged[0][1]
    if any(not judgement.places for _, judgement in judged):
        return None if any(judgement.places for _, judgement in judged) else NOT_FOUND
    chains = [chain for place in judged[0][1].places if (chain := _following(canon, place, [j for _, j in judged[1:]]))]
    if not chains:
        return None
    verdicts = [judgement for _, judgement in judged]
    worst = max(verdicts, key=lambda judgement: BY_SEVERITY.index(judgement.status))
    total = sum(len(words) for words, _ in judged)
    score = sum(judgement.score * len(words) for words, judgement in judged) / total
    correction = None
    if any(judgement.correction for judgement in verdicts):
        correction = " … ".join(canon.verbatim(*place) for place in chains[0])
    places = tuple((chain[0][0], chain[-1][1]) for chain in chains)
    return Judgement(worst.status, round(score, 4), tuple(d for j in verdicts for d in j.differences), places, correction)


def _following(canon: Canon, place: tuple[int, int], others: Sequence[Judgement]) -> list[tuple[int, int]]:
    chain = [place]
    for judgement in others:
        first, end = chain[-1]
        reach = range(end, end + FURTHEST_PART)
        following = [p for p in judgement.places if p[0] in reach and canon.same_surah(first, p[0])]
        if not following:
            return []
        chain.append(min(following))
    return chain
