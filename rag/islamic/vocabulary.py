"""Which stems and roots the verses, their translation and their headings use, and how rarely. Knows nothing of questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from fanar.arabic.stemming import root
from fanar.arabic.stopwords import STOPWORDS
from fanar.documents import Document
from rag.analysis import search_words, stem
from rag.ingest.subjects import Place, Subject, SubjectIndex
from rag.islamic.lexicon import Lexicon

_SHORTEST_ROOT = 3


@dataclass(frozen=True, slots=True)
class Terms:
    """The stems and guessed roots of a stretch of text."""

    stems: frozenset[str]
    roots: frozenset[str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the subject index, analysed: its headings, all of their terms together, and how many verses it names.

    `sizes` is the rarity of each heading's stems, added up.
    """

    headings: tuple[Terms, ...]
    terms: Terms
    verses: int
    sizes: tuple[float, ...] = ()


class Vocabulary:
    """All terms of a scripture and its subject index. `lines_of` gives the subject lines of a verse."""

    def __init__(self, verses: Sequence[Document], subjects: SubjectIndex, *, lexicon: Lexicon) -> None:
        self._size = len(verses)
        self._lines = tuple(_line(subject, lexicon) for subject in subjects.subjects)
        self._by_verse = _by_verse(subjects)
        self._stems: Counter[str] = Counter()
        self._roots: Counter[str] = Counter()
        for verse in verses:
            self._count(verse)
        self._lines = tuple(replace(line, sizes=tuple(map(self._size_of, line.headings))) for line in self._lines)

    @property
    def ceiling(self) -> float:
        """The rarity of what occurs nowhere."""
        return self.rarity(0)

    def rarity(self, frequency: int) -> float:
        """Return the inverse document frequency of what `frequency` verses have."""
        return log(1 + (self._size - frequency + 0.5) / (frequency + 0.5))

    def knows(self, word: str) -> bool:
        """Whether a word in its `search` form occurs anywhere, in any inflection with the same stem."""
        return stem(word) in self._stems

    def stem_frequency(self, stem: str) -> int:
        """Return the number of verses that have `stem` in text, translation or headings."""
        return self._stems[stem]

    def root_frequency(self, root: str) -> int:
        """Return the number of verses that have a word of this guessed root."""
        return self._roots[root]

    def lines_of(self, verse: Document) -> Sequence[tuple[int, Line]]:
        """Return the subject lines that name `verse`, each with its number in the index."""
        place = verse.metadata.get("surah", 0), verse.metadata.get("ayah", 0)
        return [(number, self._lines[number]) for number in self._by_verse.get(place, ())]

    def _size_of(self, heading: Terms) -> float:
        return sum(self.rarity(self._stems[stem]) for stem in heading.stems)

    def _count(self, verse: Document) -> None:
        own = verse_terms(verse)
        lines = [line.terms for _, line in self.lines_of(verse)]
        self._stems.update(own.stems.union(*(terms.stems for terms in lines)))
        self._roots.update(own.roots.union(*(terms.roots for terms in lines)))


def verse_terms(verse: Document) -> Terms:
    """Return the terms of a verse's text, in its everyday spelling, and of its translation."""
    return terms_of([*search_words(verse.spelling), *search_words(verse.translation or "")])


def terms_of(words: Iterable[str]) -> Terms:
    """Return the terms of those of `words` that say anything."""
    content = [word for word in words if word not in STOPWORDS]
    found = (root(word) for word in content if not word.isascii())
    return Terms(frozenset(map(stem, content)), frozenset(each for each in found if len(each) >= _SHORTEST_ROOT))


def _line(subject: Subject, lexicon: Lexicon) -> Line:
    headings = tuple(_heading(heading.text, lexicon) for heading in subject.headings)
    union = Terms(
        frozenset[str]().union(*(heading.stems for heading in headings)), frozenset[str]().union(*(heading.roots for heading in headings))
    )
    return Line(headings, union, len(subject.places))


def _heading(text: str, lexicon: Lexicon) -> Terms:
    words = search_words(text)
    # A heading «آية الكرسي» is no less the answer to «الكرسي» for the word that only frames it.
    return terms_of([word for word in words if not lexicon.frames(word)] or words)


def _by_verse(subjects: SubjectIndex) -> Mapping[Place, Sequence[int]]:
    found: dict[Place, list[int]] = {}
    for number, subject in enumerate(subjects.subjects):
        for place in subject.places:
            found.setdefault(place, []).append(number)
    return found
