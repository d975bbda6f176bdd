"""What comes off an estate before the heirs divide it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from fanar.errors import UnprocessableError
from rag.islamic.inheritance.estate import Bequest, Estate, in_money, settle

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def test_funeral_and_debts_come_before_bequests() -> None:
    settled = settle(Estate(Fraction(1000), Fraction(50), Fraction(350), [Bequest(fraction=THIRD)]), school="hanbali")
    assert (settled.net, settled.paid, settled.heirs) == (600, (200,), 400)


def test_debts_beyond_the_estate_leave_nothing_and_say_so() -> None:
    settled = settle(Estate(Fraction(100), debts=Fraction(500)), school="maliki")
    assert settled.heirs == 0
    assert "whole estate" in settled.notes[0].en


def test_bequests_beyond_the_third_are_cut_in_proportion() -> None:
    settled = settle(Estate(Fraction(900), bequests=[Bequest(fraction=HALF), Bequest(amount=Fraction(150))]), school="shafii")
    assert settled.paid == (225, 75)


def test_consent_pays_what_exceeds_the_third() -> None:
    settled = settle(Estate(Fraction(900), bequests=[Bequest(fraction=HALF, consent=True)]), school="shafii")
    assert settled.paid == (450,)
    assert "consent" in settled.notes[-1].en


def test_a_bequest_to_an_heir_needs_consent() -> None:
    refused, agreed = Bequest(fraction=Fraction(1, 10), to_heir=True), Bequest(fraction=Fraction(1, 10), to_heir=True, consent=True)
    assert settle(Estate(Fraction(100), bequests=[refused]), school="hanafi").paid == (0,)
    assert settle(Estate(Fraction(100), bequests=[agreed]), school="hanafi").paid == (10,)


def test_abu_hanifa_lets_nobody_claim_by_more_than_a_third() -> None:
    bequests = [Bequest(fraction=Fraction(2, 3)), Bequest(fraction=THIRD)]
    assert settle(Estate(Fraction(900), bequests=bequests), school="hanafi").paid == (150, 150)
    assert settle(Estate(Fraction(900), bequests=bequests), school="hanbali").paid == (200, 100)


def test_without_an_estate_bequests_are_parts_of_one() -> None:
    assert settle(Estate(bequests=[Bequest(fraction=Fraction(1, 4))]), school="maliki").heirs == Fraction(3, 4)


def test_amounts_without_an_estate_are_refused() -> None:
    with pytest.raises(UnprocessableError):
        settle(Estate(debts=Fraction(1)), school="maliki")


def test_consent_never_pays_more_than_there_is() -> None:
    bequests = [Bequest(fraction=HALF, consent=True), Bequest(fraction=HALF, consent=True), Bequest(fraction=HALF, consent=True)]
    assert sum(settle(Estate(Fraction(900), bequests=bequests), school="shafii").paid) == 900


def test_rounded_amounts_sum_to_the_whole() -> None:
    amounts = in_money([THIRD, THIRD, THIRD], Fraction(100))
    assert sum(amounts) == 100
    assert max(amounts) - min(amounts) == Fraction(1, 100)
