"""Fits the moderator's weights to the texts that were written for it: `python -m fanar.moderation.fit [FOLDER]`. Not for serving.

Texts that are harmless may come from a further FOLDER too, as the last column of its `.tsv` files: the prompts that the router learns from
are such. The same texts give the same weights. Calibration, thresholds and the figures of the card are out of fold: no text is judged by
a model that learned from it.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from fanar.linear.regression import Array, fit_regression, fit_temperature
from fanar.moderation.examples import LABELS, Example, checksum, read_examples
from fanar.moderation.features import BUCKETS, VERSION, FeatureExtractor, windows
from fanar.moderation.lexicon import load_lexicon
from fanar.moderation.linear import SHIPPED, LinearModels, save_models

FOLDS = 5
STRENGTH = 4.0
FURTHER_WEIGHT, FURTHER_STEP = 0.5, 4
"""What a further harmless text weighs beside those that were written for this, and of how many one is taken."""
FALSE_FLAGS = 0.002
"""The share of harmless texts that a category may flag, out of fold, at its threshold."""
LEAST_THRESHOLD, MOST_THRESHOLD = 0.7, 0.75
"""Bounds on it: what is not probable is not flagged, and near-misses that the final model has learned do not count twice."""

Truth = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Data:
    """The features of texts, what they are, and what each weighs; `folds` keeps texts that begin alike together."""

    rows: sparse.csr_matrix
    truth: Truth
    weights: Array
    folds: NDArray[np.int64]


def data_of(examples: Sequence[Example], further: Sequence[str] = ()) -> Data:
    """Return the examples, and `further` harmless texts, as numbers."""
    texts = [example.text for example in examples] + list(further)
    truth = np.zeros((len(texts), len(LABELS)), dtype=bool)
    for at, example in enumerate(examples):
        truth[at] = [label in example.labels for label in LABELS]
    weights = np.concatenate([np.ones(len(examples)), np.full(len(further), FURTHER_WEIGHT)])
    folds = np.array([zlib.crc32(" ".join(text.split()[:3]).encode()) % FOLDS for text in texts])
    return Data(feature_rows(texts), truth, weights, folds)


def feature_rows(texts: Sequence[str]) -> sparse.csr_matrix:
    """Return the features of the first window of each text, a row each."""
    extractor = FeatureExtractor(lexicon=load_lexicon())
    found = [extractor.extract(next(windows(text), [""])) for text in texts]
    ends = np.cumsum([0] + [len(features.buckets) for features in found])
    columns = np.concatenate([features.buckets for features in found])
    values = np.concatenate([features.values for features in found]).astype(np.float64)
    return sparse.csr_matrix((values, columns, ends), shape=(len(texts), BUCKETS))


def fit(data: Data, *, false_flags: float = FALSE_FLAGS) -> tuple[LinearModels, dict[str, Any]]:
    """Fit a model for each label; return them and their figures."""
    table, bias = np.zeros((BUCKETS, len(LABELS)), dtype=np.float32), np.zeros(len(LABELS), dtype=np.float32)
    thresholds, figures = np.zeros(len(LABELS), dtype=np.float32), {}
    harmless: Truth = np.asarray(data.truth.sum(axis=1) == 0, dtype=np.bool_)
    for at, label in enumerate(LABELS):
        truth = data.truth[:, at]
        odds = _out_of_fold(data, truth)
        heat = fit_temperature(np.stack([-odds / 2, odds / 2], axis=1), truth.astype(np.int64))
        column, constant = fit_one(data.rows, truth, data.weights)
        table[:, at], bias[at] = column / heat, constant / heat
        chances = 1 / (1 + np.exp(-(odds / heat).clip(-80, 80)))
        thresholds[at] = _threshold(chances[harmless], false_flags)
        figures[label] = _figures(truth, chances >= thresholds[at], harmless) | {"threshold": round(float(thresholds[at]), 4)}
    return LinearModels(LABELS, table, bias, thresholds, FeatureExtractor(lexicon=load_lexicon())), figures


def fit_one(rows: sparse.csr_matrix, truth: Truth, weights: Array, *, strength: float = STRENGTH) -> tuple[Array, float]:
    """Return the weights of all buckets and the constant of one label, so that their sum is the logarithm of its odds.

    Rare features have more room than common ones. (By how much oftener a feature stands in texts of the label, as naive Bayes has it,
    would be better with many texts and is worse with these.)
    """
    rarity = _rarity(rows)
    balance = np.where(truth, weights[~truth].sum() / max(weights[truth].sum(), 1e-9), 1.0) ** 0.5 * weights
    fitted = fit_regression(
        (rows @ sparse.diags(rarity)).tocsr(), truth.astype(np.int64), balance / balance.mean(), classes=2, strength=strength
    )
    return rarity * (fitted.weights[:, 1] - fitted.weights[:, 0]), float(fitted.bias[1] - fitted.bias[0])


def _rarity(rows: sparse.csr_matrix) -> Array:
    documents = np.bincount(rows.indices, minlength=rows.shape[1])
    return np.asarray(np.log((1 + rows.shape[0]) / (1 + documents)) + 1)


def _out_of_fold(data: Data, truth: Truth) -> Array:
    odds = np.zeros(len(truth))
    for fold in range(FOLDS):
        held = data.folds == fold
        column, constant = fit_one(data.rows[~held], truth[~held], data.weights[~held])
        odds[held] = data.rows[held] @ column + constant
    return odds


def _threshold(harmless: Array, false_flags: float) -> float:
    """Return the probability that so small a share of harmless texts reaches."""
    return float(np.clip(np.quantile(harmless, 1 - false_flags) + 1e-6, LEAST_THRESHOLD, MOST_THRESHOLD))


def _figures(truth: Truth, flagged: Truth, harmless: Truth) -> dict[str, Any]:
    return {
        "texts": int(truth.sum()),
        "recall": round(float(flagged[truth].mean()), 4),
        "precision": round(float(truth[flagged].mean()), 4) if flagged.any() else 0.0,
        "false_flags": round(float(flagged[harmless].mean()), 5),
    }


def further_texts(folder: Path) -> list[str]:
    """Return the last column of all `.tsv` files below `folder`, each text once."""
    lines = (line for path in sorted(folder.rglob("*.tsv")) for line in path.read_text(encoding="utf-8").splitlines())
    return list(dict.fromkeys(line.rpartition("\t")[2] for line in lines if line.strip()))


def main(arguments: Sequence[str], write: Callable[[str], object] = sys.stdout.write, *, path: Path = SHIPPED) -> None:
    """Fit and write the weights and their card."""
    further = further_texts(Path(arguments[0]))[::FURTHER_STEP] if arguments else []
    examples = read_examples()
    models, figures = fit(data_of(examples, further))
    save_models(path, models)
    card = {"data": checksum(), "features": VERSION, "texts": len(examples), "further": len(further)}
    card["further_data"] = sha256("\n".join(further).encode()).hexdigest()
    told = json.dumps(card | {"labels": figures}, indent=2)
    path.with_suffix(".json").write_text(f"{told}\n", encoding="utf-8")
    write(f"{told}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
