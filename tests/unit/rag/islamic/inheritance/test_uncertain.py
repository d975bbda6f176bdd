"""Heirs of whom not everything is known."""

from __future__ import annotations

from fractions import Fraction

import pytest

from fanar.errors import UnprocessableError
from rag.islamic.inheritance.calculator import Inquiry, calculate
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.kin import kin_named
from rag.islamic.inheritance.schools import SchoolName
from rag.islamic.inheritance.solver import solve
from rag.islamic.inheritance.successive import LaterDeath
from rag.islamic.inheritance.telling import told
from rag.islamic.inheritance.uncertain import Ranged, Unborn, Uncertain, weigh

CHILD = Unborn("S", "D")


def _weighed(school: SchoolName, uncertain: Uncertain, *, male: bool = True, **heirs: int) -> Ranged:
    case = Case(male, {kin_named(key): count for key, count in heirs.items()}, school)
    return weigh(case, uncertain, solve=solve)


def _now(ranged: Ranged) -> dict[str, str]:
    return {each.name.en: str(each.now) for each in ranged.ranges}


def test_beside_an_unborn_child_each_gets_the_least() -> None:
    # The share of a wife and both parents is least where two girls are born: twenty-seven (Hanbalis reckon with two).
    ranged = _weighed("hanbali", Uncertain(CHILD), wife=1, father=1, mother=1)
    assert _now(ranged) == {"wife": "1/9", "father": "4/27", "mother": "4/27"}
    assert ranged.reserved == 1 - Fraction(11, 27)


def test_hanafis_reckon_with_one_child() -> None:
    assert _now(_weighed("hanafi", Uncertain(CHILD), wife=1, father=1, mother=1)) == {"wife": "1/8", "father": "1/6", "mother": "1/6"}


def test_shafiis_set_no_bound_so_a_son_gets_nothing_before_the_birth() -> None:
    ranged = _weighed("shafii", Uncertain(CHILD), wife=1, son=1)
    assert _now(ranged) == {"wife": "1/8", "son": "0"}


def test_malikis_wait_for_the_birth() -> None:
    assert any("Malikis" in note.en for note in _weighed("maliki", Uncertain(CHILD), wife=1, son=1).notes)


def test_a_missing_brother_keeps_back_what_he_may_take() -> None:
    ranged = _weighed("shafii", Uncertain(missing={"Bf": 1}), male=False, husband=1, full_sister=1)
    assert _now(ranged) == {"husband": "1/2", "full sister": "1/6"}
    assert ranged.reserved == Fraction(1, 3)


def test_abu_hanifa_gives_one_of_unknown_sex_the_worse() -> None:
    assert _now(_weighed("hanafi", Uncertain(hermaphrodite=CHILD), son=1)) == {"son": "2/3", "of unknown sex: son or daughter": "1/3"}


def test_malikis_give_one_of_unknown_sex_half_of_both() -> None:
    ranged = _weighed("maliki", Uncertain(hermaphrodite=CHILD), son=1)
    assert _now(ranged) == {"son": "7/12", "of unknown sex: son or daughter": "5/12"}
    assert ranged.reserved == 0


def test_shafiis_give_all_the_certain_part() -> None:
    ranged = _weighed("shafii", Uncertain(hermaphrodite=CHILD), son=1)
    assert _now(ranged) == {"son": "1/2", "of unknown sex: son or daughter": "1/3"}
    assert ranged.reserved == Fraction(1, 6)


def test_who_died_together_do_not_inherit_from_one_another() -> None:
    ranged = _weighed("maliki", Uncertain(together={"S": 1}), wife=1, father=1)
    assert _now(ranged) == {"wife": "1/4", "father": "3/4"}
    assert ranged.reserved == 0


def test_for_hanbalis_those_who_died_together_are_a_range() -> None:
    ranged = _weighed("hanbali", Uncertain(together={"S": 1}), wife=1, father=1)
    assert [(str(each.least), str(each.most)) for each in ranged.ranges] == [("1/8", "1/4"), ("1/6", "3/4")]


def test_a_pair_must_be_a_man_and_a_woman() -> None:
    with pytest.raises(UnprocessableError):
        _weighed("hanafi", Uncertain(Unborn("D", "S")), wife=1)


def test_too_much_uncertainty_is_refused() -> None:
    missing = {kin_named(f"son_of_full_brother_{number}"): 1 for number in range(2, 9)}
    with pytest.raises(UnprocessableError):
        _weighed("hanafi", Uncertain(missing=missing), wife=1)


def test_uncertain_heirs_and_later_deaths_are_not_mixed() -> None:
    case = Case(True, {"W": 1, "S": 1}, "hanafi")
    with pytest.raises(UnprocessableError):
        calculate(Inquiry(case, uncertain=Uncertain(CHILD), later=[LaterDeath("son", Case(True, {"S": 1}, "hanafi"))]))


def test_the_proof_of_each_possibility_is_told() -> None:
    result = told(calculate(Inquiry(Case(True, {"W": 1, "F": 1}, "hanafi"), uncertain=Uncertain(CHILD))))
    assert {step["possibility"]["en"] for step in result["trace"]} == {"none of them", "son", "daughter"}
