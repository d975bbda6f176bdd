"""How much each signal counts, in one place. Knows nothing of how signals come about.

Fitted on `rag/islamic/calibration/questions.tsv` by `python -m tests.benchmarks.retrieval_fit`, rounded; a signal that did not help
in cross-validation is not in the table.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from rag.analysis import FIELDS, Field
from rag.retrievers.signals import Signals


def _bm25() -> Mapping[Field, float]:
    return {"stems": 1.2, "grams": 3.0, "translation": 0.8, "subjects": 2.6, "subject_roots": 3.0}


def _coverage() -> Mapping[str, float]:
    return {"text": 3.6, "translation": 2.7, "subjects": 3.8, "any": 5.8}


@dataclass(frozen=True, slots=True)
class Weights:
    """The table. A signal of a side that a corpus does not have counts neither for nor against it."""

    bm25: Mapping[Field, float] = field(default_factory=_bm25)
    coverage: Mapping[str, float] = field(default_factory=_coverage)
    heading: float = 3.0
    cosine: float = 1.5

    @property
    def reads_passages(self) -> bool:
        """Whether any signal counts for which a passage's own terms must be read."""
        return bool(self.coverage or self.heading)

    def lexical(self, scores: Mapping[Field, float]) -> float:
        """Weigh the fields alone."""
        return sum(self.bm25.get(name, 0.0) * score for name, score in scores.items())

    def fused(self, signals: Signals, *, fields: Collection[Field] = FIELDS) -> float:
        """Return the weighed mean of the signals that a corpus with these fields can have; it lies in [0, 1]."""
        weighed = self.lexical(signals.bm25)
        weighed += sum(weight * signals.coverage.get(side, 0.0) for side, weight in self.coverage.items())
        weighed += self.heading * signals.heading + self.cosine * signals.cosine
        return weighed / (self._possible(fields) or 1.0)

    def _possible(self, fields: Collection[Field]) -> float:
        sides = {"text": True, "translation": "translation" in fields, "subjects": "subjects" in fields, "any": True}
        total = sum(weight for name, weight in self.bm25.items() if name in fields)
        total += sum(weight for side, weight in self.coverage.items() if sides.get(side))
        return total + self.cosine + (self.heading if "subjects" in fields else 0.0)


WEIGHTS = Weights()
"""The table as it is fitted."""

ROUGH = Weights(coverage=MappingProxyType({}), heading=0.0)
"""Without what takes long: for who judges all that was found anew."""
