"""Heirs who die before the estate is divided."""

from __future__ import annotations

from fractions import Fraction

import pytest

from fanar.errors import UnprocessableError
from rag.islamic.inheritance.calculator import Inquiry, calculate
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.report import table
from rag.islamic.inheritance.schools import SchoolName
from rag.islamic.inheritance.solver import solve
from rag.islamic.inheritance.successive import LaterDeath, Succession, succeed


def _mamuniyya(school: SchoolName, *, male: bool) -> Succession:
    """Both parents and two daughters; a daughter dies and leaves those who remain."""
    grandparents = ("FF", "FM") if male else ("MF", "MM")
    first = Case(male, {"F": 1, "M": 1, "D": 2}, school)
    later = Case(False, {grandparents[0]: 1, grandparents[1]: 1, "Zf": 1}, school)
    same = {grandparents[0]: "father", grandparents[1]: "mother", "Zf": "daughter"}
    return succeed(first, [LaterDeath("daughter", later, same)], solve=solve)


def test_the_mamuniyya_of_a_man_comes_to_fifty_four() -> None:
    # al-Mughni, al-munasakhat: whether the deceased was a man decides, as Yahya ibn Aktham asked back.
    found = _mamuniyya("hanbali", male=True)
    assert found.base == 54
    assert {holder.label: holder.fraction * 54 for holder in found.holders} == {"father": 19, "mother": 12, "daughter": 23}


def test_the_mamuniyya_of_a_woman_is_another_case() -> None:
    # The mother's father is no heir here: a grandmother and a sister, with radd.
    found = _mamuniyya("hanbali", male=False)
    assert {holder.label: holder.fraction for holder in found.holders} == {
        "father": Fraction(1, 6),
        "mother": Fraction(1, 6) + Fraction(1, 12),
        "daughter": Fraction(1, 3) + Fraction(1, 4),
    }


def test_the_common_base_of_the_books_is_found() -> None:
    # al-Sirajiyya, al-munasakhat: husband, daughter, mother; the husband dies leaving a wife and both parents, the daughter two sons,
    # a daughter and her grandmother, the grandmother a husband and two brothers: one hundred and twenty-eight.
    first = Case(False, {"H": 1, "D": 1, "M": 1}, "hanafi")
    later = [
        LaterDeath("husband", Case(True, {"W": 1, "F": 1, "M": 1}, "hanafi")),
        LaterDeath("daughter", Case(False, {"S": 2, "D": 1, "MM": 1}, "hanafi"), {"MM": "mother"}),
        LaterDeath("mother", Case(False, {"H": 1, "Bf": 2}, "hanafi")),
    ]
    found = succeed(first, later, solve=solve)
    assert found.base == 128
    assert {holder.label: holder.fraction * 128 for holder in found.holders} == {
        "2.wife": 8,
        "2.father": 16,
        "2.mother": 8,
        "3.son": 48,
        "3.daughter": 12,
        "4.husband": 18,
        "4.full_brother": 18,
    }


def test_what_goes_to_the_treasury_is_added_up() -> None:
    first = Case(False, {"H": 1}, "maliki")
    found = succeed(first, [LaterDeath("husband", Case(True, {"W": 1}, "maliki"))], solve=solve)
    assert found.treasury == Fraction(1, 2) + Fraction(3, 8)


def test_the_result_is_shown_as_a_table_of_persons() -> None:
    inquiry = Inquiry(
        Case(True, {"W": 1, "S": 1}, "hanafi"), later=[LaterDeath("son", Case(True, {"M": 1, "S": 1}, "hanafi"), {"M": "wife"})]
    )
    text = table(calculate(inquiry))
    assert "In the end, out of 48" in text.en
    assert "| الزوجة | 13/48 |" in text.ar


@pytest.mark.parametrize(
    "death", [LaterDeath("son", Case(True, {"S": 1}, "hanafi")), LaterDeath("wife", Case(False, {"S": 1}, "hanafi"), {"S": "x"})]
)
def test_a_death_of_nobody_is_refused(death: LaterDeath) -> None:
    with pytest.raises(UnprocessableError):
        succeed(Case(True, {"W": 1, "D": 1}, "hanafi"), [death], solve=solve)
