"""How far each of a question's concepts is explained by verses, subject lines and headings. Knows nothing of how sure that makes.

A question's concepts count by their rarity among the verses; what no verse explains counts as the rarest of all. So a word that nothing in
a verse, its translation or its subject headings explains pulls the verse down, however well the other words fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fanar.arabic.stemming import root
from fanar.arabic.stopwords import STOPWORDS
from rag.analysis import stem
from rag.islamic.lexicon import Phrase
from rag.islamic.postings import Floats, Postings
from rag.islamic.reading import Concept
from rag.islamic.terms import SHORTEST_ROOT
from rag.islamic.vocabulary import Vocabulary

_BY_ROOT = 0.7
_WEAK = 0.3


@dataclass(frozen=True, slots=True)
class _Name:
    stems: frozenset[str]
    worth: float


@dataclass(frozen=True, slots=True)
class WeighedConcept:
    """A concept with its rarity, and the stems and roots that explain it, each with what it is worth."""

    rarity: float
    names: tuple[_Name, ...]
    roots: tuple[tuple[str, float], ...]

    @property
    def known(self) -> bool:
        """Whether any verse explains it."""
        return bool(self.names or self.roots)

    def among(self, stems: Postings, roots: Postings, size: int) -> Floats:
        """Return for each of `size` rows how far it explains the concept."""
        found = np.zeros(size, dtype=np.float32)
        for name in self.names:
            rows = stems.with_all(name.stems)
            found[rows] = np.maximum(found[rows], name.worth)
        for each, worth in self.roots:
            rows = roots.of(each)
            found[rows] = np.maximum(found[rows], worth)
        return found


@dataclass(frozen=True, slots=True)
class Explained:
    """A question against everything. `rarities` one a concept; `verses` and `lines` a row a concept, a column a verse or line.

    `match` says of each line how well its best heading and the question cover each other, `whole` how much of that heading is said.
    """

    rarities: Floats
    unknown: float
    verses: Floats
    lines: Floats
    match: Floats
    whole: Floats

    @property
    def total(self) -> float:
        """The question's concepts, added up by their rarity."""
        return float(self.rarities.sum()) or 1.0


def explain(concepts: Sequence[Concept], vocabulary: Vocabulary) -> Explained:
    """Compare `concepts` with all verses, lines and headings."""
    weighed = [_weighed(concept, vocabulary) for concept in concepts]
    rarities = np.array([concept.rarity for concept in weighed], dtype=np.float32)
    total = float(rarities.sum()) or 1.0
    verses, lines, headings = len(vocabulary.surahs), len(vocabulary.line_verses.starts) - 1, len(vocabulary.sizes)
    explained = np.zeros(headings, dtype=np.float32)
    for concept in weighed:
        explained += concept.rarity * concept.among(vocabulary.heading_stems, vocabulary.heading_roots, headings)
    match, whole = _best_headings(explained, _said(weighed, vocabulary), total, vocabulary)
    return Explained(
        rarities=rarities,
        unknown=sum(concept.rarity for concept in weighed if not concept.known) / total,
        verses=_stacked([concept.among(vocabulary.verse_stems, vocabulary.verse_roots, verses) for concept in weighed], verses),
        lines=_stacked([concept.among(vocabulary.line_stems, vocabulary.line_roots, lines) for concept in weighed], lines),
        match=match,
        whole=whole,
    )


def _said(weighed: Sequence[WeighedConcept], vocabulary: Vocabulary) -> Floats:
    """Return of each heading the rarity of those of its stems that the question names."""
    said = np.zeros(len(vocabulary.sizes), dtype=np.float32)
    for each in frozenset[str]().union(*(name.stems for concept in weighed for name in concept.names)):
        said[vocabulary.heading_stems.of(each)] += vocabulary.rarity(vocabulary.stems.of(each))
    return said


def _best_headings(explained: Floats, said: Floats, total: float, vocabulary: Vocabulary) -> tuple[Floats, Floats]:
    """Return each line's best heading as (how well it and the question cover each other, how much of it the question says)."""
    lines = len(vocabulary.line_verses.starts) - 1
    touched = np.flatnonzero(explained > 0)
    best, whole = np.zeros(lines, dtype=np.float32), np.zeros(lines, dtype=np.float32)
    if len(touched):
        at, sizes = vocabulary.line_of[touched], vocabulary.sizes[touched]
        matches = 2 * explained[touched] / (total + np.maximum(sizes, explained[touched]))
        shares = np.minimum(1.0, np.maximum(said[touched], explained[touched]) / np.where(sizes > 0, sizes, explained[touched]))
        np.maximum.at(best, at, matches)
        np.maximum.at(whole, at, np.where(matches >= best[at], shares, 0.0).astype(np.float32))
    return best, whole


def _stacked(rows: Sequence[Floats], width: int) -> Floats:
    return np.vstack(rows) if rows else np.zeros((0, width), dtype=np.float32)


def _weighed(concept: Concept, vocabulary: Vocabulary) -> WeighedConcept:
    names: list[_Name] = []
    rarities: list[float] = []
    for phrase, worth in concept.phrases:
        stems = _stems(phrase)
        frequency = min((vocabulary.stems.of(each) for each in stems), default=0)
        if frequency:
            rarities.append(vocabulary.rarity(frequency))
            names.append(_Name(stems, worth))
    roots = _roots(concept, vocabulary)
    rarity = (rarities or [max(roots.values(), default=vocabulary.ceiling)])[0]
    # A common equivalent explains a rare word only as far as it is itself rare.
    scaled = tuple(_Name(name.stems, name.worth * min(1.0, own / rarity)) for name, own in zip(names, rarities, strict=True))
    shared = tuple((each, _BY_ROOT * min(1.0, own / rarity)) for each, own in roots.items())
    return WeighedConcept(rarity * (_WEAK if concept.weak else 1.0), scaled, shared)


def _stems(phrase: Phrase) -> frozenset[str]:
    return frozenset(stem(word) for word in phrase if word not in STOPWORDS) or frozenset(map(stem, phrase))


def _roots(concept: Concept, vocabulary: Vocabulary) -> dict[str, float]:
    words = [phrase[0] for phrase, _ in concept.phrases if len(phrase) == 1 and not phrase[0].isascii()]
    found = {each: vocabulary.roots.of(each) for each in map(root, words) if len(each) >= SHORTEST_ROOT}
    return {each: vocabulary.rarity(frequency) for each, frequency in found.items() if frequency}
