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

import numpy as np

from rag.ingest.subjects import subjects_checksum
from rag.islamic.evidence import NAMES
from rag.islamic.lexicon import lexicon_checksum
from rag.islamic.postings import Floats

OPPOSING = ("missing", "unknown", "breadth")
SUPPORTING = (
    *("coverage", "text", "line", "match", "whole", "size", "standing", "lead", "text_standing", "text_lead", "number"),
    *("said", "said_standing", "votes", "said_lead", "narrow", "cosine", "grams"),
)
"""What else there is says which kind of question it is: some kinds are answered oftener than others, whichever way."""
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

    def probabilities(self, evidence: Floats) -> Floats:
        """Return for each row of evidence how likely it is that the verse answers the question."""
        weights = np.array([self.weights.get(name, 0.0) for name in NAMES], dtype=np.float32)
        return np.asarray(1 / (1 + np.exp(-(evidence @ weights + np.float32(self.intercept)))), dtype=np.float32)

    def confident(self, probabilities: Sequence[float]) -> list[bool]:
        """Say of each of one question's verses whether it may be shown as an answer."""
        bar = max(self.threshold, self.closeness * max(probabilities, default=0.0))
        return [probability >= bar for probability in probabilities]


@lru_cache(maxsize=1)
def load_calibration() -> Calibration:
    """Read the calibration that ships with the platform."""
    return Calibration(**json.loads((files("rag.islamic") / _FOLDER / _MODEL).read_text(encoding="utf-8")))


def calibration_checksum() -> str:
    """Return the checksum of what a calibration depends on: the questions, the lexicon they are read with, and the subject index."""
    questions = (files("rag.islamic") / _FOLDER / QUESTIONS).read_bytes()
    return hashlib.sha256(questions + f"{lexicon_checksum()} {subjects_checksum()}".encode()).hexdigest()
