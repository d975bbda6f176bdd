"""Fits the calibrated confidence: `python -m rag.islamic.fit [--translation ARCHIVE]` writes calibration/model.json and prints it.

Each question's candidates are judged once with the translation and once without, because either may be installed; all of a question's
rows stay in one fold. What is fitted is the mean of two logistic functions: of the numbers alone, each with the sign that its meaning
demands, and of their products too, which sees more and is too sure of it. The threshold is the lowest at which, on unseen questions, enough
of the shown passages answer, and few enough are shown where nothing does.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from rag.ingest.quran_json import read_quran_json
from rag.islamic.confidence import FOLDER, MODEL, OPPOSING, QUESTIONS, SUPPORTING, Calibration, calibration_checksum
from rag.islamic.evidence import NAMES
from rag.islamic.measuring import CLOSENESS, Floats, Judged, Measured, Scored, choose, judge, read_questions
from rag.islamic.workbench import Workbench

PRECISION = 0.85
FALSE_ALARMS = 0.025
_FOLDS = 10
_RIDGE = 0.02
_RIDGE_STANDARD, _RIDGE_PRODUCTS = 0.1, 300.0
"""Of numbers and products in standard deviations: there are many products, and what one alone says is seldom true."""
_BOUND = 40.0
_ROUNDS = 120
_FIRST, _SECOND = np.triu_indices(len(NAMES), 1)
"""The numbers that each product is of."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A function of evidence: weights of its numbers, in the order of NAMES, of the products of two, one a pair, and an intercept."""

    weights: Floats
    products: Floats
    intercept: float

    def probabilities(self, rows: Floats) -> Floats:
        """Return for each row of evidence how likely it is that the verse answers."""
        scores = rows @ self.weights + (rows[:, _FIRST] * rows[:, _SECOND]) @ self.products + self.intercept
        return np.asarray(1 / (1 + np.exp(-scores)))

    @property
    def table(self) -> dict[str, float]:
        """The weights as a calibration has them, but for what rounds to nothing."""
        pairs = [f"{NAMES[first]} {NAMES[second]}" for first, second in zip(_FIRST, _SECOND, strict=True)]
        products = {pair: round(float(weight), 3) for pair, weight in zip(pairs, self.products, strict=True)}
        singles = {name: round(float(weight), 3) for name, weight in zip(NAMES, self.weights, strict=True)}
        return singles | {pair: weight for pair, weight in products.items() if weight}


def fit(judged: Sequence[Judged]) -> Fitted:
    """Return the mean of both functions. Every question counts the same, however many candidates it has."""
    rows = np.vstack([each.rows for each in judged])
    signs = np.where(np.concatenate([each.labels for each in judged]) > 0, 1.0, -1.0)
    share = np.concatenate([np.full(len(each.ids), 1 / np.sqrt(max(1, len(each.ids)))) for each in judged])
    plain, paired = _plain(rows, signs, share), _paired(rows, signs, share)
    return Fitted((plain.weights + paired.weights) / 2, paired.products / 2, (plain.intercept + paired.intercept) / 2)


def _plain(rows: Floats, signs: Floats, share: Floats) -> Fitted:
    """Fit the numbers alone."""
    signed = dict.fromkeys(SUPPORTING, (0.0, _BOUND)) | dict.fromkeys(OPPOSING, (-_BOUND, 0.0))
    bounds = [signed.get(name, (-_BOUND, _BOUND)) for name in NAMES]
    weights, intercept = _logistic(rows, signs, share, ridge=np.full(len(NAMES), _RIDGE), bounds=bounds)
    return Fitted(weights, np.zeros(len(_FIRST)), intercept)


