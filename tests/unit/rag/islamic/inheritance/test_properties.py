"""What holds of every division, whatever the case."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fanar.errors import UnprocessableError
from rag.islamic.inheritance.blocking import exclusions
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.division import Division
from rag.islamic.inheritance.kin import BASES, is_distant, kin_named
from rag.islamic.inheritance.schools import SCHOOLS, SchoolName, Treasury
from rag.islamic.inheritance.solver import solve
from tests.unit.rag.islamic.inheritance.cases import ALONE
from tests.unit.rag.islamic.inheritance.rahbiyya import VOCABULARY

_DISTANT = [
    "son_of_daughter",
    "daughter_of_daughter",
    "maternal_grandfather",
    "son_of_full_sister",
    "daughter_of_full_brother",
    "full_paternal_aunt",
]
_KEYS = [*VOCABULARY, *_DISTANT, "full_maternal_uncle", "maternal_maternal_aunt", "daughter_of_full_paternal_uncle"]
_SINGLE = ALONE | {"maternal_grandfather"}
_schools = st.sampled_from(list(SCHOOLS))
_treasuries = st.sampled_from([None, "orderly", "disordered"])


@st.composite
def _people(draw: st.DrawFn) -> tuple[bool, dict[str, int]]:
    male = draw(st.booleans())
    keys = draw(
        st.lists(st.sampled_from([key for key in _KEYS if key != ("husband" if male else "wife")]), min_size=1, max_size=7, unique=True)
    )
    most = {"wife": 4}
    return male, {key: 1 if key in _SINGLE else draw(st.integers(1, most.get(key, 7))) for key in keys}


def _solved(people: tuple[bool, dict[str, int]], school: SchoolName, treasury: Treasury | None = None) -> Division:
    male, heirs = people
    try:
        return solve(Case(male, {kin_named(key): count for key, count in heirs.items()}, school, treasury))
    except UnprocessableError:
        assume(False)
        raise


_often = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.filter_too_much], derandomize=True, database=None)


@_often
@given(_people(), _schools, _treasuries)
def test_shares_and_treasury_sum_to_one(people: tuple[bool, dict[str, int]], school: SchoolName, treasury: Treasury | None) -> None:
    division = _solved(people, school, treasury)
    assert sum(division.fractions.values(), division.treasury) == 1


@_often
@given(_people(), _schools, _treasuries)
def test_no_share_is_negative_and_who_takes_nothing_is_named(
    people: tuple[bool, dict[str, int]], school: SchoolName, treasury: Treasury | None
) -> None:
    division = _solved(people, school, treasury)
    assert all(share.fraction > 0 for share in division.shares)
    told = [share.heir for share in division.shares] + [exclusion.heir for exclusion in division.exclusions]
    assert sorted(told) == sorted(division.case.heirs)


@_often
@given(_people(), _schools, st.randoms(use_true_random=False))
def test_the_order_of_heirs_means_nothing(people: tuple[bool, dict[str, int]], school: SchoolName, chance: object) -> None:
    male, heirs = people
    keys = list(heirs)
    chance.shuffle(keys)  # type: ignore[attr-defined]
    first, second = _solved(people, school), _solved((male, {key: heirs[key] for key in keys}), school)
    assert (first.fractions, first.base, first.corrected) == (second.fractions, second.base, second.corrected)


@_often
@given(_people(), _schools)
def test_every_head_gets_a_whole_number_of_the_corrected_base(people: tuple[bool, dict[str, int]], school: SchoolName) -> None:
    division = _solved(people, school)
    assert all((share.each * division.corrected).denominator == 1 for share in division.shares)
    assert (division.treasury * division.corrected).denominator == 1


@_often
@given(_people(), _schools, st.sampled_from(["son", "father", "mother", "full_brother", "son_of_full_brother", "full_paternal_uncle"]))
def test_one_more_heir_brings_nobody_back(people: tuple[bool, dict[str, int]], school: SchoolName, more: str) -> None:
    near = _near(people)
    assert set(exclusions(near, SCHOOLS[school])) <= set(exclusions({**near, kin_named(more): 1}, SCHOOLS[school]))


@_often
@given(_people(), _schools, st.sampled_from([("son_of_son", {"SD", "SSD", "D"}), ("paternal_brother", {"Zp"})]))
def test_a_brother_brings_back_only_those_whom_he_makes_residuaries(
    people: tuple[bool, dict[str, int]], school: SchoolName, more: tuple[str, set[str]]
) -> None:
    near, (brother, raised) = _near(people), more
    before, after = exclusions(near, SCHOOLS[school]), exclusions({**near, kin_named(brother): 1}, SCHOOLS[school])
    assert set(before) - set(after) <= raised


def _near(people: tuple[bool, dict[str, int]]) -> dict[str, int]:
    return {kin_named(key): count for key, count in people[1].items() if not is_distant(kin_named(key))}


@_often
@given(_people(), _schools)
def test_every_line_has_its_rule_in_both_languages(people: tuple[bool, dict[str, int]], school: SchoolName) -> None:
    division = _solved(people, school)
    lines = [step.text for step in division.steps] + [share.reason for share in division.shares]
    assert all(line.en and line.ar and "{" not in line.en + line.ar for line in lines)
    assert sum((share.fraction for share in division.shares), Fraction(0)) <= 1


@pytest.mark.parametrize("key", BASES)
def test_every_base_key_names_kin(key: str) -> None:
    assert kin_named(key)
