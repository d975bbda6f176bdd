"""The inheritance calculator: agreement with a second solver, what a division costs, stories read, multiple-choice questions answered.

The cases are made up by chance; the second solver walks through al-Rahbiyya's chapters person by person. The stories are our own, written
before there was a reader. QIAS 2025's open questions are answered by the Hanbali school, which most of their fatwas follow; many of them
are no arithmetic at all (leases, gifts, lost wills). The last half was never looked at while the reader was made.
"""

from __future__ import annotations

import csv
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import median, quantiles

from fanar.errors import UnprocessableError
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.choice.choose import choose
from rag.islamic.inheritance.kin import key_of, kin_named
from rag.islamic.inheritance.schools import SCHOOLS, SchoolName
from rag.islamic.inheritance.solver import solve
from tests.benchmarks.report import Result, evaluation_data
from tests.unit.rag.islamic.inheritance.cases import made_up
from tests.unit.rag.islamic.inheritance.rahbiyya import divide
from tests.unit.rag.islamic.inheritance.test_stories import STORIES, misread

QIAS = evaluation_data() / "islamic_qa" / "qias2025" / "Task1_MCQs_Train.csv"
DATA = (QIAS,)
CASES = 200_000
SPEED = 4_000
SEED = 2026
_SHUFFLED = 1
_LOOKED_AT = 4_800
_SCHOOL: SchoolName = "hanbali"


def main() -> Iterable[Result]:
    """Run the benchmark."""
    for school in SCHOOLS:
        yield from _agreement(school)
    yield from _speed()
    yield Result("stories read exactly", 1 - len(misread()) / len(STORIES), target="≥ 0.95", data=f"{len(STORIES)} stories of our own")
    if QIAS.exists():
        yield from _questions()


def _agreement(school: SchoolName) -> Iterator[Result]:
    agreed, refused = 0, 0
    for male, people in made_up(CASES, seed=SEED):
        try:
            division = solve(_case(male, people, school))
        except UnprocessableError:
            refused += 1
            continue
        shares, treasury = divide(people, school)
        found = {key_of(kin): fraction for kin, fraction in division.fractions.items() if fraction}
        agreed += found == shares and division.treasury == treasury
    data = f"{CASES:,} made-up cases"
    yield Result(
        f"cases on which both solvers agree, of those divided, {school}", agreed / (CASES - refused), target="≥ 1", data=data, seed=SEED
    )
    yield Result(f"cases refused as open in the school, {school}", refused / CASES, data=data, seed=SEED)


def _speed() -> Iterator[Result]:
    times = []
    for number, (male, people) in enumerate(made_up(SPEED, seed=SEED + 1)):
        case = _case(male, people, list(SCHOOLS)[number % len(SCHOOLS)])
        started = time.perf_counter()
        try:
            solve(case)
        except UnprocessableError:
            continue
        times.append((time.perf_counter() - started) * 1_000)
    yield Result("one division with its proof, p50", median(times), "ms", target="≤ 1", data=f"{SPEED:,} made-up cases", seed=SEED + 1)
    yield Result("one division with its proof, p99", quantiles(times, n=100)[98], "ms", data=f"{SPEED:,} made-up cases", seed=SEED + 1)


def _case(male: bool, people: dict[str, int], school: SchoolName) -> Case:
    return Case(male, {kin_named(key): count for key, count in people.items()}, school)


def _questions() -> Iterator[Result]:
    with QIAS.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    random.Random(_SHUFFLED).shuffle(rows)
    judged = [_judged(row) for row in rows]
    yield from _answered(judged, "QIAS 2025, all")
    yield from _answered(judged[_LOOKED_AT:], "QIAS 2025, the half not looked at")
    causes = Counter(cause for _, cause in judged if cause != "computed")
    for cause, number in causes.most_common():
        yield Result(f"refused: {cause}", number / len(judged), data=f"QIAS 2025, all: {len(judged):,}")


def _judged(row: dict[str, str]) -> tuple[bool, str]:
    options = [row[f"option{number}"] for number in range(1, 7) if row[f"option{number}"]]
    choice = choose(row["question"], options, school=_SCHOOL)
    return choice.answer is not None and "ABCDEF"[choice.answer] == row["label"], choice.reason


def _answered(judged: Sequence[tuple[bool, str]], name: str) -> Iterator[Result]:
    right, answered = sum(good for good, _ in judged), sum(cause == "computed" for _, cause in judged)
    data = f"{name}: {len(judged):,}"
    yield Result("questions answered rightly, of all", right / len(judged), target="≥ 0.9", data=data)
    yield Result("questions answered rightly, of those answered", right / answered, target="≥ 0.97", data=data)
