"""Whether a passage surely speaks to a question, and on what ground. Knows nothing of how passages are found or shown.

quoted  the question says several of the passage's words in their order, and little else
headed  one heading of the passage names all that the question asks about, and little else; where that is one word, its text names it too
named   the passage names all of it within a short stretch of its text, or a heading most of it and the text the rest; a book of law
        must name three words at least

A passage that names a part only is none: a question about something else must not be answered. How often a ground is right is measured,
not felt: see rag/islamic/collections/bounds.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from fanar.arabic.words import normal_forms
from fanar.documents import Document
from rag.analysis import content_words, search_words
from rag.ingest.expansion import Expansion
from rag.islamic.collections.naming import Spoken, places_of, size_of, spoken_words, worth_of
from rag.islamic.collections.sameness import own_words
from rag.islamic.collections.sought import Sought

Ground = Literal["quoted", "headed", "named"]
Kind = Literal["hadith", "law"]
"""A hadith is short and says one thing; a book of law speaks of many things in passing."""
GROUNDS: tuple[Ground, ...] = get_args(Ground)
"""From the surest to the least sure."""

_LEAST_WORTH = 0.8
_STRETCH = 8
"""Words between the first and the last thing that a passage names together."""
_NAMED_WORDS: Mapping[Kind, int] = {"hadith": 1, "law": 3}
"""Words of the question that say anything and that a text without a fitting heading must name."""
_QUOTED = 3
_QUOTED_CONTENT = 2
_QUOTED_SHARE = 0.6
_HEADING_FIT, _WHOLE_HEADING_FIT = 0.6, 0.45
"""How well a heading and the question must cover each other; less will do where the heading names two words of the question or more."""
_LONGEST = 2_000
_MOSTLY = 2 / 3
_FRAMES = normal_forms(
    "باب كتاب أبواب جاء ما في ذكر بيان قول النبي نبي رسول الرسول الله صلى عليه وسلم تعالى حكم هل يجوز عز وجل",
    "chapter chapters book what has been related about concerning regarding prophet messenger allah saying ruling permissible pbuh",
)
"""What headings say beside their subject."""
_HEADINGS = ("title", "question", "chapter", "section", "occasion")


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage that surely speaks to a question; `weight` orders those of one ground."""

    document: Document
    ground: Ground
    weight: float


def judge(sought: Sought, document: Document, *, kind: Kind) -> Judged | None:
    """Return what a passage is to a question, None where it does not surely speak to it."""
    spoken = spoken_words(search_words(own_words(document))[:_LONGEST])
    translated = spoken_words(search_words(document.translation or "")[:_LONGEST])
    run = max(_quoted(sought, spoken.words), _quoted(sought, translated.words))
    if run:
        return Judged(document, "quoted", run)
    if not sought.must:
        return None
    headings = list(_headings(document, titled=kind == "law"))
    near = max(_near(sought, spoken), _near(sought, translated)) if _size(sought) >= _NAMED_WORDS[kind] else 0.0
    fit = max((_fit(sought, heading) for heading in headings), default=0.0)
    if fit >= (_WHOLE_HEADING_FIT if _whole(sought) else _HEADING_FIT) and (_whole(sought) or _names_any(sought, spoken, translated)):
        return Judged(document, "headed", fit + near / 2)
    near = near or max((_shared(sought, heading, text) for heading in headings for text in (spoken, translated)), default=0.0)
    return Judged(document, "named", near) if near > 0 else None


def _headings(document: Document, *, titled: bool) -> Iterable[Spoken]:
    stated = [heading.text for heading in Expansion.decoded(document.expansion).headings]
    stated += [str(told) for name in _HEADINGS if (titled or name != "title") and (told := document.metadata.get(name))]
    return [spoken_words([word for word in content_words(heading) if word not in _FRAMES]) for heading in dict.fromkeys(stated)]


def _quoted(sought: Sought, words: Sequence[str]) -> float:
    """Return how many words of the question stand in the passage one after the other, 0 where they are no quotation."""
    if len(sought.about) < _QUOTED_CONTENT:
        return 0.0
    run = _longest_run(sought.words, words)
    own = len(sought.about.intersection(run))
    if len(run) < _QUOTED or own < _QUOTED_CONTENT or own < _QUOTED_SHARE * len(sought.about):
        return 0.0
    return float(len(run))


def _longest_run(asked: Sequence[str], words: Sequence[str]) -> Sequence[str]:
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        places.setdefault(word, []).append(place)
    best: Sequence[str] = ()
    for at, word in enumerate(asked):
        for place in places.get(word, ()):
            length = _common(asked[at:], words[place : place + len(asked)])
            if length > len(best):
                best = asked[at : at + length]
    return best


def _common(asked: Sequence[str], words: Sequence[str]) -> int:
    """Return how many words two rows have in common at their beginning."""
    pairs = enumerate(zip(asked, words, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(asked), len(words)))


def _fit(sought: Sought, heading: Spoken) -> float:
    """Return how well a heading and the question cover each other, 0 where the heading lacks something that is asked about."""
    worths = [worth_of(concept, heading) for concept in sought.must]
    leant = [worth_of(concept, heading) for concept in sought.may]
    if not _enough(worths, leant, sought):
        return 0.0
    sizes = [size_of(concept) for concept in (*sought.must, *sought.may)]
    shared = sum(worth * size for worth, size in zip((*worths, *leant), sizes, strict=True))
    return 2 * shared / (sum(sizes) + max(len(heading.words), 1))


def _whole(sought: Sought) -> bool:
    return _size(sought) > 1


def _size(sought: Sought) -> int:
    return sum(map(size_of, sought.must))


def _names_any(sought: Sought, *texts: Spoken) -> bool:
    return any(worth_of(concept, each) for concept in sought.must for each in texts)


def _shared(sought: Sought, heading: Spoken, text: Spoken) -> float:
    """Return how well a heading names most of what is asked about where the text names the rest, 0 where they do not."""
    headed = [worth_of(concept, heading) for concept in sought.must]
    if sought.may or sum(worth > 0 for worth in headed) < max(2, _MOSTLY * len(headed)):
        return 0.0
    worths = [worth or worth_of(concept, text) for worth, concept in zip(headed, sought.must, strict=True)]
    return sum(worths) / len(worths) if _enough(worths, (), sought) else 0.0


def _near(sought: Sought, spoken: Spoken) -> float:
    """Return how densely the passage names all that is asked about within one stretch, 0 where it does not."""
    must = [places_of(concept, spoken) for concept in sought.must]
    may = [places_of(concept, spoken) for concept in sought.may]
    if not all(must):
        return 0.0
    best = 0.0
    for anchor in must[0]:
        worths = [_nearby(places, anchor) for places in must]
        leant = [_nearby(places, anchor) for places in may]
        if _enough(worths, leant, sought):
            best = max(best, sum(worths) / len(worths))
    said = sum(len(places) for places in must)
    return best * (1 + said / (said + len(spoken.words))) if best else 0.0


def _enough(worths: Sequence[float], leant: Sequence[float], sought: Sought) -> bool:
    named = all(worths) and sum(worths) >= _LEAST_WORTH * len(worths)
    return named and sum(not worth for worth in leant) <= sought.lacking


def _nearby(places: dict[int, float], anchor: int) -> float:
    return max((worth for place, worth in places.items() if abs(place - anchor) <= _STRETCH), default=0.0)
