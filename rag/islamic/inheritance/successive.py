"""Successive deaths (munasakhat): heirs who die before the estate is divided. Knows no shares: it solves each death and multiplies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.division import Division
from rag.islamic.inheritance.kin import Kin, key_of
from rag.islamic.inheritance.names import name_of

_NOBODY = Bilingual(
    "A later death names nobody who inherits: write an heir's key, or 2.key for an heir of the second death.",
    "لا تسمّي الوفاة اللاحقة أحدًا من الورثة: اكتب اسم الوارث، أو 2.name لوارث من الوفاة الثانية.",
)
_SAME_TWICE = Bilingual("A person who inherits twice must be one of as many in both deaths.", "من يرث مرتين يجب أن يتفق عدده في الوفاتين.")


@dataclass(frozen=True, slots=True)
class LaterDeath:
    """One heir's death: who (`wife`, or `2.son` for an heir of the second death), and the case he leaves.

    `same` says of heirs whom they are among the earlier ones: in the later case's key, the earlier label.
    """

    who: str
    case: Case
    same: Mapping[Kin, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Holder:
    """Persons who hold the estate in the end: their label, name, number, and what they hold together."""

    label: str
    name: Bilingual
    count: int
    fraction: Fraction


@dataclass(frozen=True, slots=True)
class Succession:
    """All deaths, one after the other: each one's division, who holds what in the end, and the common base (jami'a)."""

    divisions: tuple[Division, ...]
    holders: tuple[Holder, ...]
    treasury: Fraction
    base: int


def succeed(first: Case, later: Sequence[LaterDeath], *, solve: Callable[[Case], Division]) -> Succession:
    """Divide estate after estate. Raises UnprocessableError where a death names nobody who holds anything."""
    ledger = _Ledger()
    divisions = [solve(first)]
    ledger.take(divisions[0], Fraction(1), number=1, same={})
    for number, death in enumerate(later, 2):
        amount = ledger.lose(death.who)
        divisions.append(solve(death.case))
        ledger.take(divisions[-1], amount, number=number, same=death.same)
    holders = tuple(holder for holder in ledger.holders.values() if holder.count)
    base = lcm(ledger.treasury.denominator, *((holder.fraction / holder.count).denominator for holder in holders))
    return Succession(tuple(divisions), holders, ledger.treasury, base)


class _Ledger:
    """Who holds what so far."""

    def __init__(self) -> None:
        self.holders: dict[str, Holder] = {}
        self.treasury = Fraction(0)

    def take(self, division: Division, amount: Fraction, *, number: int, same: Mapping[Kin, str]) -> None:
        """Add what the heirs of one death take of `amount`."""
        for share in division.shares:
            label = same.get(share.heir) or (key_of(share.heir) if number == 1 else f"{number}.{key_of(share.heir)}")
            before = self.holders.get(label)
            if (same.get(share.heir) and before is None) or (before and before.count != share.count):
                raise UnprocessableError(_SAME_TWICE if before else _NOBODY, param="later_deaths")
            held = before.fraction if before else Fraction(0)
            name = before.name if before else _named(share.heir, number)
            self.holders[label] = Holder(label, name, share.count, held + amount * share.fraction)
        self.treasury += amount * division.treasury

    def lose(self, label: str) -> Fraction:
        """Take one person's part away and return it."""
        holder = self.holders.get(label)
        if holder is None or not holder.count:
            raise UnprocessableError(_NOBODY, param="later_deaths")
        each = holder.fraction / holder.count
        self.holders[label] = Holder(label, holder.name, holder.count - 1, holder.fraction - each)
        return each


def _named(kin: Kin, number: int) -> Bilingual:
    name = name_of(kin)
    return name if number == 1 else Bilingual(f"{name.en} (death {number})", f"{name.ar} (من الوفاة {number})")
