"""Fits the calibrated confidence: `python -m rag.islamic.fit [--translation ARCHIVE]` writes calibration/model.json and prints it.

Each question's candidates are judged once with the translation and once without, because either may be installed; all of a question's rows
stay in one fold. Weights keep the sign their meaning demands. The threshold is the lowest with the wanted precision on unseen questions.
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
from rag.islamic.confidence import OPPOSING, QUESTIONS, SUPPORTING, Calibration, calibration_checksum
from rag.islamic.evidence import NAMES
from rag.islamic.workbench import Workbench

CLOSENESS = 0.95
PRECISION = 0.85
SHOWN = 5
_FOLDS = 10
_RIDGE = 2.0
_BOUND = 40.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Question:
    """A question written by hand with the ids of the verses that answer it; none, when nothing in the Quran does."""

    variety: str
    text: str
    accepted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and its candidates: ids, and the evidence, a row of NAMES a candidate."""

    question: Question
    ids: tuple[str, ...]
    rows: Floats

    @property
    def labels(self) -> Floats:
        """1 for each candidate that answers."""
        return np.array([float(id_ in self.question.accepted) for id_ in self.ids])


@dataclass(frozen=True, slots=True)
class Measured:
    """What is shown at a threshold.

    `precision` is the share of shown verses that answer, `coverage` the share of the answerable questions with a shown verse, `hits` that
    with a right one, `false_alarms` the share of the unanswerable ones with any.
    """

    threshold: float
    precision: float
    coverage: float
    hits: float
    false_alarms: float


def read_questions(text: str) -> list[Question]:
    """Read lines `variety<TAB>question<TAB>references`, the last `-` where nothing answers."""
    found: list[Question] = []
    for line in text.splitlines():
        variety, question, references = line.split("\t")[:3]
        found.append(Question(variety, question, frozenset(_ids(references))))
    return found


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


def out_of_fold(judged: Sequence[Judged], *, folds: int = _FOLDS) -> list[Floats]:
    """Return each question's probabilities by a fit that has not seen it; questions with the same text are in the same fold."""
    texts = {text: number % folds for number, text in enumerate(dict.fromkeys(each.question.text for each in judged))}
    fold = [texts[each.question.text] for each in judged]
    found: list[Floats] = [np.zeros(0)] * len(judged)
    for held in range(folds):
        weights, intercept = fit([each for each, own in zip(judged, fold, strict=True) if own != held])
        for at in (at for at, own in enumerate(fold) if own == held):
            found[at] = 1 / (1 + np.exp(-(judged[at].rows @ weights + intercept)))
    return found


def measure(judged: Sequence[Judged], probabilities: Sequence[Floats], threshold: float) -> Measured:
    """Return what is shown, and how much of it is right, at `threshold`."""
    rule = Calibration({}, 0.0, threshold, CLOSENESS, "")
    shown = right = covered = hits = alarms = 0
    for each, probability in zip(judged, probabilities, strict=True):
        flags = np.array(rule.confident(probability.tolist()), dtype=bool)
        best = [at for at in np.argsort(-probability, kind="stable") if flags[at]][:SHOWN]
        answers = int(sum(each.labels[at] for at in best))
        shown, right = shown + len(best), right + answers
        covered += bool(best) and bool(each.question.accepted)
        hits += answers > 0
        alarms += bool(best) and not each.question.accepted
    answerable = sum(bool(each.question.accepted) for each in judged)
    others = len(judged) - answerable
    return Measured(threshold, right / max(1, shown), covered / max(1, answerable), hits / max(1, answerable), alarms / max(1, others))


def choose(judged: Sequence[Judged], probabilities: Sequence[Floats], *, precision: float = PRECISION) -> Measured:
    """Return what is measured at the lowest threshold from which on the precision is reached."""
    measured = [measure(judged, probabilities, round(threshold, 3)) for threshold in np.arange(0.98, 0.2, -0.01)]
    reached = [each for each in measured if each.precision >= precision]
    return min(reached, key=lambda each: each.threshold) if reached else measured[0]


async def judge(workbench: Workbench, questions: Sequence[Question]) -> list[Judged]:
    """Return the candidates and evidence of each question."""
    found: list[Judged] = []
    for question in questions:
        judged = await workbench.retriever.judged(question.text)
        found.append(Judged(question, tuple(each.document.id for each in judged.candidates), judged.evidence.astype(np.float64)))
    return found


def _ids(references: str) -> list[str]:
    found: list[str] = []
    for reference in references.split(",") if references.strip() != "-" else ():
        surah, _, verses = reference.strip().partition(":")
        first, _, last = verses.partition("-")
        found += [f"{surah}:{ayah}" for ayah in range(int(first), int(last or first) + 1)]
    return found


async def _main(archive: Path | None, precision: float) -> None:
    folder = files("rag.islamic") / "calibration"
    questions = read_questions((folder / QUESTIONS).read_text(encoding="utf-8"))
    judged: list[Judged] = []
    for translation in (read_quran_json(archive), None) if archive else (None,):
        with tempfile.TemporaryDirectory() as place:
            judged += await judge(await Workbench.build(Path(place), translation=translation), questions)
    measured = choose(judged, out_of_fold(judged), precision=precision)
    weights, intercept = fit(judged)
    table = {name: round(float(weight), 3) for name, weight in zip(NAMES, weights, strict=True)}
    figures = {name: round(value, 3) for name, value in asdict(measured).items()}
    calibration = Calibration(table, round(intercept, 3), measured.threshold, CLOSENESS, calibration_checksum(), figures)
    text = json.dumps(asdict(calibration), ensure_ascii=False, indent=2)
    await asyncio.to_thread(Path(str(folder / "model.json")).write_text, text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--translation", type=Path, help="the archive quran-json-3.1.2.tgz, as fetched by npm pack")
    options.add_argument("--precision", type=float, default=PRECISION, help="share of shown verses that must answer, on unseen questions")
    given = options.parse_args()
    asyncio.run(_main(given.translation, given.precision))
