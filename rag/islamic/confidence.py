"""How sure it is that a verse answers a question: a logistic function of its evidence, fitted on our own questions. Knows no verses.

The weights are few and each has the sign that its meaning demands; `python -m rag.islamic.fit` writes them, with the checksum of the data
they were fitted on and what was measured on questions the fit had not seen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from math import exp

from rag.islamic.evidence import Evidence
from rag.islamic.lexicon import lexicon_checksum

SUPPORTING = ("coverage", "text", "line", "match", "whole", "size", "standing", "lead", "cosine", "grams")
OPPOSING = ("missing", "unknown", "breadth")
QUESTIONS = "questions.tsv"
_MODEL = "model.json"
_FOLDER = "calibration"


@dataclass(frozen=True, slots=True)
class Calibration:
    """A fitted confidence. A verse is shown as an answer when its probability reaches `threshold` and `closeness` times the best one's."""

    weights: Mapping[str, float]
    intercept: float
    threshold: float
    closeness: float
    checksum: str
    measured: Mapping[str, float] = field(default_factory=dict)

    def probability(self, evidence: Evidence) -> float:
        """Return how likely it is that the verse answers the question."""
        row = evidence.as_row()
        score = self.intercept + sum(weight * row[name] for name, weight in self.weights.items())
        return 1 / (1 + exp(-score))

    def confident(self, probabilities: Sequence[float]) -> list[bool]:
        """Say of each of one question's verses whether it may be shown as an answer."""
        bar = max(self.threshold, self.closeness * max(probabilities, default=0.0))
        return [probability >= bar for probability in probabilities]


@lru_cache(maxsize=1)
def load_calibration() -> Calibration:
    """Read the calibration that ships with the platform."""
    return Calibration(**json.loads((files("rag.islamic") / _FOLDER / _MODEL).read_text(encoding="utf-8")))


def calibration_checksum() -> str:
    """Return the checksum of what a calibration depends on: the questions, and the lexicon they are read with."""
    questions = (files("rag.islamic") / _FOLDER / QUESTIONS).read_bytes()
    return hashlib.sha256(questions + lexicon_checksum().encode()).hexdigest()
