"""What the inheritance calculator's reader understands: stories read, multiple-choice questions answered.

The stories are our own, written before there was a reader. QIAS 2025's open questions are answered by the Hanbali school, which most of
their fatwas follow; many of them are no arithmetic at all (leases, gifts, lost wills). The last half was never looked at while the reader
was made.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rag.islamic.inheritance.choice.choose import choose
from rag.islamic.inheritance.schools import SchoolName
from tests.benchmarks.report import Result, evaluation_data
from tests.unit.rag.islamic.inheritance.test_stories import STORIES, misread

QIAS = evaluation_data() / "islamic_qa" / "qias2025" / "Task1_MCQs_Train.csv"
DATA = (QIAS,)
_SHUFFLED = 1
_LOOKED_AT = 4_800
_SCHOOL: SchoolName = "hanbali"
_COMPUTED = "computed"


def main() -> Iterable[Result]:
    """Run the benchmark."""
    yield Result("stories read exactly", 1 - len(misread()) / len(STORIES), target="≥ 0.95", data=f"{len(STORIES)} stories of our own")
    if QIAS.exists():
        yield from _questions()


def _questions() -> Iterator[Result]:
    with QIAS.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    random.Random(_SHUFFLED).shuffle(rows)
    judged = [_judged(row) for row in rows]
    yield from _answered(judged, "QIAS 2025, all")
    yield from _answered(judged[_LOOKED_AT:], "QIAS 2025, the half not looked at")
    causes = Counter(cause for _, cause in judged if cause != _COMPUTED)
    for cause, number in causes.most_common():
        yield Result(f"refused: {cause}", number / len(judged), data=f"QIAS 2025, all: {len(judged):,}")


def _judged(row: dict[str, str]) -> tuple[bool, str]:
    options = [row[f"option{number}"] for number in range(1, 7) if row[f"option{number}"]]
    choice = choose(row["question"], options, school=_SCHOOL)
    return choice.answer is not None and "ABCDEF"[choice.answer] == row["label"], choice.reason


def _answered(judged: Sequence[tuple[bool, str]], name: str) -> Iterator[Result]:
    right, answered = sum(good for good, _ in judged), sum(cause == _COMPUTED for _, cause in judged)
    data = f"{name}: {len(judged):,}"
    yield Result("questions answered rightly, of all", right / len(judged), target="≥ 0.9", data=data)
    yield Result("questions answered rightly, of those answered", right / answered, target="≥ 0.97", data=data)
