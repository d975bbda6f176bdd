"""A linear-chain conditional random field over sparse rows, fitted by L-BFGS. For benchmarks only; knows nothing of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.optimize import minimize

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chain:
    """Weights of features, and of one class following another."""

    weights: Array
    steps: Array

    def best(self, rows: sparse.csr_matrix) -> list[int]:
        """Return the likeliest classes of one sequence."""
        scores = np.asarray(rows @ self.weights)
        reached, backs = scores[0], []
        for score in scores[1:]:
            paths = reached[:, None] + self.steps
            backs.append(paths.argmax(axis=0))
            reached = paths.max(axis=0) + score
        path = [int(reached.argmax())]
        for back in reversed(backs):
            path.append(int(back[path[-1]]))
        return path[::-1]


def fit_chain(
    sequences: Sequence[sparse.csr_matrix], labels: Sequence[Sequence[int]], *, classes: int, penalty: float, rounds: int
) -> Chain:
    """Fit with an L2 prior. Deterministic."""
    order = sorted(range(len(sequences)), key=lambda at: -len(labels[at]))
    every = sparse.vstack([sequences[at] for at in order]).tocsr()
    columns = np.unique(every.indices)
    rows = every[:, columns]
    turned = rows.T.tocsr()
    lengths = np.array([len(labels[at]) for at in order])
    begins = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    gold = np.concatenate([np.asarray(labels[at]) for at in order])
    inner = np.setdiff1d(np.arange(len(gold)), begins)
    seen = np.zeros((classes, classes))
    np.add.at(seen, (gold[inner - 1], gold[inner]), 1)
    size = rows.shape[1] * classes

    def loss(flat: Array) -> tuple[float, Array]:
        weights, steps = flat[:size].reshape(-1, classes), flat[size:].reshape(classes, classes)
        scores = np.asarray(rows @ weights)
        total, shares, pairs = _expected(scores, steps, begins, lengths)
        value = total - scores[np.arange(len(gold)), gold].sum() - (seen * steps).sum() + penalty * (flat @ flat) / 2
        shares[np.arange(len(gold)), gold] -= 1
        gradient = np.concatenate([(turned @ shares).ravel(), (pairs - seen).ravel()]) + penalty * flat
        return float(value), gradient

    found = minimize(loss, np.zeros(size + classes**2), jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    weights = np.zeros((every.shape[1], classes))
    weights[columns] = found.x[:size].reshape(-1, classes)
    return Chain(weights, found.x[size:].reshape(classes, classes))


def _expected(scores: Array, steps: Array, begins: NDArray[np.int64], lengths: NDArray[np.int64]) -> tuple[float, Array, Array]:
    """Return the sum of all sequences' log partition, how likely each class is in each row, and how often each follows another.

    The sequences stand from the longest to the shortest, so those that go on to a position are the first so many.
    """
    forward, backward = np.zeros_like(scores), np.zeros_like(scores)
    forward[begins] = scores[begins]
    going = [int(np.searchsorted(-lengths, -at, side="left")) for at in range(int(lengths[0]) + 1)]
    for at in range(1, int(lengths[0])):
        here = begins[: going[at]] + at
        forward[here] = scores[here] + _log_sum(forward[here - 1][:, :, None] + steps, axis=1)
    pairs = np.zeros_like(steps)
    total = _log_sum(forward[begins + lengths - 1], axis=1)
    for at in range(int(lengths[0]) - 1, 0, -1):
        here = begins[: going[at]] + at
        onward = scores[here] + backward[here]
        backward[here - 1] = _log_sum(steps + onward[:, None, :], axis=2)
        likely = forward[here - 1][:, :, None] + steps + onward[:, None, :] - total[: going[at], None, None]
        pairs += np.exp(likely).sum(axis=0)
    shares = np.exp(forward + backward - np.repeat(total, lengths)[:, None])
    return float(total.sum()), shares, pairs


def _log_sum(values: Array, *, axis: int) -> Array:
    highest = values.max(axis=axis, keepdims=True)
    summed: Array = np.log(np.exp(values - highest).sum(axis=axis)) + np.squeeze(highest, axis=axis)
    return summed
