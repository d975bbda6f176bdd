"""Who takes what is left over ('asaba): by himself, through a brother, or with daughters. Knows nothing of fixed shares' amounts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rag.islamic.inheritance.blocking import Heirs, sisters_as_residuaries
from rag.islamic.inheritance.kin import (
    FATHER,
    FULL_BROTHER,
    FULL_SISTER,
    PATERNAL_BROTHER,
    PATERNAL_SISTER,
    Kin,
    is_agnate,
    is_descendant,
    is_grandfather,
    is_male,
    nearness,
)
from rag.islamic.inheritance.parts import Part

_SISTER_OF = {FULL_BROTHER: FULL_SISTER, PATERNAL_BROTHER: PATERNAL_SISTER}


@dataclass(frozen=True, slots=True)
class Residuaries:
    """Those who share what is left over, and why."""

    heirs: dict[Kin, int]
    rule: str


def residuaries(heirs: Heirs, excluded: Collection[Kin], fixed: Collection[Part]) -> Residuaries | None:
    """Return who takes what the parts in `fixed` leave, or None where nobody does."""
    left = {kin: count for kin, count in heirs.items() if kin not in excluded}
    males = [kin for kin in left if _takes_by_himself(kin)]
    sister = sisters_as_residuaries(left)
    first = min(males, key=nearness, default=None)
    if sister and (first is None or nearness(first) > nearness(FULL_BROTHER if sister == FULL_SISTER else PATERNAL_BROTHER)):
        return Residuaries({sister: left[sister]}, "residue_with_daughters")
    if first is None:
        return None
    taking = {first: left[first], **_raised(first, left, fixed)}
    return Residuaries(taking, "residue_with_brother" if len(taking) > 1 else "residue")


def _takes_by_himself(kin: Kin) -> bool:
    descends = is_descendant(kin) and is_male(kin)
    return descends or kin in (FATHER, FULL_BROTHER, PATERNAL_BROTHER) or is_grandfather(kin) or is_agnate(kin)


def _raised(first: Kin, left: Heirs, fixed: Collection[Part]) -> dict[Kin, int]:
    """Return the women whom `first` makes residuaries beside him: of his rank, and above it those whom the two thirds did not reach."""
    if is_descendant(first):
        served = {kin for part in fixed for kin in part.heirs}
        return {kin: left[kin] for kin in left if is_descendant(kin) and not is_male(kin) and len(kin) <= len(first) and kin not in served}
    sister = _SISTER_OF.get(first)
    return {sister: left[sister]} if sister and sister in left else {}
