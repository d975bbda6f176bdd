"""The fixed shares (furud) of those who are not excluded. Knows nothing of 'awl, of what is left over, of a grandfather's siblings."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from rag.islamic.inheritance.blocking import Heirs, inherits_as_grandmother, male_descendants, sisters_as_residuaries
from rag.islamic.inheritance.kin import (
    FATHER,
    FULL_BROTHER,
    FULL_SISTER,
    HUSBAND,
    MATERNAL_SIBLINGS,
    MOTHER,
    PATERNAL_BROTHER,
    PATERNAL_SISTER,
    SIBLINGS,
    WIFE,
    Kin,
    is_descendant,
    is_grandfather,
    is_grandmother,
    is_male,
)
from rag.islamic.inheritance.parts import Part
from rag.islamic.inheritance.schools import School

HALF, THIRD, QUARTER, SIXTH, EIGHTH = Fraction(1, 2), Fraction(1, 3), Fraction(1, 4), Fraction(1, 6), Fraction(1, 8)
TWO_THIRDS = Fraction(2, 3)


def fixed_shares(heirs: Heirs, excluded: Collection[Kin], school: School) -> list[Part]:
    """Return the fixed shares. Siblings of the father's side are left out where a grandfather shares with them: he is asked first."""
    left = {kin: count for kin, count in heirs.items() if kin not in excluded}
    with_grandfather = any(map(is_grandfather, left))
    parts = [*_spouse(heirs), *_mother(heirs), *_forefather(heirs, left), *_grandmothers(left, school), *_daughters(left), *_maternal(left)]
    return parts if with_grandfather else [*parts, *_sisters(heirs, left)]


def has_descendants(heirs: Heirs) -> bool:
    """Whether there is a child, or a son's child."""
    return any(map(is_descendant, heirs))


def _spouse(heirs: Heirs) -> Iterator[Part]:
    children = has_descendants(heirs)
    if HUSBAND in heirs:
        yield Part({HUSBAND: 1}, *((QUARTER, "husband_quarter") if children else (HALF, "husband_half")))
    if WIFE in heirs:
        yield Part({WIFE: heirs[WIFE]}, *((EIGHTH, "wife_eighth") if children else (QUARTER, "wife_quarter")))


def _mother(heirs: Heirs) -> Iterator[Part]:
    if MOTHER not in heirs:
        return
    if has_descendants(heirs):
        yield Part({MOTHER: 1}, SIXTH, "mother_sixth_child")
    elif sum(heirs.get(kin, 0) for kin in SIBLINGS) > 1:
        yield Part({MOTHER: 1}, SIXTH, "mother_sixth_siblings")
    elif FATHER in heirs and (HUSBAND in heirs or WIFE in heirs):
        left = HALF if HUSBAND in heirs else 1 - QUARTER
        yield Part({MOTHER: 1}, left / 3, "umariyya")
    else:
        yield Part({MOTHER: 1}, THIRD, "mother_third")


def _forefather(heirs: Heirs, left: Heirs) -> Iterator[Part]:
    found = [kin for kin in left if kin == FATHER or is_grandfather(kin)]
    if not found or not has_descendants(heirs):
        return
    name = "father" if found[0] == FATHER else "grandfather"
    if male_descendants(heirs):
        yield Part({found[0]: 1}, SIXTH, f"{name}_sixth")
    elif name == "father" or not any(kin in left for kin in SIBLINGS):
        yield Part({found[0]: 1}, SIXTH, f"{name}_sixth_and_rest")


def _grandmothers(left: Heirs, school: School) -> Iterator[Part]:
    found = {kin: 1 for kin in left if is_grandmother(kin) and inherits_as_grandmother(kin, school)}
    if found:
        yield Part(found, SIXTH, "grandmother_sixth")


def _daughters(left: Heirs) -> Iterator[Part]:
    males = male_descendants(left)
    above = 0
    for kin in sorted((kin for kin in left if is_descendant(kin) and not is_male(kin)), key=len):
        if any(len(male) == len(kin) for male in males) or above > 1:
            return
        count = left[kin]
        if above:
            yield Part({kin: count}, SIXTH, "sons_daughter_completes")
        else:
            yield Part({kin: count}, *((HALF, "daughter_half") if count == 1 else (TWO_THIRDS, "daughters_two_thirds")))
        above += count


def _maternal(left: Heirs) -> Iterator[Part]:
    found = {kin: left[kin] for kin in MATERNAL_SIBLINGS if kin in left}
    if found:
        yield Part(found, *((SIXTH, "maternal_sixth") if sum(found.values()) == 1 else (THIRD, "maternal_third")))


def _sisters(heirs: Heirs, left: Heirs) -> Iterator[Part]:
    residuary = sisters_as_residuaries(heirs)
    full = left.get(FULL_SISTER, 0) if FULL_BROTHER not in left and residuary != FULL_SISTER else 0
    if full:
        yield Part({FULL_SISTER: full}, *((HALF, "sister_half") if full == 1 else (TWO_THIRDS, "sisters_two_thirds")))
    paternal = left.get(PATERNAL_SISTER, 0) if PATERNAL_BROTHER not in left and residuary != PATERNAL_SISTER else 0
    if not paternal:
        return
    if full:
        yield Part({PATERNAL_SISTER: paternal}, SIXTH, "paternal_sister_completes")
    else:
        yield Part({PATERNAL_SISTER: paternal}, *((HALF, "sister_half") if paternal == 1 else (TWO_THIRDS, "sisters_two_thirds")))
