"""Keys, paths and names of kin, and what is refused of cases."""

from __future__ import annotations

import pytest

from fanar.errors import UnprocessableError
from rag.islamic.inheritance.case import Case, Hindered
from rag.islamic.inheritance.kin import is_distant, key_of, kin_named
from rag.islamic.inheritance.names import called, listed, name_of
from rag.islamic.inheritance.solver import solve


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("son_of_son", "SS"),
        ("son_of_son_2", "SSS"),
        ("son_of_son_of_son", "SSS"),
        ("daughter_of_son_3", "SSSD"),
        ("paternal_grandfather_2", "FFF"),
        ("mother_of_paternal_grandfather", "FFM"),
        ("mother_of_paternal_grandfather_2", "FFFM"),
        ("son_of_full_brother_2", "BfSS"),
        ("son_of_full_paternal_uncle", "FBfS"),
        ("full_paternal_uncle_of_father", "FFBf"),
        ("son_of_daughter", "DS"),
        ("maternal_paternal_uncle", "FBm"),
        ("daughter_of_maternal_brother", "BmD"),
    ],
)
def test_a_key_names_kin_and_kin_have_a_key(key: str, path: str) -> None:
    assert kin_named(key) == path
    assert kin_named(key_of(path)) == path


@pytest.mark.parametrize(
    "key",
    [
        "",
        "x",
        "son_of_father",
        "son_of_wife",
        "brother",
        "paternal_grandmother_2",
        "son_2",
        "full_brother_2",
        "a" * 200,
        "son_of_" * 20 + "son",
    ],
)
def test_what_names_no_kin_is_refused(key: str) -> None:
    with pytest.raises(UnprocessableError):
        kin_named(key)


def test_names_are_built_in_both_languages() -> None:
    assert name_of("FBfS").ar == "ابن العم الشقيق"
    assert name_of("FFM").ar == "أم الجد (أبي الأب)"
    assert name_of("SSS").en == "son of the son of the son"
    assert name_of("FMF").ar.startswith("أبو الجدة")
    assert name_of("FFFBf").ar.startswith("أخو")
    assert called("D", 3).ar == "البنت (3)"
    assert listed({"D": 3, "W": 1}).en == "daughter ×3, wife"


@pytest.mark.parametrize(
    ("male", "heirs"),
    [(True, {}), (True, {"H": 1}), (False, {"W": 1}), (True, {"W": 5}), (True, {"M": 2}), (True, {"FM": 2}), (True, {"S": 1001})],
)
def test_impossible_families_are_refused(male: bool, heirs: dict[str, int]) -> None:
    with pytest.raises(UnprocessableError):
        Case(male, heirs, "hanafi")


def test_what_shafiis_leave_open_is_refused_by_name() -> None:
    case = {kin_named("mother_of_paternal_grandfather"): 1, kin_named("mother_of_mother_of_paternal_grandmother"): 1, "FBf": 1}
    with pytest.raises(UnprocessableError, match="Shafi'is differ"):
        solve(Case(True, case, "shafii"))


def test_the_barred_exclude_nobody() -> None:
    division = solve(Case(True, {"S": 1, "Bf": 1, "W": 1}, "hanbali", hindered=[Hindered("S", 1, "religion")]))
    assert {key_of(kin): str(fraction) for kin, fraction in division.fractions.items()} == {"full_brother": "3/4", "wife": "1/4"}
    assert [(each.heir, each.rule) for each in division.exclusions] == [("S", "impeded")]


def test_the_treasury_may_be_said_to_be_in_order_or_not() -> None:
    heirs = {"M": 1, "D": 1}
    assert solve(Case(True, heirs, "maliki", "disordered")).treasury == 0
    assert solve(Case(True, heirs, "shafii", "orderly")).treasury == solve(Case(True, heirs, "maliki")).treasury
    assert solve(Case(False, {"H": 1}, "hanafi", "disordered")).fractions == {"H": 1}


@pytest.mark.parametrize(
    ("school", "heirs", "shares"),
    [
        ("hanafi", {"DS": 1, "DD": 1, "MF": 1}, {"DS": "2/3", "DD": "1/3"}),
        ("hanafi", {"MF": 1, "FMF": 1, "MZf": 1}, {"MF": "1"}),
        ("hanafi", {"MFF": 1, "FMF": 1}, {"FMF": "2/3", "MFF": "1/3"}),
        ("hanafi", {"ZfS": 1, "ZfD": 1, "BmD": 1}, {"ZfS": "8/15", "ZfD": "4/15", "BmD": "1/5"}),
        ("hanafi", {"BfSD": 1, "ZfDS": 1}, {"BfSD": "1"}),
        ("hanafi", {"FBfD": 1, "FZfS": 1}, {"FBfD": "1"}),
        ("hanafi", {"SDD": 1, "DDD": 1}, {"SDD": "1"}),
        ("hanbali", {"ZfD": 1, "BmS": 1}, {"ZfD": "3/4", "BmS": "1/4"}),
        ("shafii", {"BmS": 1, "BmD": 1}, {"BmS": "1/2", "BmD": "1/2"}),
        ("shafii", {"DS": 1, "DDS": 1}, {"DS": "1"}),
        ("hanbali", {"DDS": 1, "MZf": 1}, {"DDS": "3/4", "MZf": "1/4"}),
    ],
)
def test_kin_by_the_womb_inherit_by_their_school(school: str, heirs: dict[str, int], shares: dict[str, str]) -> None:
    division = solve(Case(True, heirs, school))  # type: ignore[arg-type]
    assert {kin: str(fraction) for kin, fraction in division.fractions.items()} == shares


@pytest.mark.parametrize(("school", "heirs"), [("hanafi", {"FFZf": 1, "MMZf": 1}), ("hanbali", {"BmDS": 1, "FZf": 1})])
def test_kin_by_the_womb_whose_order_is_not_known_are_refused(school: str, heirs: dict[str, int]) -> None:
    assert all(map(is_distant, heirs))
    with pytest.raises(UnprocessableError):
        solve(Case(True, heirs, school))  # type: ignore[arg-type]
