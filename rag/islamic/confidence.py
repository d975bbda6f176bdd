"""How sure it is that verses answer a question: a logistic function of their evidence, fitted on our own questions. Knows no verses.

A passage is as likely to answer as its likeliest verse. The log odds are a weighted sum of the numbers of the evidence and of the products
of two of them; `python -m rag.islamic.fit` writes the weights, with the checksum of the data they were fitted on and what was measured on
questions the fit had not seen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files

import numpy as np

from fanar.scripture.order import Place
from rag.ingest.subjects import subjects_checksum
from rag.islamic.evidence import NAMES
from rag.islamic.lexicon import lexicon_checksum
from rag.islamic.neighbours import passages
from rag.islamic.postings import Floats

OPPOSING = ("missing", "untold", "unknown", "absent", "breadth")
SUPPORTING = (
    *("coverage", "text", "line", "match", "whole", "size", "standing", "lead", "text_standing", "text_lead", "number", "plea"),
    *("said", "said_standing", "votes", "said_lead", "narrow", "cosine", "grams"),
)
"""What else there is says which kind of question it is: some kinds are answered oftener than others, whichever way."""
FOLDER, QUESTIONS, MODEL = "calibration", "questions.tsv", "model.json"


@dataclass(frozen=True, slots=True)
class JudgedPassage:
    """Candidates that stand together, by their numbers, the likeliest first, and how likely it is that one of them answers."""

    members: tuple[int, ...]
    probability: float
    confident: bool


@dataclass(frozen=True)
class Calibration:
    """A fitted confidence: `weights` of the numbers of the evidence, and of products of two, by both names with a blank between.

    A passage may be shown as an answer when its probability reaches `threshold`, and `closeness` times the best one's.
    """

    weights: Mapping[str, float]
    intercept: float
    threshold: float
    closeness: float
    checksum: str
    measured: Mapping[str, float] = field(default_factory=dict)

    def probabilities(self, evidence: Floats) -> Floats:
        """Return for each row of evidence how likely it is that the verse answers the question."""
        weights, products = self._tables
        scores = evidence @ weights + ((evidence @ products) * evidence).sum(axis=1) + np.float32(self.intercept)
        return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)

    @cached_property
    def _tables(self) -> tuple[Floats, Floats]:
        """The weights of single numbers, one of NAMES each, and those of products, a row and a column of NAMES."""
        weights = np.zeros(len(NAMES), dtype=np.float32)
        products = np.zeros((len(NAMES), len(NAMES)), dtype=np.float32)
        at = {name: place for place, name in enumerate(NAMES)}
        for name, weight in self.weights.items():
            first, _, second = name.partition(" ")
            if second:
                products[at[first], at[second]] = weight
            else:
                weights[at[first]] = weight
        return weights, products

    def judge(self, places: Sequence[Place], probabilities: Floats) -> list[JudgedPassage]:
        """Return the passages that one question's candidates form, the likeliest first, from how likely each candidate answers."""
        found = passages(places, probabilities)
        sure = [float(probabilities[members[0]]) for members in found]
        flags = confident(sure, threshold=self.threshold, closeness=self.closeness)
        return [JudgedPassage(tuple(members), likely, shown) for members, likely, shown in zip(found, sure, flags, strict=True)]


def confident(probabilities: Sequence[float], *, threshold: float, closeness: float) -> list[bool]:
    """Say of each of one question's passages whether it may be shown as an answer."""
    bar = max(threshold, closeness * max(probabilities, default=0.0))
    return [probability >= bar for probability in probabilities]


@lru_cache(maxsize=1)
def load_calibration() -> Calibration:
    """Read the calibration that ships with the platform."""
    return Calibration(**json.loads((files("rag.islamic") / FOLDER / MODEL).read_text(encoding="utf-8")))


def calibration_checksum() -> str:
    """Return the checksum of what a calibration depends on: the questions, the lexicon they are read with, and the subject index."""
    questions = (files("rag.islamic") / FOLDER / QUESTIONS).read_bytes()
    return hashlib.sha256(questions + f"{lexicon_checksum()} {subjects_checksum()}".encode()).hexdigest()
