"""Fits the calibrated confidence: `python -m rag.islamic.fit [--translation ARCHIVE]` writes calibration/model.json and prints it.

Each question's candidates are judged once with the translation and once without, because either may be installed; all of a question's
rows stay in one fold. Weights keep the sign their meaning demands. The threshold is the lowest at which, on unseen questions, enough of
the shown passages answer, and few enough are shown where nothing does.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from rag.ingest.quran_json import read_quran_json
from rag.islamic.confidence import FOLDER, MODEL, OPPOSING, QUESTIONS, SUPPORTING, Calibration, calibration_checksum
from rag.islamic.evidence import NAMES
from rag.islamic.measuring import CLOSENESS, Floats, Judged, Measured, Scored, choose, judge, read_questions
from rag.islamic.workbench import Workbench

PRECISION = 0.85
FALSE_ALARMS = 0.06
_FOLDS = 10
_RIDGE = 2.0
_BOUND = 40.0


def fit(judged: Sequence[Judged]) -> tuple[Floats, float]:
    """Return weights, in the order of NAMES, and intercept. Every question counts the same, however many candidates it has."""
    rows = np.vstack([each.rows for each in judged])
    labels = np.concatenate([each.labels for each in judged])
    share = np.concatenate([np.full(len(each.ids), 1 / np.sqrt(max(1, len(each.ids)))) for each in judged])
    signs = np.where(labels > 0, 1.0, -1.0)

    def _loss(parameters: Floats) -> tuple[float, Floats]:
        margins = signs * (rows @ parameters[:-1] + parameters[-1])
        slopes = -signs * share / (1 + np.exp(np.clip(margins, -30, 30)))
        value = float(share @ np.logaddexp(0, -margins)) + _RIDGE / 2 * float(parameters[:-1] @ parameters[:-1]) / 100
        gradient = np.append(rows.T @ slopes + _RIDGE * parameters[:-1] / 100, slopes.sum())
        return value, gradient

    signed = dict.fromkeys(SUPPORTING, (0.0, _BOUND)) | dict.fromkeys(OPPOSING, (-_BOUND, 0.0))
    bounds = [*(signed.get(name, (-_BOUND, _BOUND)) for name in NAMES), (None, None)]
    solution = minimize(_loss, np.zeros(len(NAMES) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    return solution[:-1], float(solution[-1])


def out_of_fold(judged: Sequence[Judged], *, folds: int = _FOLDS) -> list[Scored]:
    """Return each question's passages by a fit that has not seen it; questions with the same text are in the same fold."""
    texts = {text: number % folds for number, text in enumerate(dict.fromkeys(each.question.text for each in judged))}
    fitted = [fit([each for each in judged if texts[each.question.text] != held]) for held in range(folds)]
    found: list[Scored] = []
    for each in judged:
        weights, intercept = fitted[texts[each.question.text]]
        found.append(each.scored(1 / (1 + np.exp(-(each.rows @ weights + intercept)))))
    return found


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
    weights, intercept = fit(judged)
    table = {name: round(float(weight), 3) for name, weight in zip(NAMES, weights, strict=True)}
    figures = {name: round(value, 3) for name, value in asdict(measured).items()}
    calibration = Calibration(table, round(intercept, 3), measured.threshold, CLOSENESS, calibration_checksum(), figures)
    text = json.dumps(asdict(calibration), ensure_ascii=False, indent=2)
    await asyncio.to_thread(Path(str(folder / MODEL)).write_text, text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--translation", type=Path, help="the archive quran-json-3.1.2.tgz, as fetched by npm pack")
    options.add_argument("--precision", type=float, default=PRECISION, help="share of shown passages that must answer, on unseen questions")
    given = options.parse_args()
    asyncio.run(_main(given.translation, given.precision))