def _paired(rows: Floats, signs: Floats, share: Floats) -> Fitted:
    """Fit numbers and products in standard deviations from the mean, and return what that is of the numbers as they are."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    scale[scale == 0] = 1
    standard = (rows - mean) / scale
    # Some hundred thousand rows of 630 numbers.
    both = np.hstack([standard, standard[:, _FIRST] * standard[:, _SECOND]]).astype(np.float32)
    ridge = np.append(np.full(len(NAMES), _RIDGE_STANDARD), np.full(len(_FIRST), _RIDGE_PRODUCTS))
    found, intercept = _logistic(both, signs, share, ridge=ridge, bounds=[(None, None)] * len(ridge), rounds=_ROUNDS)
    products = found[len(NAMES) :] / (scale[_FIRST] * scale[_SECOND])
    weights = found[: len(NAMES)] / scale
    intercept += float(products @ (mean[_FIRST] * mean[_SECOND]) - weights @ mean)
    np.subtract.at(weights, _FIRST, products * mean[_SECOND])
    np.subtract.at(weights, _SECOND, products * mean[_FIRST])
    return Fitted(weights, products, intercept)


def _logistic(
    rows: Floats | NDArray[np.float32],
    signs: Floats,
    share: Floats,
    *,
    ridge: Floats,
    bounds: Sequence[tuple[float | None, float | None]],
    rounds: int = 15_000,
) -> tuple[Floats, float]:
    """Return weights and intercept of a logistic regression; `signs` is 1 of a row that answers and -1 of another."""

    def _loss(parameters: Floats) -> tuple[float, Floats]:
        weights = parameters[:-1]
        margins = signs * (rows @ weights.astype(rows.dtype) + parameters[-1])
        slopes = -signs * share / (1 + np.exp(np.clip(margins, -30, 30)))
        value = float(share @ np.logaddexp(0, -margins) + ridge @ weights**2 / 2)
        return value, np.append(rows.T @ slopes.astype(rows.dtype) + ridge * weights, slopes.sum())

    start = np.zeros(len(ridge) + 1)
    solution = minimize(_loss, start, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)], options={"maxiter": rounds}).x
    return solution[:-1], float(solution[-1])


def out_of_fold(judged: Sequence[Judged], *, folds: int = _FOLDS) -> list[Scored]:
    """Return each question's passages by a fit that has not seen it; questions with the same text are in the same fold."""
    texts = {text: number % folds for number, text in enumerate(dict.fromkeys(each.question.text for each in judged))}
    fitted = [fit([each for each in judged if texts[each.question.text] != held]) for held in range(folds)]
    return [each.scored(fitted[texts[each.question.text]].probabilities(each.rows)) for each in judged]


def suffices(measured: Measured, *, precision: float = PRECISION) -> bool:
    """Say whether what is shown is right often enough, and little enough where nothing answers."""
    return measured.precision >= precision and measured.false_alarms <= FALSE_ALARMS


async def _main(archive: Path | None, precision: float) -> None:
    folder = files("rag.islamic") / FOLDER
    questions = read_questions((folder / QUESTIONS).read_text(encoding="utf-8"))
    judged: list[Judged] = []
    for translation in (read_quran_json(archive), None) if archive else (None,):
        with tempfile.TemporaryDirectory() as place:
            judged += await judge(await Workbench.build(Path(place), translation=translation), questions)
    measured = choose(out_of_fold(judged), lambda found: suffices(found, precision=precision))
    fitted = fit(judged)
    figures = {name: round(value, 3) for name, value in asdict(measured).items()}
    calibration = Calibration(fitted.table, round(fitted.intercept, 3), measured.threshold, CLOSENESS, calibration_checksum(), figures)
    text = json.dumps(asdict(calibration), ensure_ascii=False, indent=2)
    await asyncio.to_thread(Path(str(folder / MODEL)).write_text, text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--translation", type=Path, help="the archive quran-json-3.1.2.tgz, as fetched by npm pack")
    options.add_argument("--precision", type=float, default=PRECISION, help="share of shown passages that must answer, on unseen questions")
    given = options.parse_args()
    asyncio.run(_main(given.translation, given.precision))
