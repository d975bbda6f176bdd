"""What is taken from an estate before the heirs divide it: funeral, debts, bequests. Knows nothing of shares.

Bequests to strangers are good up to a third; what is beyond it, and anything to an heir, needs the heirs' consent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.islamic.inheritance.schools import SchoolName

_THIRD = Fraction(1, 3)
_NO_ESTATE = Bilingual(
    "Amounts need an estate: send `estate`, or bequests as fractions.", "المبالغ تحتاج إلى قيمة التركة: أرسل estate أو اجعل الوصايا كسورًا."
)
_INSOLVENT = Bilingual("The funeral and the debts take the whole estate.", "استغرق التجهيز والديون التركة كلها.")
_CUT = Bilingual("The bequests exceed the third without consent and were cut down to it.", "زادت الوصايا على الثلث دون إجازة فرُدَّت إليه.")
_NOT_TO_HEIRS = Bilingual(
    "A bequest to an heir is not carried out without the other heirs' consent.", "لا تنفذ الوصية لوارث إلا بإجازة بقية الورثة."
)
_CONSENTED = Bilingual("What exceeds the third is paid with the heirs' consent.", "نُفِّذ الزائد على الثلث بإجازة الورثة.")


@dataclass(frozen=True, slots=True)
class Bequest:
    """One bequest: a part of what is left after debts, or an amount. `consent` is the heirs', after the death."""

    fraction: Fraction | None = None
    amount: Fraction | None = None
    to_heir: bool = False
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Estate:
    """What was left. `value` None means the whole, as one."""

    value: Fraction | None = None
    funeral: Fraction = Fraction(0)
    debts: Fraction = Fraction(0)
    bequests: Sequence[Bequest] = field(default=())


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is left for bequests and heirs (`net`), what each bequest gets, what the heirs divide, and what is to be said of it."""

    net: Fraction
    paid: tuple[Fraction, ...]
    heirs: Fraction
    notes: tuple[Bilingual, ...]


def settle(estate: Estate, *, school: SchoolName) -> Settlement:
    """Take everything off that comes before the heirs. Raises UnprocessableError for amounts without an estate."""
    amounts = estate.funeral or estate.debts or any(bequest.amount is not None for bequest in estate.bequests)
    if estate.value is None and amounts:
        raise UnprocessableError(_NO_ESTATE, param="estate")
    whole = Fraction(1) if estate.value is None else estate.value
    net = max(whole - estate.funeral - estate.debts, Fraction(0))
    paid = _paid(estate.bequests, net, school)
    notes = [*_notes(estate.bequests, paid, net)]
    if whole and not net:
        notes.insert(0, _INSOLVENT)
    return Settlement(net, paid, net - sum(paid, Fraction(0)), tuple(notes))


def _claim(bequest: Bequest, net: Fraction) -> Fraction:
    return min(net, net * bequest.fraction if bequest.fraction is not None else bequest.amount or Fraction(0))


def _paid(bequests: Sequence[Bequest], net: Fraction, school: SchoolName) -> tuple[Fraction, ...]:
    claims = [_claim(bequest, net) for bequest in bequests]
    due = [Fraction(0) if bequest.to_heir else claim for bequest, claim in zip(bequests, claims, strict=True)]
    third = net * _THIRD
    if sum(due) > third:
        # Abu Hanifa lets nobody claim by more than a third, but where an amount was left.
        weights = [
            min(claim, third) if school == "hanafi" and bequest.amount is None else claim
            for bequest, claim in zip(bequests, due, strict=True)
        ]
        due = [min(claim, third * weight / sum(weights)) for claim, weight in zip(due, weights, strict=True)]
    wanted = [claim if bequest.consent else given for bequest, claim, given in zip(bequests, claims, due, strict=True)]
    extra = sum(wanted) - sum(due)
    room = net - sum(due)
    share = Fraction(1) if extra <= room else room / extra
    return tuple(given + (want - given) * share for given, want in zip(due, wanted, strict=True))


def _notes(bequests: Sequence[Bequest], paid: Sequence[Fraction], net: Fraction) -> list[Bilingual]:
    notes = []
    if any(bequest.to_heir and not got for bequest, got in zip(bequests, paid, strict=True)):
        notes.append(_NOT_TO_HEIRS)
    if any(not bequest.to_heir and got < _claim(bequest, net) for bequest, got in zip(bequests, paid, strict=True)):
        notes.append(_CUT)
    if sum(paid, Fraction(0)) > net * _THIRD:
        notes.append(_CONSENTED)
    return notes


def in_money(fractions: Sequence[Fraction], total: Fraction) -> list[Fraction]:
    """Return parts of `total` in hundredths that sum to what the fractions sum to; the largest remainders are rounded up first."""
    exact = [fraction * total * 100 for fraction in fractions]
    floors = [value.numerator // value.denominator for value in exact]
    missing = round(sum(exact, Fraction(0))) - sum(floors)
    for at in sorted(range(len(exact)), key=lambda at: floors[at] - exact[at])[: max(0, missing)]:
        floors[at] += 1
    return [Fraction(value, 100) for value in floors]
