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
from tests.benchmarks.hadith_agreement import CLASSES, engine_paint, f1, gold_paint, macro_f1
from tests.benchmarks.quotations import ANNOTATED, scripture
from tests.benchmarks.report import Result
from tests.benchmarks.span_tagger import features, fit_tagger, tagged

DATA = (ANNOTATED, FOLDER)
FOLDS = 5
_OPEN = "IslamicEval 2026, open"


def main() -> Iterable[Result]:
    """Run the benchmark."""
    if not (FOLDER.exists() and ANNOTATED.exists()):
        return []
    rows = [json.loads(line) for line in ANNOTATED.read_text(encoding="utf-8").splitlines()]
    answers = [str(row["generated_answer"]) for row in rows]
    gold = [gold_paint(row) for row in rows]
    engine = _found(answers)
    data = f"{len(rows)} answers"
    shipped = list(zip(gold, engine, strict=True))
    found = [
        Result("macro-F1 of spans, the engine as it ships", macro_f1(shipped), target="≥ 0.92", data=f"{_OPEN}: {data}"),
        Result("macro-F1 of spans, the engine, the half not looked at", macro_f1(shipped[1::2]), data=f"{len(shipped[1::2])} of them"),
    ]
    found += [Result(f"F1 of the engine, {name}", f1(shipped, kind), data=data) for kind, name in enumerate(CLASSES)]
    learned = _cross_validated([row["question_id"] for row in rows], answers, gold, engine)
    folds = f"{_OPEN}: {data}, {FOLDS} folds by question"
    return [*found, Result("macro-F1 of spans, a model of our own beside the engine", macro_f1(learned), target="≥ 0.92", data=folds)]


def _cross_validated(
    questions: Sequence[str], answers: Sequence[str], gold: Sequence[list[int]], engine: Sequence[list[int]]
) -> list[tuple[list[int], list[int]]]:
    """Return what the annotators and a model that learned from the answers to other questions say of each character."""
    fold = {question: at % FOLDS for at, question in enumerate(sorted(set(questions)))}
    rows = [features(answer, said) for answer, said in zip(answers, engine, strict=True)]
    painted = []
    for left_out in range(FOLDS):
        learn = [at for at, question in enumerate(questions) if fold[question] != left_out]
        chain = fit_tagger([answers[at] for at in learn], [gold[at] for at in learn], [rows[at] for at in learn], classes=len(CLASSES))
        judged = (at for at, question in enumerate(questions) if fold[question] == left_out)
        painted += [(gold[at], tagged(chain, answers[at], rows[at])) for at in judged]
    return painted


def _found(answers: Sequence[str]) -> list[list[int]]:
    """Return what the engine finds in each answer, as classes of its characters."""
    with tempfile.TemporaryDirectory() as folder:
        for name in CORPORA:
            build_hadith_index(Path(folder) / name, read_hadith(FOLDER / name, corpus=name).documents)
        canons = [HadithCanon(Path(folder) / name, name=name) for name in CORPORA]
        finder = QuotationFinder(scripture(), hadith=lambda: canons)
        return [engine_paint(finder, answer) for answer in answers]
