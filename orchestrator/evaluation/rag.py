"""Measures how verses are found for questions whose answers are known: what is shown as sure, whether it is right, how often nothing is.

Knows nothing of how passages are found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from fanar.bilingual import Bilingual
from orchestrator.evaluation.asking import Answered, Json, Platform, Report, ask_all
from orchestrator.evaluation.reading import misread, read_table
from orchestrator.evaluation.report import Evaluation, Measure, latencies, share

FORM = "`variety<TAB>question<TAB>references`"
CORPUS = "quran"
_TOP = 10
_REFERENCE = re.compile(r"(\d{1,3}):(\d{1,3})(?:-(\d{1,3}))?")
_NONE = "-"
_FITTED = Bilingual(
    "The confidence was calibrated on these questions: --data names your own.", "عُويرت الثقة على هذه الأسئلة: يعيّن ‎--data أسئلتك."
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the ids of the verses that answer it; none, when nothing in the Quran does."""

    variety: str
    text: str
    accepted: frozenset[str]


def read_questions(path: Path | None) -> list[Question]:
    """Read questions, the shipped ones when no file is named. Raises NotFoundError, UnprocessableError."""
    if path is not None:
        return [_question(number, columns) for number, columns in read_table(path)]
    with as_file(files("rag.islamic") / "calibration" / "questions.tsv") as shipped:
        return read_questions(shipped)


async def evaluate_rag(platform: Platform, questions: Sequence[Question], *, data: str, fitted: bool, report: Report) -> Evaluation:
    """Search for each question. `fitted` says that the platform's confidence may have been calibrated on these."""

    async def ask(question: Question) -> Json:
        """Ask one."""
        return await platform.search(question.text, corpora=[CORPUS], top_k=_TOP)

    answered = await ask_all(questions, ask, at_once=1, report=report)
    answerable = [each for each in answered if each.case.accepted]
    silent = [each for each in answered if not each.case.accepted]
    shown = [_is_right(found, each.case) for each in answered for found in each.answer["results"] if found["confident"]]
    measures = (
        Measure(Bilingual("confident verses that answer (precision)", "آيات عُرضت بثقة وهي جواب (الإحكام)"), share(shown), len(shown)),
        Measure(
            Bilingual("answerable questions with a confident verse (coverage)", "أسئلة لها جواب وعُرضت لها آية بثقة (التغطية)"),
            share([_confident(each) for each in answerable]),
            len(answerable),
        ),
        Measure(
            Bilingual("first passage answers", "أول نتيجة هي الجواب"),
            share([any(_is_right(found, each.case) for found in each.answer["results"][:1]) for each in answerable]),
            len(answerable),
        ),
        Measure(
            Bilingual(f"an answer among the first {_TOP}", f"الجواب بين أول {_TOP} نتائج"),
            share([any(_is_right(found, each.case) for found in each.answer["results"]) for each in answerable]),
            len(answerable),
        ),
        Measure(
            Bilingual("unanswerable questions with a confident verse (false alarms)", "أسئلة لا جواب لها وعُرضت لها آية بثقة"),
            share([_confident(each) for each in silent]),
            len(silent),
        ),
        *latencies([each.seconds for each in answered]),
    )
    return Evaluation("rag", data, measures, (_FITTED,) if fitted else ())


def _is_right(found: Json, question: Question) -> bool:
    return found["reference"] in question.accepted


def _confident(each: Answered[Question]) -> bool:
    return any(found["confident"] for found in each.answer["results"])


def _question(number: int, columns: list[str]) -> Question:
    if len(columns) < 3 or not columns[1].strip():
        raise misread(number, FORM)
    accepted: set[str] = set()
    for reference in () if columns[2].strip() == _NONE else columns[2].split(","):
        match = _REFERENCE.fullmatch(reference.strip())
        if match is None:
            raise misread(number, FORM)
        first, last = int(match[2]), int(match[3] or match[2])
        accepted |= {f"{int(match[1])}:{ayah}" for ayah in range(first, last + 1)}
    return Question(columns[0], columns[1], frozenset(accepted))
