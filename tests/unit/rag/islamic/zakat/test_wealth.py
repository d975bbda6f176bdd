"""Gold, silver, money, goods, shares and debts; harvests, treasure and zakat al-fitr; the lunar year."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanar.errors import UnprocessableError
from rag.islamic.zakat.calculator import Reckoning, calculate
from rag.islamic.zakat.case import Case, Crop, Fitr, Goods, Herd, Piece, Receivable, Shares, Standards, Treasure
from rag.islamic.zakat.line import exact, rounded
from rag.islamic.zakat.rules import RULES, SCHOOLS

F = Fraction
GOLD, SILVER = F(400), F(5)
SCHOOL = st.sampled_from(sorted(SCHOOLS))
MONEY = st.integers(0, 10_000_000).map(lambda cents: F(cents, 100))


def reckoned(school: str = "hanafi", **owned: object) -> Reckoning:
    priced = {"nisab": "silver", "gold_price": GOLD, "silver_price": SILVER, "currency": "QAR", **owned}
    return calculate(Case(school=school, **priced))  # type: ignore[arg-type]


def food(reckoning: Reckoning) -> Fraction:
    lines = [line for line in reckoning.lines if line.status == "due" and line.base.unit == "kg"]
    return sum((amount.number for line in lines for amount in line.due[0]), F(0))


def refused(school: str = "hanafi", **owned: object) -> str | None:
    with pytest.raises(UnprocessableError) as error:
        calculate(Case(school=school, **owned))  # type: ignore[arg-type]
    assert error.value.message.en
    assert error.value.message.ar
    return error.value.param


@pytest.mark.parametrize("school", SCHOOLS)
@pytest.mark.parametrize(("grams", "due"), [(F(200), F(5)), (F(85), F(17, 8)), (F("84.99"), F(0))])
def test_gold_by_itself_needs_no_price(school: str, grams: Fraction, due: Fraction) -> None:
    found = calculate(Case(school, gold=[Piece(grams)]))  # type: ignore[arg-type]
    assert found.total.get("gold_g", F(0)) == due
    assert found.money == (None if due else 0)


@pytest.mark.parametrize("school", SCHOOLS)
def test_worn_jewellery_is_due_with_hanafis_only_and_forbidden_use_with_all(school: str) -> None:
    worn = calculate(Case(school, gold=[Piece(F(100), F(21, 24), "worn")]))  # type: ignore[arg-type]
    assert worn.total == ({"gold_g": F(100) * F(21, 24) / 40} if school == "hanafi" else {})
    assert calculate(Case(school, gold=[Piece(F(100), F(1), "forbidden")])).total == {"gold_g": F(5, 2)}  # type: ignore[arg-type]


@pytest.mark.parametrize("school", SCHOOLS)
def test_money_at_the_nisab_is_due_and_a_cent_below_it_is_not(school: str) -> None:
    nisab = 595 * SILVER
    assert reckoned(school, cash=nisab).money == nisab / 40
    assert reckoned(school, cash=nisab - F(1, 100)).money == 0
    assert reckoned(school, cash=nisab, nisab="gold").money == 0
    assert reckoned(school, cash=85 * GOLD, nisab="gold").money == F(85 * 10)


def test_what_is_below_each_nisab_is_added_up_as_the_school_has_it() -> None:
    half = {"gold": [Piece(F("42.5"))], "silver": [Piece(F("297.5"))]}
    due = {"gold_g": F("42.5") / 40, "silver_g": F("297.5") / 40}
    assert {school: reckoned(school, **half).total for school in SCHOOLS} == {"hanafi": due, "maliki": due, "hanbali": due, "shafii": {}}
    little = {"gold": [Piece(F("8.5"))], "silver": [Piece(F("297.5"))]}
    # A tenth and a half of the nisabs; by value it is more than the nisab of silver.
    assert {school: bool(reckoned(school, **little).total) for school in SCHOOLS} == {
        "hanafi": True, "maliki": False, "hanbali": False, "shafii": False,
    }  # fmt: skip


def test_money_completes_gold_but_not_with_shafiis() -> None:
    owned = {"gold": [Piece(F(60))], "cash": F(1000)}
    assert reckoned("maliki", **owned).total == {"gold_g": F(60) / 40, "money": F(25)}
    assert reckoned("shafii", **owned).total == {}


@pytest.mark.parametrize(("school", "due"), [("hanafi", 6000), ("hanbali", 6000), ("maliki", 8000), ("shafii", 10_000)])
def test_debts_weigh_as_the_school_has_it(school: str, due: int) -> None:
    assert reckoned(school, cash=F(10_000), debts=F(4000), property=F(2000)).money == F(due, 40)


def test_debts_beyond_the_money_are_taken_off_metals_at_their_price() -> None:
    found = reckoned("hanafi", cash=F(1000), gold=[Piece(F(100))], debts=F(5000))
    assert found.total == {"gold_g": F(100 - 10) / 40}
    assert refused("hanafi", gold=[Piece(F(100))], debts=F(5000)) == "prices.gold"
    assert reckoned("hanafi", cash=F(1000), silver=[Piece(F(100))], debts=F(50_000)).total == {}


def test_debts_that_would_reach_into_herds_are_refused_by_name() -> None:
    assert refused("hanafi", cash=F(1), debts=F(2), herds=[Herd("sheep", 40, grazing=True)]) == "debts"
    assert refused("hanbali", cash=F(1), debts=F(2), crops=[Crop("wheat", F(1000), "rain")]) == "debts"
    assert reckoned("maliki", cash=F(1), debts=F(2), herds=[Herd("sheep", 40, grazing=True)]).total == {"sheep_due": F(1)}


def test_what_is_missing_is_asked_for_by_name() -> None:
    assert refused(cash=F(10_000)) == "nisab"
    assert refused(cash=F(10_000), nisab="gold") == "prices.gold"
    assert refused(cash=F(10_000), nisab="silver", gold_price=GOLD) == "prices.silver"
    assert refused("shafii", treasure=Treasure(F(100), "gold")) == "prices.gold"
    assert refused(nisab="gold", shares=[Shares(F(10_000), for_income=True)]) == "shares.zakatable"
    assert refused() is None
    assert refused(herds=[Herd("sheep", 40, grazing=True), Herd("sheep", 41, grazing=True)]) == "livestock"
    assert refused("hanafi", fitr=Fitr(3, "rice")) == "fitr.staple"


def test_shares_and_goods_count_as_they_are_held() -> None:
    owned = {"shares": [Shares(F(10_000)), Shares(F(50_000), for_income=True, part=F(2000))], "goods": [Goods(F(8000), waiting=True)]}
    assert reckoned("hanbali", **owned).money == F(20_000, 40)
    assert reckoned("maliki", **owned).money == F(12_000, 40)


@pytest.mark.parametrize(
    ("kind", "doubtful", "schools"),
    [
        ("loan", False, {"hanafi", "shafii", "hanbali"}),
        ("trade", False, {"hanafi", "maliki", "shafii", "hanbali"}),
        ("other", False, {"shafii", "hanbali"}),
        ("loan", True, set()),
    ],
)
def test_what_others_owe_counts_as_the_school_has_it(kind: str, doubtful: bool, schools: set[str]) -> None:
    owed = [Receivable(F(100_000), kind, doubtful)]  # type: ignore[arg-type]
    assert {school for school in SCHOOLS if reckoned(school, receivables=owed).money} == schools


@pytest.mark.parametrize(
    ("school", "crop", "kg"),
    [
        ("shafii", Crop("wheat", F(653), "rain"), F("65.3")),
        ("shafii", Crop("wheat", F(1000), "paid"), F(50)),
        ("shafii", Crop("dates", F(1000), "mixed"), F(75)),
        ("shafii", Crop("dates", F(1000), "mixed", F(1, 4)), F("62.5")),
        ("hanbali", Crop("dates", F(1000), "mixed", F(1, 4)), F(50)),
        ("hanafi", Crop("dates", F(1000), "mixed", F(3, 4)), F(100)),
        ("maliki", Crop("wheat", F("652.99"), "rain"), None),
        ("hanafi", Crop("vegetables", F(10), "rain"), F(1)),
        ("shafii", Crop("vegetables", F(10_000), "rain"), None),
        ("shafii", Crop("olives", F(10_000), "rain"), None),
        ("maliki", Crop("olives", F(10_000), "rain"), F(1000)),
        ("hanbali", Crop("almonds", F(10_000), "rain"), F(1000)),
    ],
)
def test_harvests_by_school_and_water(school: str, crop: Crop, kg: Fraction | None) -> None:
    assert food(calculate(Case(school, crops=[crop]))) == (kg or 0)  # type: ignore[arg-type]


def test_harvests_of_one_kind_are_added_up_and_with_malikis_pulses_too() -> None:
    twice = [Crop("wheat", F(400), "rain"), Crop("wheat", F(400), "paid")]
    assert food(calculate(Case("shafii", crops=twice))) == 60
    pulses = [Crop("lentils", F(400), "rain"), Crop("beans", F(400), "rain")]
    assert food(calculate(Case("maliki", crops=pulses))) == 80
    assert food(calculate(Case("shafii", crops=pulses))) == 0


@pytest.mark.parametrize("school", SCHOOLS)
def test_a_fifth_of_treasure_is_due_at_once(school: str) -> None:
    found = reckoned(school, treasure=Treasure(F(1000), "other"), since=date(2026, 1, 1), on=date(2026, 2, 1))
    assert found.total == ({} if school == "shafii" else {"money": F(200)})
    rich = reckoned(school, treasure=Treasure(85 * GOLD, "gold"))
    assert rich.money == 17 * GOLD


@pytest.mark.parametrize(
    ("school", "fitr", "kg"),
    [
        ("shafii", Fitr(5, "rice"), F("10.88")),
        ("hanafi", Fitr(4, "wheat"), F("6.5")),
        ("hanafi", Fitr(4, "dates"), F(13)),
        ("maliki", Fitr(1, "wheat"), F("2.176")),
    ],
)
def test_zakat_al_fitr_is_a_sa_for_each(school: str, fitr: Fitr, kg: Fraction) -> None:
    assert food(calculate(Case(school, fitr=fitr))) == kg  # type: ignore[arg-type]


def test_measures_and_prices_are_the_callers() -> None:
    own = Standards(gold_grams=F("87.48"), sa_kg=F("2.5"))
    assert calculate(Case("hanafi", gold=[Piece(F(87))], standards=own)).total == {}
    assert calculate(Case("shafii", fitr=Fitr(2, "rice", F(6)), standards=own)).money == F(30)


def test_a_lunar_year_that_is_not_over_puts_it_off() -> None:
    case = {"cash": F(10_000), "since": date(2025, 3, 1), "crops": [Crop("wheat", F(1000), "rain")]}
    early, late = (reckoned("shafii", on=day, **case) for day in (date(2026, 2, 17), date(2026, 2, 18)))
    assert (early.complete, early.year_passed, late.year_passed) == (date(2026, 2, 18), False, True)
    assert (early.total, food(early)) == ({}, 100)
    assert (late.total, food(late)) == ({"money": F(250)}, 100)
    assert refused(gold=[Piece(F(100))], since=date(2026, 3, 1), on=date(2026, 2, 1)) == "hawl.since"


@given(SCHOOL, MONEY, MONEY, MONEY)
def test_more_money_never_owes_less_and_more_debts_never_more(school: str, cash: Fraction, more: Fraction, debts: Fraction) -> None:
    owed = [reckoned(school, cash=amount + 1, debts=debts).money for amount in (cash, cash + more)]
    assert owed[0] <= owed[1] <= (cash + more + 1) / 40  # type: ignore[operator]
    assert reckoned(school, cash=cash + 1, debts=debts + more).money <= owed[0]  # type: ignore[operator]


@given(SCHOOL, st.lists(st.integers(1, 100_000), min_size=1, max_size=6), st.randoms())
def test_the_order_of_what_is_owned_means_nothing(school: str, grams: list[int], chance: object) -> None:
    pieces = [Piece(F(number, 100), F(21, 24)) for number in grams]
    mixed = sorted(pieces, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert reckoned(school, gold=pieces).total == reckoned(school, gold=mixed).total


@given(st.fractions(min_value=0, max_value=10**9, max_denominator=10**6))
def test_numbers_are_written_exactly(number: Fraction) -> None:
    assert F(exact(number)) == number
    assert abs(F(rounded(number)) - number) <= F(1, 200)


def test_every_rule_is_told_with_its_source_in_both_languages() -> None:
    for rule in RULES.values():
        assert all((rule.text.en, rule.text.ar, rule.source.en, rule.source.ar))
    assert (exact(F(-1, 8)), exact(F(11, 12)), rounded(F(-1, 8)), rounded(F(1, 8))) == ("-0.125", "11/12", "-0.12", "0.13")
