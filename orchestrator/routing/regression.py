"""Multinomial logistic regression on sparse rows, by L-BFGS. Needed to fit only; knows nothing of prompts or features."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from orchestrator.routing.descent import dot, minimise

Array = NDArray[np.float64]
_TEMPERATURES = (0.1, 5.0)
# Going on to the very minimum learns the prompts by heart and takes three times as long.
_TOLERANCE = 1e-4


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
    """Fit by maximum likelihood with an L2 prior; a larger `strength` trusts the data more. Deterministic."""
    columns = np.unique(rows.indices)
    # Single precision halves what has to pass through memory, which is what the time goes into.
    used = rows[:, columns].astype(np.float32).tocsr()
    turned = used.T.tocsr()
    targets = np.eye(classes)[labels]
    shape = (len(columns) + 1, classes)

    def loss(flat: Array) -> tuple[float, Array]:
        """Return the penalised negative log-likelihood and its gradient."""
        table = flat.reshape(shape)
        probabilities = softmax(np.asarray(used @ table[:-1].astype(np.float32), dtype=np.float64) + table[-1])
        likelihood = dot(weights, np.log(np.maximum(probabilities[np.arange(len(labels)), labels], 1e-300)))
        residual = (probabilities - targets) * weights[:, None]
        gradient = np.vstack([turned @ residual.astype(np.float32) + table[:-1] / strength, residual.sum(axis=0)])
        return float((table[:-1] ** 2).sum() / (2 * strength) - likelihood), gradient.ravel()

    table = minimise(loss, np.zeros(shape[0] * shape[1]), iterations=iterations, tolerance=_TOLERANCE).reshape(shape)
    full = np.zeros((rows.shape[1], classes))
    full[columns] = table[:-1]
    return Fitted(full, table[-1])


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
