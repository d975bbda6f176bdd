"""Whether and where words name what a question asks about: as it is said, by its root, or by an equivalent. Knows nothing of passages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fanar.arabic.stemming import root
from fanar.arabic.stopwords import STOPWORDS
from rag.analysis import BY_ROOT, SHORTEST_ROOT, stem
from rag.islamic.reading import Concept

_BY_EQUIVALENT = 0.85
"""An equivalent was found for the Quran, whose words are few; in other books it often says something else (coffee is no wine)."""
_SHORT = 4
_COMMAND = re.compile(r"^(?:فل|ول|ف|ل)(?=ي\w{3})")
"""What stands before the verb of a command in the third person, «فليكرم», and hides its root."""
_NEAR = 3
"""Words between two that name one thing together."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words as they stand, with their stems and roots."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    roots: tuple[str, ...]


def spoken_words(words: Sequence[str]) -> Spoken:
    """Return words with their stems and roots."""
    return Spoken(tuple(words), tuple(map(_stem, words)), tuple("" if word.isascii() else root(_COMMAND.sub("", word)) for word in words))


def _stem(word: str) -> str:
    """Return a word's stem without the alef of the accusative (نقودًا), which the index keeps."""
    return stem(word[:-1] if len(word) > _SHORT and word[-1] == "ا" else word)


def size_of(concept: Concept) -> int:
    """Return how many words that say anything name a concept."""
    return len([word for word in concept.words if word not in STOPWORDS]) or 1


def worth_of(concept: Concept, spoken: Spoken) -> float:
    """Return what the best place is worth at which a concept is named, 0 where it is not."""
    return max(places_of(concept, spoken).values(), default=0.0)


def places_of(concept: Concept, spoken: Spoken) -> dict[int, float]:
    """Return where a passage names a concept, by any of its names, and what each place is worth."""
    found: dict[int, float] = {}
    for phrase, worth in concept.phrases:
        content = [word for word in phrase if word not in STOPWORDS] or list(phrase)
        for place in _stem_places([_stem(word) for word in content], spoken):
            told = worth if phrase == concept.words else worth * _BY_EQUIVALENT
            found[place] = max(found.get(place, 0.0), told)
    for place, told in _inflected(concept, spoken).items():
        found.setdefault(place, told)
    return found


def _inflected(concept: Concept, spoken: Spoken) -> dict[int, float]:
    """Return where the asked words stand near one another, each as it is said or by its root: «فليكرم ضيفه» for «إكرام الضيف»."""
    content = [word for word in concept.words if word not in STOPWORDS] or list(concept.words)
    first, *rest = [_word_places(word, spoken) for word in content]
    found: dict[int, float] = {}
    for place, told in first.items():
        near = [max((worth for other, worth in places.items() if abs(other - place) <= _NEAR), default=0.0) for places in rest]
        if all(near):
            found[place] = (told + sum(near)) / len(content)
    return found


def _word_places(word: str, spoken: Spoken) -> dict[int, float]:
    stemmed, own = _stem(word), "" if word.isascii() else root(word)
    said = {place: 1.0 for place, each in enumerate(spoken.stems) if each == stemmed}
    shared = {place: BY_ROOT for place, each in enumerate(spoken.roots) if len(own) >= SHORTEST_ROOT and each == own}
    return shared | said


def _stem_places(stems: Sequence[str], spoken: Spoken) -> Iterable[int]:
    if len(stems) == 1:
        return [place for place, each in enumerate(spoken.stems) if each == stems[0]]
    first, *rest = stems
    starts = [place for place, each in enumerate(spoken.stems) if each == first]
    return [place for place in starts if all(other in spoken.stems[place + 1 : place + 4] for other in rest)]
