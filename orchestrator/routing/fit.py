"""Fits the router's weights from the checked-in prompts: `python -m orchestrator.routing.fit`. Nothing of this runs when serving.

The same prompts give the same weights. Calibration and the metrics of the card are out of fold: no prompt is judged by a model that
learned from it. Conversations keep to one fold. The held-out prompts of the benchmark are never read here.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from fanar.arabic.normalization import normalize
from fanar.events import Route
from fanar.linear.regression import Array, Fitted, calibration_error, fit_regression, fit_temperature, softmax
from orchestrator.routing.classifier import HEADS, SHIPPED, Head, save_heads
from orchestrator.routing.concepts import load_concepts
from orchestrator.routing.features import BUCKETS, VERSION, FeatureExtractor, split
from orchestrator.routing.noise import misspelt
from orchestrator.routing.own import card_path
from orchestrator.routing.prompts import INTENTS, Prompt, checksum, read_prompts

FOLDS = 4
STRENGTH = 0.6
RARITY = 1.5
COPIES, COPY_WEIGHT = 6, 0.25
"""How often each prompt is learned misspelt besides, and what such a copy weighs."""
BALANCE = 0.5
"""How far labels with few prompts are made up for: at 0 each prompt weighs the same, at 1 each label does."""
SMALL = 1 << 15
TIERS = ("star", "prime")
LABELS: dict[str, tuple[str, ...]] = {"route": tuple(Route), "intent": INTENTS, "tier": TIERS}
SIZES = {"route": BUCKETS, "intent": SMALL, "tier": SMALL}


def fit(prompts: Sequence[Prompt], *, checksum: str, judged: int | None = None) -> tuple[dict[str, Head], dict[str, Any]]:
    """Fit all heads; return them and their card, whose metrics are those of the first `judged` prompts, or of all."""
    extractor = FeatureExtractor(concepts=load_concepts())
    heads: dict[str, Head] = {}
    card: dict[str, Any] = {"data": checksum, "features": VERSION, "prompts": len(prompts)}
    for name in HEADS:
        chosen = [prompt for prompt in prompts if label_of(name, prompt) is not None]
        among = sum(label_of(name, prompt) is not None for prompt in prompts[:judged])
        heads[name], card[name] = _fit_head(name, chosen, extractor, judged=among)
    return heads, card


def common_words(prompts: Sequence[Prompt]) -> list[str]:
    """Return the words of more than one prompt, as the features read them."""
    found = Counter(word for prompt in prompts for word in set(split(normalize(" ".join(prompt.turns)))))
    return sorted(word for word, count in found.items() if count > 1)


def label_of(head: str, prompt: Prompt) -> str | None:
    """Return what `head` should say of `prompt`, None where it is not asked."""
    if head == "route":
        return prompt.route
    asked = Route.ISLAMIC if head == "intent" else Route.GENERAL
    return prompt.detail if prompt.route is asked else None


def feature_rows(prompts: Sequence[Prompt], extractor: FeatureExtractor, *, size: int = BUCKETS) -> sparse.csr_matrix:
    """Return the features of `prompts`, a row each, folded to `size` columns."""
    found = [extractor.extract(prompt.text, prompt.previous) for prompt in prompts]
    ends = np.cumsum([0] + [len(features.buckets) for features in found])
    columns = np.concatenate([features.buckets for features in found]) & (size - 1)
    values = np.concatenate([features.values for features in found]).astype(np.float64)
    rows = sparse.csr_matrix((values, columns, ends), shape=(len(prompts), size))
    rows.sum_duplicates()
    return rows


def route_scores(prompts: Sequence[Prompt]) -> Array:
    """Return the scores of the routes of each prompt by a model that did not learn from it."""
    return _out_of_fold(_data("route", prompts, FeatureExtractor(concepts=load_concepts())), folds(prompts))


def _fit_head(name: str, prompts: Sequence[Prompt], extractor: FeatureExtractor, *, judged: int) -> tuple[Head, dict[str, Any]]:
    data = _data(name, prompts, extractor)
    labels = data.labels
    scores = _out_of_fold(data, folds(prompts))
    temperature = fit_temperature(scores, labels)
    scale, fitted = _fit_scaled(data, np.ones(len(prompts), dtype=bool))
    table = (scale[:, None] * fitted.weights).astype(np.float32)
    head = Head(LABELS[name], table, fitted.bias.astype(np.float32), temperature)
    return head, _metrics(name, softmax(scores[:judged] / temperature), labels[:judged]) | {"temperature": round(temperature, 4)}


@dataclass(frozen=True, slots=True)
class _Data:
    """The features of all prompts, those of their misspelt copies, and what the prompts are."""

    rows: sparse.csr_matrix
    copies: Sequence[sparse.csr_matrix]
    labels: NDArray[np.int64]
    classes: int


def _data(name: str, prompts: Sequence[Prompt], extractor: FeatureExtractor) -> _Data:
    copies = ([misspelt(prompt, copy=copy) for prompt in prompts] for copy in range(COPIES))
    return _Data(
        rows=feature_rows(prompts, extractor, size=SIZES[name]),
        copies=[feature_rows(copy, extractor, size=SIZES[name]) for copy in copies],
        labels=np.array([LABELS[name].index(label_of(name, prompt) or "") for prompt in prompts]),
        classes=len(LABELS[name]),
    )


def _fit_scaled(data: _Data, chosen: NDArray[np.bool_]) -> tuple[Array, Fitted]:
    """Fit with rare features given more room than common ones; return that scale too, which the table absorbs."""
    count = int(chosen.sum())
    documents = np.bincount(data.rows[chosen].indices, minlength=data.rows.shape[1])
    scale = ((np.log((1 + count) / (1 + documents)) + 1) / 5) ** RARITY
    rows = sparse.vstack([data.rows[chosen], *(copy[chosen] for copy in data.copies)])
    labels = np.tile(data.labels[chosen], 1 + len(data.copies))
    weights = np.concatenate([np.ones(count), np.full(count * len(data.copies), COPY_WEIGHT)])
    weights *= np.tile(balance(data.labels[chosen], classes=data.classes), 1 + len(data.copies))
    return scale, fit_regression((rows @ sparse.diags(scale)).tocsr(), labels, weights, classes=data.classes, strength=STRENGTH)


def balance(labels: NDArray[np.int64], *, classes: int) -> Array:
    """Return what each prompt weighs so that labels with few prompts are not drowned; 1 on average."""
    counts = np.bincount(labels, minlength=classes)
    weights = np.maximum(counts[labels], 1) ** -BALANCE
    return np.asarray(weights / weights.mean())


def _out_of_fold(data: _Data, fold_of: NDArray[np.int64]) -> Array:
    scores = np.zeros((len(data.labels), data.classes))
    for fold in range(FOLDS):
        held = fold_of == fold
        scale, fitted = _fit_scaled(data, ~held)
        scores[held] = fitted.scores((data.rows[held] @ sparse.diags(scale)).tocsr())
    return scores


def folds(prompts: Sequence[Prompt]) -> NDArray[np.int64]:
    """Return the fold of each prompt; those that begin alike share one."""
    return np.array([zlib.crc32(prompt.turns[0].encode()) % FOLDS for prompt in prompts])


def route_metrics(probabilities: Array, labels: NDArray[np.int64]) -> dict[str, Any]:
    """Return the figures of the route."""
    return _metrics("route", probabilities, labels)


def _metrics(name: str, probabilities: Array, labels: NDArray[np.int64]) -> dict[str, Any]:
    guessed = probabilities.argmax(axis=1)
    found: dict[str, Any] = {
        "prompts": len(labels),
        "accuracy": round(float((guessed == labels).mean()), 4),
        "macro_f1": round(macro_f1(labels, guessed, classes=len(LABELS[name])), 4),
        "calibration_error": round(calibration_error(probabilities, labels), 4),
    }
    if name == "route":
        islamic = LABELS["route"].index(Route.ISLAMIC)
        found["islamic_recall"] = round(float((guessed[labels == islamic] == islamic).mean()), 4)
        found["islamic_precision"] = round(float((labels[guessed == islamic] == islamic).mean()), 4)
    return found


def macro_f1(labels: NDArray[np.int64], guessed: NDArray[np.int64], *, classes: int) -> float:
    """Return the mean F1 over the classes that occur among `labels`."""
    scores = []
    for label in range(classes):
        hits = int(((guessed == label) & (labels == label)).sum())
        total = int((guessed == label).sum() + (labels == label).sum())
        if (labels == label).any():
            scores.append(2 * hits / total)
    return float(np.mean(scores)) if scores else 0.0


def main(write: Callable[[str], object] = sys.stdout.write, *, path: Path = SHIPPED) -> None:
    """Fit from the shipped prompts and write the weights and their card."""
    prompts = read_prompts()
    heads, card = fit(prompts, checksum=checksum())
    save_heads(path, heads, words=common_words(prompts))
    text = json.dumps(card, indent=2)
    card_path(path).write_text(f"{text}\n", encoding="utf-8")
    write(f"{text}\n")


if __name__ == "__main__":
    main()
