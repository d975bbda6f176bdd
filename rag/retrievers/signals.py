"""What speaks for a passage, as few numbers that a person can follow. Knows nothing of how they are weighed.

Each lies in [0, 1] and is comparable between questions. A question's words count by their rarity; one that no passage of the corpus
contains counts as the rarest of all, so that a question about something else is never well covered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from fanar.documents import Document, ScoredDocument
from fanar.protocols import Filters
from rag.analysis import BY_ROOT, Field, Term, stem, telling_roots
from rag.stores.lexical import LexicalIndex, StoredTerms

_STEM_FIELDS: tuple[Field, ...] = ("stems", "translation", "subjects")
_ROOT_FIELDS: tuple[Field, ...] = ("roots", "subject_roots")
_SIDES: Mapping[str, tuple[Field, Field | None]] = {
    "text": ("stems", "roots"),
    "translation": ("translation", None),
    "subjects": ("subjects", "subject_roots"),
}


@dataclass(frozen=True, slots=True)
class Signals:
    """Why a passage was found.

    `bm25` is each field's score as a share of what it could be. `coverage` is the share of the question's rarity that is found in `text`,
    `translation`, `subjects`, and in `any` of them. `heading` is how well the best heading and the question match each other, in both
    directions. `cosine` is the embedder's similarity, 0 when the passage was not among its nearest. `lead` is how far the fused score
    stands above the next passage's, as a share of it. `unknown` is the share of the question that no passage of the corpus contains.
    """

    bm25: Mapping[Field, float] = field(default_factory=dict)
    coverage: Mapping[str, float] = field(default_factory=dict)
    heading: float = 0.0
    cosine: float = 0.0
    lead: float = 0.0
    unknown: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage found for a question, its fused score, and what speaks for it."""

    document: Document
    score: float
    signals: Signals

    @property
    def scored(self) -> ScoredDocument:
        """The candidate without its signals."""
        return ScoredDocument(self.document, self.score)


class CandidateSource(Protocol):
    """Finds passages that may answer, with the signals that speak for them."""

    async def candidates(
        self, query: str, *, top_k: int = 10, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[Candidate]:
        """Return candidates, best first. Raises NotFoundError for a corpus that is not installed."""
        ...


@dataclass(frozen=True, slots=True)
class _WeighedTerm:
    stems: frozenset[str]
    roots: frozenset[str]
    rarity: float
    known: bool


class QuestionWeigher:
    """Compares one question with passages of one index."""

    def __init__(self, terms: Sequence[Term], *, index: LexicalIndex) -> None:
        self._terms = [_weighed(term, index) for term in terms]
        self._total = sum(term.rarity for term in self._terms) or 1.0
        self._stems = frozenset(stem for term in self._terms for stem in term.stems)
        self._index = index

    @property
    def unknown(self) -> float:
        """The share of the question that no passage of the corpus contains."""
        return sum(term.rarity for term in self._terms if not term.known) / self._total

    def coverage(self, passage: StoredTerms) -> dict[str, float]:
        """Return how much of the question each side of the passage contains, and all sides together."""
        sums = dict.fromkeys((*_SIDES, "any"), 0.0)
        for term in self._terms:
            shares = {side: _share(term, passage, *fields) for side, fields in _SIDES.items()}
            shares["any"] = max(shares.values())
            for side, share in shares.items():
                sums[side] += share * term.rarity
        return {side: value / self._total for side, value in sums.items()}

    def heading(self, passage: StoredTerms) -> float:
        """Return the best match of a heading and the question: rarity in common, twice, over the rarity of both."""
        return max(map(self._match, passage.headings_with(self._stems)), default=0.0)

    def _match(self, words: frozenset[str]) -> float:
        shared = sum(term.rarity for term in self._terms if not words.isdisjoint(term.stems))
        rest = sum(self._index.rarity(_STEM_FIELDS, (word,)) for word in words - self._stems)
        return 2 * shared / (self._total + shared + rest)


def _weighed(term: Term, index: LexicalIndex) -> _WeighedTerm:
    stems = tuple(stem(form) for form in term.forms)
    found = tuple(telling_roots(term.forms))
    known = index.knows(_STEM_FIELDS, stems)
    # A word that occurs only in other forms is as rare as its root.
    rarity = index.rarity(_STEM_FIELDS, stems) if known or not found else index.rarity(_ROOT_FIELDS, found)
    return _WeighedTerm(frozenset(stems), frozenset(found), rarity, known or index.knows(_ROOT_FIELDS, found))


def _share(term: _WeighedTerm, passage: StoredTerms, stem_field: Field, root_field: Field | None) -> float:
    if passage.has(stem_field, term.stems):
        return 1.0
    if root_field and passage.has(root_field, term.roots):
        return BY_ROOT
    return 0.0
