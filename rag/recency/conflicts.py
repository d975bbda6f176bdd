"""Where outlets that tell one story give different numbers for the same thing. Knows nothing of which of them is right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fanar.arabic.normalization import normalize
from fanar.arabic.sentences import sentences
from fanar.news import Article
from rag.analysis import stem
from rag.recency.grouping import Story

_COUNTED = re.compile(
    r"(?<![\d.,:/-])(?P<number>\d{1,3}(?:[,٬]\d{3})+|\d{1,7})(?![\d.,:/%-]*\d)(?P<percent> ?[%٪])? (?P<noun>[^\W\d_]{3,30})"
)
_READ = 4_000  # characters of an article
_MOST = 3  # conflicts of a story
_SHORTEST = 3  # letters of a stem
_NO_COUNT = frozenset(
    stem(word)
    for word in normalize(
        "january february march april may june july august september october november december am pm year years old percent "
        "يناير فبراير مارس "
        "أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر صباحا مساء عاما سنة من في على the and for with الى"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something an article speaks of, in its words."""

    number: int
    words: str
    article: Article


@dataclass(frozen=True, slots=True)
class Conflict:
    """Different numbers of one thing, the newest first, one from each outlet."""

    counts: tuple[Count, ...]


def conflicts_in(story: Story) -> list[Conflict]:
    """Return what the outlets of a story count differently. Each outlet speaks by its newest article."""
    latest: dict[str, Article] = {}
    for article in sorted(story.articles, key=lambda each: each.published):
        latest[article.outlet] = article
    if len(latest) < 2:
        return []
    things: dict[str, list[Count]] = {}
    for article in sorted(latest.values(), key=lambda each: each.published, reverse=True):
        for thing, count in _counted(article).items():
            things.setdefault(thing, []).append(count)
    differing = [Conflict(tuple(counts)) for counts in things.values() if len({count.number for count in counts}) > 1]
    return differing[:_MOST]


def _counted(article: Article) -> dict[str, Count]:
    """Return what an article counts exactly once; where it gives several numbers for a thing, nobody knows which one it means."""
    found: dict[str, list[Count]] = {}
    for sentence in sentences(f"{article.title}\n\n{article.text[:_READ]}"):
        for match in _COUNTED.finditer(normalize(sentence.text)):
            thing = _thing(match["noun"])
            if match["percent"] or thing in _NO_COUNT:
                continue
            number = int(re.sub(r"[,٬]", "", match["number"]))
            found.setdefault(thing, []).append(Count(number, f"{number} {_as_written(sentence.text, match['noun'])}", article))
    return {thing: counts[0] for thing, counts in found.items() if len({count.number for count in counts}) == 1}


def _thing(noun: str) -> str:
    """Return what is counted, whatever its number and case: «ضيف» and «ضيفا» alike."""
    root = stem(noun)
    return root.removesuffix("ا") if not root.isascii() and len(root) > _SHORTEST else root


def _as_written(sentence: str, noun: str) -> str:
    """Return a normalised word in the sentence's spelling."""
    return next((word for word in re.findall(r"[^\W\d_]+(?:[\u064b-\u0652][^\W\d_]*)*", sentence) if normalize(word) == noun), noun)


def shown_counts(conflicts: Sequence[Conflict]) -> list[list[tuple[str, int]]]:
    """Return conflicts as outlets and numbers, for programs."""
    return [[(count.article.outlet, count.number) for count in conflict.counts] for conflict in conflicts]
