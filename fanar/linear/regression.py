"""A linear classifier on sparse rows, fitted by L-BFGS. Needed to fit only; knows nothing of prompts or features.

It is judged by two measures at once: the likelihood of the labels, and the squared margin by which each label's score falls short of
1 where the label is true, and of -1 where it is not. The first alone leans on what is frequent, the second alone does not know how sure
it may be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from fanar.linear.descent import minimise

Array = NDArray[np.float64]
Single = NDArray[np.float32]
_TEMPERATURES = (0.1, 5.0)
# Going on to the very minimum learns the prompts by heart and takes three times as long.
_TOLERANCE = 1e-4
# How many times the score that margins are measured by is the logarithm of the odds.
_SHARPNESS = 4.0
_LEAST = 1e-30


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights, a row for each column of the data, and a bias for each class."""

    weights: Array
    bias: Array

    def scores(self, rows: sparse.csr_matrix) -> Array:
        """Return the scores of `rows`, a column for each class."""
        return np.asarray(rows @ self.weights + self.bias)


def fit_regression(
    rows: sparse.csr_matrix, labels: NDArray[np.int64], weights: Array, *, classes: int, strength: float, iterations: int = 60
) -> Fitted:
    """Fit with an L2 prior; a larger `strength` trusts the data more. Scores have to be calibrated. Deterministic."""
    columns = np.unique(rows.indices)
    # Single precision halves what has to pass through memory, which is what the time goes into.
    used = rows[:, columns].astype(np.float32).tocsr()
    turned = used.T.tocsr()
    targets = np.eye(classes, dtype=np.float32)[labels]
    shares = weights.astype(np.float32)[:, None]
    shape = (len(columns) + 1, classes)

    def loss(flat: Array) -> tuple[float, Array]:
        """Return the penalised loss and its gradient."""
        table = flat.reshape(shape)
        scores = used @ table[:-1].astype(np.float32) + table[-1].astype(np.float32)
        value, residual = _loss(scores, targets, shares)
        gradient = np.vstack([turned @ residual + table[:-1] / strength, residual.sum(axis=0, dtype=np.float64)])
        return float((table[:-1] ** 2).sum() / (2 * strength)) + value, gradient.ravel()

    table = minimise(loss, np.zeros(shape[0] * shape[1]), iterations=iterations, tolerance=_TOLERANCE).reshape(shape)
    full = np.zeros((rows.shape[1], classes))
    full[columns] = table[:-1]
    return Fitted(full * _SHARPNESS, table[-1] * _SHARPNESS)


def _loss(scores: Single, targets: Single, shares: Single) -> tuple[float, Single]:
    """Return the loss of `scores`, each row weighed by its share, and its gradient by each score."""
    signs = 2 * targets - 1
    missing = np.maximum(1 - signs * scores, 0)
    probabilities = np.exp(_SHARPNESS * (scores - scores.max(axis=1, keepdims=True)))
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    unlikely = np.log(np.maximum((probabilities * targets).sum(axis=1, keepdims=True), _LEAST))
    value = (shares * (missing * missing).sum(axis=1, keepdims=True)).sum(dtype=np.float64) - (shares * unlikely).sum(dtype=np.float64)
    return float(value), shares * (_SHARPNESS * (probabilities - targets) - 2 * signs * missing)


def softmax(scores: Array) -> Array:
    """Return probabilities, row by row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def fit_temperature(scores: Array, labels: NDArray[np.int64]) -> float:
    """Return the temperature at which held-out `scores` are most likely."""

    def loss(temperature: float) -> float:
        """Return the mean negative log-likelihood."""
        chosen = softmax(scores / temperature)[np.arange(len(labels)), labels]
        return float(-np.log(np.maximum(chosen, 1e-12)).mean())

    return float(minimize_scalar(loss, bounds=_TEMPERATURES, method="bounded").x)


def calibration_error(probabilities: Array, labels: NDArray[np.int64], *, bins: int = 10) -> float:
    """Return the expected calibration error of the most probable class."""
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    bucket = np.minimum((confidence * bins).astype(int), bins - 1)
    return float(sum(abs(confidence[bucket == b].sum() - right[bucket == b].sum()) for b in range(bins)) / len(labels))
