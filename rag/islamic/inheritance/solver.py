"""Divides one estate: admits, excludes, gives fixed shares, then what is left over. Knows no wording; `trace` words what was done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.islamic.inheritance.base import bases
from rag.islamic.inheritance.blocking import Heirs, exclusions, inherits_as_grandmother
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.division import Division
from rag.islamic.inheritance.grandfather import divide_with_siblings, shares_with_siblings
from rag.islamic.inheritance.impediments import admit
from rag.islamic.inheritance.kin import (
    FULL_BROTHER,
    FULL_SISTER,
    HUSBAND,
    MATERNAL_SIBLINGS,
    Kin,
    is_distant,
    is_grandmother,
)
from rag.islamic.inheritance.leftover import Settled, reduced, returned
from rag.islamic.inheritance.parts import Part
from rag.islamic.inheritance.qaraba import by_nearness
from rag.islamic.inheritance.residuaries import residuaries
from rag.islamic.inheritance.schools import School
from rag.islamic.inheritance.shares import THIRD, fixed_shares
from rag.islamic.inheritance.tanzil import by_place
from rag.islamic.inheritance.trace import Found, worded

_UNSETTLED = Bilingual(
    "The Shafi'is differ on a near grandmother through grandfathers beside a farther one through the father's mother: not divided here.",
    "للشافعية خلاف في الجدة القربى من جهة آباء الأب مع البعدى من جهة أمهاته، فلا تُقسم هنا.",
)


@dataclass(frozen=True, slots=True)
class Solved:
    """The parts of those who are no kin by the womb, before (`asked`) and after (`settled`) what exceeds or is left over is dealt with."""

    asked: list[Part]
    settled: Settled
    excluded: dict[Kin, tuple[Kin, ...]]


def solve(case: Case) -> Division:
    """Return the division of `case`. Raises UnprocessableError for what its school leaves open or what is not known here."""
    admitted = admit(case)
    near, kindred = _parted(admitted.heirs, case.rules)
    solved = _solved(near, kindred, case)
    parts = list(solved.settled.parts)
    rest = 1 - sum((part.fraction for part in parts), Fraction(0)) - solved.settled.treasury
    if rest:
        parts += _among_kindred(kindred, rest, case)
    numbers = bases(solved.asked, parts, treasury=solved.settled.treasury)
    return worded(Found(case, admitted, kindred, solved.asked, parts, solved.settled, solved.excluded, numbers))


def _solved(near: Heirs, kindred: Heirs, case: Case) -> Solved:
    excluded = exclusions(near, case.rules)
    _refuse_unsettled(near, excluded, case.rules)
    parts = _with_mushtaraka(fixed_shares(near, excluded, case.rules), near, excluded, case.rules)
    if shares_with_siblings(near, excluded):
        parts += divide_with_siblings(near, excluded, parts, case.rules)
        return Solved(parts, _balanced(parts), excluded)
    rest = 1 - sum((part.fraction for part in parts), Fraction(0))
    left = residuaries(near, excluded, parts)
    if left and rest > 0:
        parts.append(Part(left.heirs, rest, left.rule if rest < 1 or left.rule != "residue" else "all", fixed=False, double=True))
        return Solved(parts, Settled(parts, Fraction(0), ()), excluded)
    settled = _balanced(parts) if rest <= 0 else returned(parts, case, kindred=kindred)
    return Solved(parts, settled, excluded)


def _balanced(parts: list[Part]) -> Settled:
    return reduced(parts) if sum(part.fraction for part in parts) > 1 else Settled(parts, Fraction(0), ())


def _with_mushtaraka(parts: list[Part], heirs: Heirs, excluded: Collection[Kin], school: School) -> list[Part]:
    """Let full siblings into the maternal third where the school does and the shares leave them nothing."""
    maternal = next((part for part in parts if part.rule == "maternal_third"), None)
    full = {kin: heirs[kin] for kin in (FULL_BROTHER, FULL_SISTER) if kin in heirs and kin not in excluded}
    exhausted = sum(part.fraction for part in parts) == 1
    if not (school.shares_with_maternal and maternal and exhausted and HUSBAND in heirs and FULL_BROTHER in full):
        return parts
    ordered = {kin: heirs[kin] for kin in MATERNAL_SIBLINGS if kin in heirs}
    return [*(part for part in parts if part is not maternal), Part({**ordered, **full}, THIRD, "mushtaraka")]


def _parted(heirs: Heirs, school: School) -> tuple[Heirs, Heirs]:
    kindred = {kin: count for kin, count in heirs.items() if is_distant(kin) or _is_foreign_grandmother(kin, school)}
    return {kin: count for kin, count in heirs.items() if kin not in kindred}, kindred


def _is_foreign_grandmother(kin: Kin, school: School) -> bool:
    return is_grandmother(kin) and not inherits_as_grandmother(kin, school)


def _among_kindred(kindred: Heirs, rest: Fraction, case: Case) -> list[Part]:
    if len(kindred) == 1:
        return [Part(kindred, rest, "kindred_alone", fixed=False)]

    def divide(heirs: Heirs) -> Mapping[Kin, Fraction]:
        """Divide among other heirs by the same school, as though nobody else were there."""
        return solve(Case(case.male, heirs, case.school, treasury="disordered")).fractions

    if case.rules.kindred == "qaraba":
        return by_nearness(kindred, rest, divide=divide)
    return by_place(kindred, rest, school=case.rules, divide=divide)


def _refuse_unsettled(heirs: Heirs, excluded: Mapping[Kin, tuple[Kin, ...]], school: School) -> None:
    open_to = [kin for kin in heirs if is_grandmother(kin) and all(map(is_grandmother, excluded.get(kin, ())))]
    paternal = [kin for kin in open_to if kin[0] == "F"]
    if school.name == "shafii" and any(len(near) < len(far) and _fathers(near) > _fathers(far) for near in paternal for far in paternal):
        raise UnprocessableError(_UNSETTLED, param="heirs")


def _fathers(kin: Kin) -> int:
    return len(kin) - len(kin.lstrip("F"))
