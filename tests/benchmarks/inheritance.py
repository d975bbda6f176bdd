"""The inheritance calculator: agreement with a second solver, and what a division costs. `inheritance_questions` measures its reader.

The cases are made up by chance; the second solver walks through al-Rahbiyya's chapters person by person.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from statistics import median, quantiles

from fanar.errors import UnprocessableError
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.kin import key_of, kin_named
from rag.islamic.inheritance.schools import SCHOOLS, SchoolName
from rag.islamic.inheritance.solver import solve
from tests.benchmarks.report import Result
from tests.unit.rag.islamic.inheritance.cases import made_up
from tests.unit.rag.islamic.inheritance.rahbiyya import divide

CASES = 200_000
SPEED = 4_000
SEED = 2026


def main() -> Iterable[Result]:
    """Run the benchmark."""
    for school in SCHOOLS:
        yield from _agreement(school)
    yield from _speed()


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
