"""What speaks for a verse as the answer to a question, as few numbers that a person can follow. Knows nothing of how they are weighed.

A question's concepts count by their rarity among the verses; what no verse explains counts as the rarest of all. So a word that nothing in
a verse, its translation or its subject headings explains pulls the verse down, however well the other words fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from math import log1p

from fanar.arabic.stemming import root
from fanar.arabic.stopwords import STOPWORDS
from fanar.documents import Document
from rag.analysis import stem
from rag.islamic.lexicon import Phrase
from rag.islamic.reading import Concept
from rag.islamic.vocabulary import Line, Terms, Vocabulary, verse_terms

_BY_ROOT = 0.7
_WEAK = 0.3
_SHORTEST_ROOT = 3
_MANY_VERSES = 30
_MANY_WORDS = 3
_REMEMBERED = 1_024


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a verse may answer a question. Each number lies in [0, 1].

    `coverage` is the share of the question that the verse and its best subject line explain, `text` and `line` what each explains alone.
    `match` is how well question and best heading cover each other, `whole` how much of that heading the question says. `missing` is the
    weightiest concept left unexplained, `unknown` the share that no verse at all explains. `breadth` grows with the verses of the line.
    `size` grows with what the question asks about. `standing` is this verse's evidence as a share of the best one's, `lead` how far it
    stands above the best one elsewhere: a verse among many equals is seldom the answer. `cosine` and `grams`
    are the retriever's: nearness of the vectors, and of the spelling.
    """

    coverage: float
    text: float
    line: float
    match: float
    whole: float
    missing: float
    unknown: float
    breadth: float
    size: float
    standing: float = 1.0
    lead: float = 0.0
    cosine: float = 0.0
    grams: float = 0.0

    @property
    def weight(self) -> float:
        """One number to compare verses of one question by."""
        return (self.coverage + self.match) / 2

    def as_row(self) -> dict[str, float]:
        """Return the numbers by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Name:
    stems: frozenset[str]
    worth: float


@dataclass(frozen=True, slots=True)
class _Weighed:
    rarity: float
    names: tuple[_Name, ...]
    roots: tuple[tuple[str, float], ...]

    @property
    def known(self) -> bool:
        return bool(self.names or self.roots)


class QuestionEvidence:
    """One question, ready to be compared with verses."""

    def __init__(self, concepts: Sequence[Concept], *, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._concepts = [_weighed(concept, vocabulary) for concept in concepts]
        self._total = sum(concept.rarity for concept in self._concepts) or 1.0
        self._named = frozenset(stem for concept in self._concepts for name in concept.names for stem in name.stems)
        self._rooted = frozenset(root for concept in self._concepts for root, _ in concept.roots)

    @property
    def unknown(self) -> float:
        """The share of the question that no verse explains."""
        return sum(concept.rarity for concept in self._concepts if not concept.known) / self._total

    def of(self, verse: Document) -> Evidence:
        """Return what speaks for `verse`, by the subject line that speaks for it most."""
        own = [_explained(concept, _terms(verse)) for concept in self._concepts]
        judged = [self._judge(own, line) for _, line in self._vocabulary.lines_of(verse)]
        return max(judged, key=lambda evidence: evidence.weight, default=self._evidence(own, own, 0.0, (0.0, 0.0), 0))

    def _judge(self, own: Sequence[float], line: Line) -> Evidence:
        by_line = [_explained(concept, line.terms) for concept in self._concepts] if self._touches(line.terms) else []
        if not any(by_line):
            return self._evidence(own, own, 0.0, (0.0, 0.0), 0)
        together = [max(pair) for pair in zip(own, by_line, strict=True)]
        matches = (self._heading(heading, size) for heading, size in zip(line.headings, line.sizes, strict=True) if self._touches(heading))
        best = max(matches, default=(0.0, 0.0))
        return self._evidence(own, together, self._share(by_line), best, line.verses)

    def _evidence(
        self, own: Sequence[float], together: Sequence[float], line: float, heading: tuple[float, float], verses: int
    ) -> Evidence:
        gaps = (concept.rarity * (1 - share) for concept, share in zip(self._concepts, together, strict=True))
        return Evidence(
            coverage=self._share(together),
            text=self._share(own),
            line=line,
            match=heading[0],
            whole=heading[1],
            missing=max(gaps, default=0.0) / self._vocabulary.ceiling,
            unknown=self.unknown,
            breadth=min(1.0, log1p(verses) / log1p(_MANY_VERSES)),
            size=min(1.0, self._total / (_MANY_WORDS * self._vocabulary.ceiling)),
        )

    def _touches(self, terms: Terms) -> bool:
        return not (self._named.isdisjoint(terms.stems) and self._rooted.isdisjoint(terms.roots))

    def _heading(self, heading: Terms, size: float) -> tuple[float, float]:
        """Return (how well question and heading cover each other, how much of the heading the question says)."""
        explained = sum(_explained(concept, heading) * concept.rarity for concept in self._concepts)
        if not explained:
            return 0.0, 0.0
        rarity, frequency = self._vocabulary.rarity, self._vocabulary.stem_frequency
        said = sum(rarity(frequency(word)) for word in heading.stems & self._named)
        return 2 * explained / (self._total + max(size, explained)), min(1.0, max(said, explained) / size) if size else 1.0

    def _share(self, shares: Iterable[float]) -> float:
        return sum(concept.rarity * share for concept, share in zip(self._concepts, shares, strict=True)) / self._total


@lru_cache(maxsize=_REMEMBERED)
def _remembered(id_: str, spelling: str, translation: str | None) -> Terms:
    return verse_terms(Document(id_, "", "", spelling, translation, expansion=spelling))


def _terms(verse: Document) -> Terms:
    return _remembered(verse.id, verse.spelling, verse.translation)


def _weighed(concept: Concept, vocabulary: Vocabulary) -> _Weighed:
    names: list[_Name] = []
    rarities: list[float] = []
    for phrase, worth in concept.phrases:
        stems = _stems(phrase)
        frequency = min((vocabulary.stem_frequency(each) for each in stems), default=0)
        if frequency:
            rarities.append(vocabulary.rarity(frequency))
            names.append(_Name(stems, worth))
    roots = _roots(concept, vocabulary)
    rarity = (rarities or [max(roots.values(), default=vocabulary.ceiling)])[0]
    # A common equivalent explains a rare word only as far as it is itself rare.
    scaled = tuple(_Name(name.stems, name.worth * min(1.0, own / rarity)) for name, own in zip(names, rarities, strict=True))
    shared = tuple((each, _BY_ROOT * min(1.0, own / rarity)) for each, own in roots.items())
    return _Weighed(rarity * (_WEAK if concept.weak else 1.0), scaled, shared)


def _stems(phrase: Phrase) -> frozenset[str]:
    return frozenset(stem(word) for word in phrase if word not in STOPWORDS) or frozenset(map(stem, phrase))


def _roots(concept: Concept, vocabulary: Vocabulary) -> dict[str, float]:
    words = [phrase[0] for phrase, _ in concept.phrases if len(phrase) == 1 and not phrase[0].isascii()]
    found = {each: vocabulary.root_frequency(each) for each in map(root, words) if len(each) >= _SHORTEST_ROOT}
    return {each: vocabulary.rarity(frequency) for each, frequency in found.items() if frequency}


def _explained(concept: _Weighed, terms: Terms) -> float:
    by_name = max((name.worth for name in concept.names if name.stems <= terms.stems), default=0.0)
    by_root = max((worth for each, worth in concept.roots if each in terms.roots), default=0.0)
    return max(by_name, by_root)
