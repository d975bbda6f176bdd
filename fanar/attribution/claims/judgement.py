"""From what was compared to a verdict's probabilities and its method. The weights were fitted on pairs of our own; see `fit`.

Knows nothing of texts or of how passages are found.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from fanar.attribution.claims.features import Signals
from fanar.claims import Entailment, Marking, Method

SHIPPED = Path(__file__).with_name("weights.json")
LABELS = ("supported", "contradicted", "neither")
_BY_MODEL = 0.7  # what an entailment model's word weighs beside the plain checks'; not fitted: no model's weights ship
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model: for each label its weight of each feature, and its bias. `temperature` makes the probabilities honest."""

    features: tuple[str, ...]
    rows: Mapping[str, Sequence[float]]
    bias: Mapping[str, float]
    temperature: float
    unworthy: float
    version: str

    def judge(self, values: Mapping[str, float]) -> Entailment:
        """Return the probabilities of the labels."""
        given = [values[name] for name in self.features]
        scores = {label: self.bias[label] + sum(w * v for w, v in zip(self.rows[label], given, strict=True)) for label in LABELS}
        top = max(scores.values())
        powers = {label: exp((score - top) / self.temperature) for label, score in scores.items()}
        total = sum(powers.values())
        return Entailment(*(powers[label] / total for label in LABELS))


@cache
def load_weights(path: Path = SHIPPED) -> Weights:
    """Read fitted weights; they are part of the program."""
    told = json.loads(path.read_text(encoding="utf-8"))
    return Weights(**{**told, "features": tuple(told["features"])})


def fused(plain: Entailment, model: Entailment) -> Entailment:
    """Return what plain checks and a model say together: the weighted geometric mean of their probabilities."""
    both = [
        max(one, _LEAST) ** (1 - _BY_MODEL) * max(other, _LEAST) ** _BY_MODEL
        for one, other in (
            (plain.supported, model.supported),
            (plain.contradicted, model.contradicted),
            (plain.neither, model.neither),
        )
    ]
    return Entailment(*(value / sum(both) for value in both))


def as_entailment(plain: Entailment, marking: Marking) -> Entailment:
    """Return a span model's word as probabilities: what it finds unsaid is denied or absent as plain checks have it."""
    rest = plain.contradicted + plain.neither or 1.0
    unsaid = marking.unsaid
    return Entailment(1 - unsaid, unsaid * plain.contradicted / rest, unsaid * plain.neither / rest)


def support_method(found: Signals) -> Method:
    """Return the check that speaks most for a claim."""
    values = found.values
    if values["copied"] == 1.0:
        return "copied"
    if values["date_all_same"]:
        return "dates"
    return "numbers" if values["number_all_same"] else "words"


def contradiction_method(found: Signals) -> Method | None:
    """Return the check that speaks against a claim, None where none does: then nothing is called a contradiction without a model."""
    values = found.values
    reasons: tuple[tuple[Method, bool], ...] = (
        ("numbers", values["number_apart"] > 0),
        ("dates", values["date_apart"] > 0),
        ("opposites", values["opposite"] > 0),
        ("negation", values["claim_denies"] > 0 or values["passage_denies"] > 0),
        ("names", values["name_replaced"] > 0 or (values["replaced"] > 0 and values["names_missing"] > 0) or values["replaced"] > 0),
    )
    return next((method for method, holds in reasons if holds), None)
