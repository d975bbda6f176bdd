"""Fits the weights that ship, on the pairs of our own beside it: `python -m fanar.attribution.claims.fit`. Knows no other data.

A linear model with an L2 prior; its temperature is fitted on pairs that it did not see, five times over, whole sources at a time. Near
misses and paraphrases have a part in both, a small one: the features cannot tell them from plain claims, only make the scores humbler.
Each claim is held besides against a stranger: of the other sources the one that shares most with it, since most passages that a claim
meets do not speak of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

from fanar.attribution.claims.evidence import SourceIndex
from fanar.attribution.claims.features import signals
from fanar.attribution.claims.judgement import LABELS, SHIPPED
from fanar.attribution.claims.reading import read
from fanar.attribution.claims.splitting import split_claims
from fanar.claims import SourceText
from fanar.linear.regression import softmax

PAIRS = Path(__file__).with_name("pairs")
STRENGTH = 0.3
NEAR = "near"
COUNTS = {NEAR: 0.25, "turns_arabic": 0.35, "turns_english": 0.35}
"""As how many pairs each of a file counts; with more of these everyday claims are told apart less well, see tests/benchmarks/LOG.md."""
NEAR_HUMBLES = 0.1
"""As how many pairs each of them counts in the temperature; with more of them everyday claims are told less surely than they are right."""
STRANGERS_COUNT = 0.15  # with more of them claims and what does speak of them are told apart less well
FOLDS = 5
_SIGNS = {"+": 0, "-": 1, "?": 2}

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, the source it is held against, and the label it has: the position in LABELS."""

    source: str
    claim: str
    label: int


def read_pairs(path: Path) -> list[Pair]:
    """Return the pairs of a file whose lines begin with =, +, - or ?."""
    pairs: list[Pair] = []
    source = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, _, text = line.partition(" ")
        if mark == "=":
            source = text
        elif mark in _SIGNS:
            pairs.append(Pair(source, text, _SIGNS[mark]))
    return pairs


def strangers(pairs: Sequence[Pair]) -> list[tuple[Pair, str]]:
    """Return each claim with the source, among those of the others, that shares most with it, and the claim's own source."""
    index = SourceIndex([SourceText(source, source) for source in dict.fromkeys(pair.source for pair in pairs)])
    found: list[tuple[Pair, str]] = []
    for pair in pairs:
        others = (passage.source.text for passage in index.find(read(pair.claim)) if passage.source.text != pair.source)
        found += [(Pair(source, pair.claim, LABELS.index("neither")), pair.source) for source in islice(others, 1)]
    return found


def rows_of(pairs: Sequence[Pair]) -> tuple[Array, Labels, tuple[str, ...]]:
    """Return the features of pairs, their labels, and the features' names."""
    values = [signals(read(pair.claim), read(pair.source)).values for pair in pairs]
    names = tuple(values[0])
    return np.array([[each[name] for name in names] for each in values]), np.array([pair.label for pair in pairs]), names


def fit(rows: Array, labels: Labels, *, strength: float, counts: Array) -> tuple[Array, Array]:
    """Return weights, a row for each label, and biases. The larger `strength`, the more the pairs are trusted. Deterministic.

    `counts` says as how many pairs each row counts.
    """
    size, classes = rows.shape[1], len(LABELS)
    targets = np.eye(classes)[labels]

    def loss(flat: Array) -> tuple[float, Array]:
        """Return the penalised loss and its gradient."""
        table = flat.reshape(classes, size + 1)
        chances = softmax(rows @ table[:, :-1].T + table[:, -1])
        residual = (chances - targets) * counts[:, None]
        value = -(counts * np.log(np.maximum((chances * targets).sum(axis=1), 1e-12))).sum() + (table[:, :-1] ** 2).sum() / (2 * strength)
        gradient = np.hstack([residual.T @ rows + table[:, :-1] / strength, residual.sum(axis=0)[:, None]])
        return float(value), gradient.ravel()

    found = minimize(loss, np.zeros(classes * (size + 1)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    table = found.x.reshape(classes, size + 1)
    return table[:, :-1], table[:, -1]


def temperature_of(scores: Array, labels: Labels, *, counts: Array | None = None) -> float:
    """Return the temperature at which unseen `scores` are most likely; `counts` as for `fit`."""

    def unlikely(temperature: float) -> float:
        """Return the mean negative log-likelihood."""
        chosen = softmax(scores / temperature)[np.arange(len(labels)), labels]
        return float(-np.average(np.log(np.maximum(chosen, 1e-12)), weights=counts))

    return float(minimize_scalar(unlikely, bounds=(0.3, 4.0), method="bounded").x)


def unseen_scores(rows: Array, labels: Labels, groups: Sequence[str], *, strength: float, counts: Array) -> Array:
    """Return the scores of each row by weights that were fitted without its group."""
    order = {name: at % FOLDS for at, name in enumerate(dict.fromkeys(groups))}
    fold = np.array([order[name] for name in groups])
    scores = np.zeros((len(rows), len(LABELS)))
    for held in range(FOLDS):
        others = fold != held
        weights, bias = fit(rows[others], labels[others], strength=strength, counts=counts[others])
        scores[fold == held] = rows[fold == held] @ weights.T + bias
    return scores


def unworthy_score(path: Path) -> float:
    """Return how often a sentence that is said to claim nothing claims nothing, on our own: one that is worth a check begins with +."""
    marked = [line.partition(" ") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] in ("+", "-")]
    idle = [mark == "-" for mark, _, text in marked if not any(claim.checkworthy for claim in split_claims(text))]
    return (sum(idle) + 1) / (len(idle) + 2)  # the rule of succession: of so few sentences nothing is certain


def fitted() -> Mapping[str, object]:
    """Return what is written to the file that ships."""
    files = sorted(PAIRS.glob("*.txt"))
    counted: list[tuple[Pair, str, float, float]] = []
    for path in files:
        own, count = read_pairs(path), COUNTS.get(path.stem, 1.0)
        counted += [(pair, pair.source, count, NEAR_HUMBLES if path.stem == NEAR else count) for pair in own]
        # Of one file, for the sources of another may say the same in another language.
        counted += [(pair, source, STRANGERS_COUNT, STRANGERS_COUNT) for pair, source in strangers(own)]
    fitting, humbling = (np.array([each[at] for each in counted]) for at in (2, 3))
    rows, labels, names = rows_of([pair for pair, *_ in counted])
    scores = unseen_scores(rows, labels, [source for _, source, *_ in counted], strength=STRENGTH, counts=fitting)
    temperature = temperature_of(scores, labels, counts=humbling)
    weights, bias = fit(rows, labels, strength=STRENGTH, counts=fitting)
    return {
        "features": names,
        "rows": {label: [round(float(value), 4) for value in row] for label, row in zip(LABELS, weights, strict=True)},
        "bias": {label: round(float(value), 4) for label, value in zip(LABELS, bias, strict=True)},
        "temperature": round(temperature, 3),
        "unworthy": round(unworthy_score(PAIRS / "worth.tsv"), 3),
        "version": sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12],
    }


def main() -> None:
    """Fit, and write the weights that ship."""
    SHIPPED.write_text(json.dumps(fitted(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
