"""Whether a passage surely speaks to a question, and on what ground. Knows nothing of how passages are found or shown.

quoted  the question says several of the passage's words in their order, and little else
headed  one heading of the passage names all that the question asks about, and little else
named   the passage names all of it within a short stretch of its text

A passage that names a part only is none: a question about something else must not be answered. How often a ground is right is measured,
not felt: see rag/islamic/collections/bounds.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from fanar.arabic.stemming import root
from fanar.arabic.stopwords import STOPWORDS
from fanar.documents import Document
from rag.analysis import content_words, search_words, stem
from rag.ingest.expansion import Expansion
from rag.islamic.collections.sought import Sought
from rag.islamic.reading import Concept

Ground = Literal["quoted", "headed", "named"]
GROUNDS: tuple[Ground, ...] = get_args(Ground)
"""From the surest to the least sure."""

_BY_ROOT = 0.7
_LEAST_WORTH = 0.8
_SHORTEST_ROOT = 3
_STRETCH = 14
"""Words between the first and the last thing that a passage names together."""
_QUOTED = 3
_QUOTED_CONTENT = 2
_QUOTED_SHARE = 0.6
_HEADING_FIT = 0.6
_LONGEST = 2_000
_HEADINGS = ("title", "question", "chapter", "section", "occasion")


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage that surely speaks to a question; `weight` orders those of one ground."""

    document: Document
    ground: Ground
    weight: float


@dataclass(frozen=True, slots=True)
class _Spoken:
    """Words as they stand, with their stems and roots."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    roots: tuple[str, ...]


def judge(sought: Sought, document: Document, *, headed: bool = True) -> Judged | None:
    """Return what a passage is to a question, None where it does not surely speak to it. `headed`: its title says what it is about."""
    text = _text(document)
    spoken = _spoken(search_words(text)[:_LONGEST])
    run = _quoted(sought, spoken.words)
    if run:
        return Judged(document, "quoted", run)
    if not sought.must:
        return None
    fit = max((_fit(sought, heading) for heading in _headings(document, titled=headed)), default=0.0)
    if fit >= _HEADING_FIT:
        return Judged(document, "headed", fit + _near(sought, spoken) / 2)
    translated = _spoken(search_words(document.translation or "")[:_LONGEST])
    near = max(_near(sought, spoken), _near(sought, translated))
    return Judged(document, "named", near) if near > 0 else None


def _text(document: Document) -> str:
    """Return the words of a passage without the chain of a hadith."""
    return document.text[int(document.metadata.get("matn", 0)) :]


def _spoken(words: Sequence[str]) -> _Spoken:
    return _Spoken(tuple(words), tuple(map(stem, words)), tuple("" if word.isascii() else root(word) for word in words))


def _headings(document: Document, *, titled: bool) -> Iterable[_Spoken]:
    stated = [heading.text for heading in Expansion.decoded(document.expansion).headings]
    stated += [str(told) for name in _HEADINGS if (titled or name != "title") and (told := document.metadata.get(name))]
    return [_spoken(content_words(heading)) for heading in dict.fromkeys(stated)]


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


def _fit(sought: Sought, heading: _Spoken) -> float:
    """Return how well a heading and the question cover each other, 0 where the heading lacks something that is asked about."""
    worths = [_worth(concept, heading) for concept in sought.must]
    leant = [_worth(concept, heading) for concept in sought.may]
    if not _enough(worths, leant, sought):
        return 0.0
    shared = sum(worths) + sum(leant)
    return 2 * shared / (len(worths) + len(leant) + max(len(heading.words), 1))


def _near(sought: Sought, spoken: _Spoken) -> float:
    """Return how densely the passage names all that is asked about within one stretch, 0 where it does not."""
    must = [_places(concept, spoken) for concept in sought.must]
    may = [_places(concept, spoken) for concept in sought.may]
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


def _worth(concept: Concept, spoken: _Spoken) -> float:
    return max(_places(concept, spoken).values(), default=0.0)


def _places(concept: Concept, spoken: _Spoken) -> dict[int, float]:
    """Return where a passage names a concept, by any of its names, and what each place is worth."""
    found: dict[int, float] = {}
    for phrase, worth in concept.phrases:
        content = [word for word in phrase if word not in STOPWORDS] or list(phrase)
        for place in _stem_places([stem(word) for word in content], spoken):
            found[place] = max(found.get(place, 0.0), worth)
    if len(concept.words) == 1 and not concept.words[0].isascii():
        own = root(concept.words[0])
        if len(own) >= _SHORTEST_ROOT:
            for place, other in enumerate(spoken.roots):
                if other == own:
                    found.setdefault(place, _BY_ROOT)
    return found


def _stem_places(stems: Sequence[str], spoken: _Spoken) -> Iterable[int]:
    if len(stems) == 1:
        return [place for place, each in enumerate(spoken.stems) if each == stems[0]]
    first, *rest = stems
    starts = [place for place, each in enumerate(spoken.stems) if each == first]
    return [place for place in starts if all(other in spoken.stems[place + 1 : place + 4] for other in rest)]
