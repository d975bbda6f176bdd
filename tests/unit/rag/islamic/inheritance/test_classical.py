"""The cases that have names, or stand worked out in the books, each with the place where it stands."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.kin import kin_named
from rag.islamic.inheritance.solver import solve

_TABLE = (Path(__file__).parent / "classical.tsv").read_text(encoding="utf-8")
_ROWS = [line.split("\t") for line in _TABLE.splitlines() if line and not line.startswith("#")]
CASES = [(school, *row) for row in _ROWS for school in row[1].split()]


def _counts(text: str) -> dict[str, int]:
    words = [part.split() for part in text.split(", ")]
    return {each[0]: int(each[1]) if len(each) > 1 else 1 for each in words}


@pytest.mark.parametrize(("school", "name", "schools", "deceased", "heirs", "base", "lots", "source"), CASES)
def test_the_books_case_comes_out_as_in_the_book(
    school: str, name: str, schools: str, deceased: str, heirs: str, base: str, lots: str, source: str
) -> None:
    people = {kin_named(key): count for key, count in _counts(heirs).items()}
    expected = _counts(lots)
    treasury = Fraction(expected.pop("treasury", 0), int(base))
    division = solve(Case(deceased == "male", people, school))  # type: ignore[arg-type]
    assert {kin: fraction for kin, fraction in division.fractions.items() if fraction} == {
        kin_named(key): Fraction(count, int(base)) for key, count in expected.items()
    }
    assert (division.corrected, division.treasury) == (int(base), treasury)


def test_at_least_sixty_cases_bear_a_name_and_a_source() -> None:
    assert len({row[0] for row in _ROWS}) >= 60
    assert all(row[-1].strip() for row in _ROWS)
