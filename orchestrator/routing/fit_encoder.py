"""Fits the linear head over an encoder's embeddings, and its share beside the n-grams. Nothing of this runs when serving.

Share and temperature are chosen where neither model has learned from the prompt it judges. An encoder that helps nothing gets no share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from fanar.events import Route
from fanar.linear.regression import Array, Fitted, fit_regression, fit_temperature, softmax
from orchestrator.routing.fit import FOLDS, balance, folds, route_metrics, route_scores
from orchestrator.routing.fusion import EncoderHead, Encodes, as_read, mixed
from orchestrator.routing.prompts import Prompt

ROUTES = tuple(Route)
# Embeddings have unit length: larger values let the prior leave room for what they say.
_SCALE, _STRENGTH = 10.0, 30.0
_SHARES = tuple(step / 20 for step in range(20))
_TEMPERATURES = (0.2, 3.0)


@dataclass(frozen=True, slots=True)
class EncoderFit:
    """The head, and the figures of the route without and with it, out of fold."""

    head: EncoderHead
    before: Mapping[str, float]
    after: Mapping[str, float]


def fit_encoder(prompts: Sequence[Prompt], *, encoder: Encodes) -> EncoderFit:
    """Fit a head on `prompts`. Takes the time to embed them and to fit the n-grams again in folds."""
    labels = np.array([ROUTES.index(prompt.route) for prompt in prompts])
    vectors = encoder.embed([as_read(prompt.text, prompt.previous) for prompt in prompts])
    known = _calibrated(route_scores(prompts), labels)
    rows = sparse.csr_matrix(vectors.astype(np.float64) * _SCALE)
    scores = _out_of_fold(rows, labels, folds(prompts))
    share, temperature = _mixture(known, scores, labels)
    fitted = _fit(rows, labels)
    weights, bias = (fitted.weights * _SCALE).astype(np.float32), fitted.bias.astype(np.float32)
    after = mixed(known, scores, share=share, temperature=temperature)
    return EncoderFit(EncoderHead(ROUTES, weights, bias, share, temperature), route_metrics(known, labels), route_metrics(after, labels))


def _calibrated(scores: Array, labels: NDArray[np.int64]) -> Array:
    return softmax(scores / fit_temperature(scores, labels))


def _fit(rows: sparse.csr_matrix, labels: NDArray[np.int64]) -> Fitted:
    return fit_regression(rows, labels, balance(labels, classes=len(ROUTES)), classes=len(ROUTES), strength=_STRENGTH)


def _out_of_fold(rows: sparse.csr_matrix, labels: NDArray[np.int64], fold_of: NDArray[np.int64]) -> Array:
    scores = np.zeros((len(labels), len(ROUTES)))
    for fold in range(FOLDS):
        held = fold_of == fold
        if held.any():
            scores[held] = _fit(rows[~held], labels[~held]).scores(rows[held])
    return scores


def _mixture(known: Array, scores: Array, labels: NDArray[np.int64]) -> tuple[float, float]:
    """Return the share and the temperature at which the labels are most likely."""

    def best(share: float) -> tuple[float, float]:
        """Return the mean negative log-likelihood of the best temperature, and that temperature."""

        def loss(temperature: float) -> float:
            chosen = mixed(known, scores, share=share, temperature=temperature)[np.arange(len(labels)), labels]
            return float(-np.log(np.maximum(chosen, 1e-12)).mean())

        found = minimize_scalar(loss, bounds=_TEMPERATURES, method="bounded")
        return float(found.fun), float(found.x)

    losses = {share: best(share) for share in _SHARES}
    share = min(losses, key=lambda each: (losses[each][0], each))
    return share, losses[share][1]
