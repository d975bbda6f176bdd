"""Fits the table of `rag.retrievers.weights` to our own questions and prints it with its cross-validated hits; writes nothing.

    python -m tests.benchmarks.retrieval_fit

Listwise: the weights that make the accepted verses likeliest among all candidates of their question, none below zero.
"""

from __future__ import annotations

import asyncio

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from rag.retrievers.signals import Signals
from rag.retrievers.weights import WEIGHTS
from tests.benchmarks.retrieval_library import calibration_questions, library

_BM25 = ("words", "stems", "roots", "grams", "translation", "subjects", "subject_roots")
_SIDES = ("text", "translation", "subjects", "any")
NAMES = (*(f"bm25 {field}" for field in _BM25), *(f"coverage {side}" for side in _SIDES), "heading", "cosine")
_FOLDS = 5
_DECAY = 0.5
_SEED = 0

Candidates = tuple[NDArray[np.float64], NDArray[np.bool_]]


def main() -> None:
    """Print the table."""
    data = asyncio.run(_candidates())
    order = np.random.default_rng(_SEED).permutation(len(data))
    first, fifth = [], []
    for fold in range(_FOLDS):
        held = [data[at] for at in order[fold::_FOLDS]]
        weights = _fit([data[at] for other in range(_FOLDS) if other != fold for at in order[other::_FOLDS]])
        for signals, accepted in held:
            best = accepted[np.argsort(-signals @ weights)]
            first.append(best[:1].any())
            fifth.append(best[:5].any())
    print(f"{len(data)} questions, {_FOLDS} folds: first {np.mean(first):.3f}, among 5 {np.mean(fifth):.3f}")
    for name, weight in zip(NAMES, _fit(data), strict=True):
        print(f"{name:24} {weight:.1f}")


async def _candidates() -> list[Candidates]:
    found = []
    everything = {field: max(WEIGHTS.bm25.get(field, 0.0), 0.01) for field in _BM25}
    async with library() as shelf:
        await shelf.add_quran()
        retriever = shelf.retriever(type(WEIGHTS)(bm25=everything))
        for question in calibration_questions():
            if question.accepted:
                candidates = await retriever.candidates(question.text, top_k=100)
                accepted = np.array([candidate.document.id in question.accepted for candidate in candidates])
                found.append((np.array([_row(candidate.signals) for candidate in candidates]).reshape(-1, len(NAMES)), accepted))
    return found


def _row(signals: Signals) -> list[float]:
    fields = [dict(signals.bm25).get(field, 0.0) for field in _BM25]
    return [*fields, *(signals.coverage[side] for side in _SIDES), signals.heading, signals.cosine]


def _fit(data: list[Candidates]) -> NDArray[np.float64]:
    answerable = [each for each in data if each[1].any()]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = _DECAY * weights @ weights, 2 * _DECAY * weights
        for signals, accepted in answerable:
            scores = signals @ weights
            likely = np.exp(scores - scores.max())
            right = likely[accepted].sum()
            value -= np.log(right / likely.sum())
            slope = slope + signals.T @ (likely / likely.sum()) - signals[accepted].T @ (likely[accepted] / right)
        return value / len(answerable), slope / len(answerable)

    fitted: NDArray[np.float64] = minimize(loss, np.ones(len(NAMES)), jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(NAMES)).x
    return fitted


if __name__ == "__main__":
    main()
