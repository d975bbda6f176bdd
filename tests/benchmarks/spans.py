"""Spans of quotations by a sequence model of our own, cross-validated by question: for the benchmark only, what ships is the engine.

The model learns from the annotated answers to other questions, with what the engine finds in them as one of its cues.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from fanar.attribution.hadith_canon import HadithCanon, build_hadith_index
from fanar.attribution.quotations import QuotationFinder
from rag.ingest.hadith import read_hadith
from tests.benchmarks.hadith import CORPORA, FOLDER
from tests.benchmarks.hadith_agreement import CLASSES, engine_paint, gold_paint, macro_f1
from tests.benchmarks.quotations import ANNOTATED, scripture
from tests.benchmarks.report import Result
from tests.benchmarks.span_tagger import fit_tagger, tagged

DATA = (ANNOTATED, FOLDER)
FOLDS = 5


def main() -> Iterable[Result]:
    """Run the benchmark."""
    if not (FOLDER.exists() and ANNOTATED.exists()):
        return []
    rows = [json.loads(line) for line in ANNOTATED.read_text(encoding="utf-8").splitlines()]
    answers = [str(row["generated_answer"]) for row in rows]
    gold = [gold_paint(row) for row in rows]
    engine = _found(answers)
    fold = {question: at % FOLDS for at, question in enumerate(sorted({row["question_id"] for row in rows}))}
    painted: list[tuple[list[int], list[int]]] = []
    for left_out in range(FOLDS):
        learn = [at for at, row in enumerate(rows) if fold[row["question_id"]] != left_out]
        chain = fit_tagger([answers[at] for at in learn], [gold[at] for at in learn], [engine[at] for at in learn], classes=len(CLASSES))
        painted += [
            (gold[at], tagged(chain, answers[at], engine[at])) for at, row in enumerate(rows) if fold[row["question_id"]] == left_out
        ]
    data = f"IslamicEval 2026, open: {len(rows)} answers, {FOLDS} folds by question"
    return [
        Result("macro-F1 of spans, a model of our own beside the engine", macro_f1(painted), target="≥ 0.92", data=data),
        Result("macro-F1 of spans, the engine as it ships", macro_f1(zip(gold, engine, strict=True)), data=data),
    ]


def _found(answers: Sequence[str]) -> list[list[int]]:
    """Return what the engine finds in each answer, as classes of its characters."""
    with tempfile.TemporaryDirectory() as folder:
        for name in CORPORA:
            build_hadith_index(Path(folder) / name, read_hadith(FOLDER / name, corpus=name).documents)
        canons = [HadithCanon(Path(folder) / name, name=name) for name in CORPORA]
        finder = QuotationFinder(scripture(), hadith=lambda: canons)
        return [engine_paint(finder, answer) for answer in answers]
