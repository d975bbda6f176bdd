"""Who is excluded by whom, wholly (hajb hirman). Knows nothing of shares.

Each function looks at one kind of heir and returns those whose presence excludes it; nobody means that it stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from rag.islamic.inheritance.kin import (
    AGNATE_SIBLINGS,
    FATHER,
    FULL_BROTHER,
    FULL_SISTER,
    MATERNAL_SIBLINGS,
    MOTHER,
    PATERNAL_BROTHER,
    PATERNAL_SISTER,
    Kin,
    is_agnate,
    is_descendant,
    is_grandfather,
    is_grandmother,
    is_male,
    nearness,
)
from rag.islamic.inheritance.schools import School

Heirs = Mapping[Kin, int]


def exclusions(heirs: Heirs, school: School) -> dict[Kin, tuple[Kin, ...]]:
    """Return for each excluded heir who excludes it."""
    found = {kin: by for kin in heirs if (by := _blockers(kin, heirs, school))}
    # Who is excluded is named as an excluder only where nobody else is.
    return {kin: tuple(each for each in by if each not in found) or by for kin, by in found.items()}


def sisters_as_residuaries(heirs: Heirs) -> Kin | None:
    """Return the sisters whom daughters make residuaries, full or else paternal; None where a brother or nobody does."""
    if not any(is_descendant(kin) and not is_male(kin) for kin in heirs):
        return None
    if FULL_SISTER in heirs:
        return None if FULL_BROTHER in heirs else FULL_SISTER
    if PATERNAL_SISTER in heirs and FULL_BROTHER not in heirs:
        return None if PATERNAL_BROTHER in heirs else PATERNAL_SISTER
    return None


def male_descendants(heirs: Heirs) -> tuple[Kin, ...]:
    """Return the sons or sons' sons that are there, the nearest first."""
    return tuple(sorted((kin for kin in heirs if is_descendant(kin) and is_male(kin)), key=len))


def forefathers(heirs: Heirs) -> tuple[Kin, ...]:
    """Return the father and grandfathers that are there, the nearest first."""
    return tuple(sorted((kin for kin in heirs if kin == FATHER or is_grandfather(kin)), key=len))


def _blockers(kin: Kin, heirs: Heirs, school: School) -> tuple[Kin, ...]:
    if is_descendant(kin):
        return _of_descendant(kin, heirs)
    if is_grandfather(kin):
        return tuple(other for other in forefathers(heirs) if len(other) < len(kin))
    if is_grandmother(kin):
        return _of_grandmother(kin, heirs, school)
    if kin in MATERNAL_SIBLINGS:
        return (*(other for other in heirs if is_descendant(other)), *forefathers(heirs))
    if kin in AGNATE_SIBLINGS:
        return _of_sibling(kin, heirs, school)
    return _of_agnate(kin, heirs) if is_agnate(kin) else ()


def _of_descendant(kin: Kin, heirs: Heirs) -> tuple[Kin, ...]:
    males = male_descendants(heirs)
    nearer = tuple(other for other in males if len(other) < len(kin))
    if nearer or is_male(kin) or any(len(other) >= len(kin) for other in males):
        # A man of her generation or below gives her a part in what is left over.
        return nearer
    above = {other: heirs[other] for other in heirs if is_descendant(other) and len(other) < len(kin)}
    return tuple(above) if sum(above.values()) > 1 else ()


def _of_grandmother(kin: Kin, heirs: Heirs, school: School) -> tuple[Kin, ...]:
    if MOTHER in heirs:
        return (MOTHER,)
    if school.fathers_exclude_their_mothers:
        between = tuple(other for other in forefathers(heirs) if len(other) < len(kin) and kin.startswith(other))
        if between:
            return between
    return tuple(other for other in heirs if is_grandmother(other) and _nearer_excludes(other, kin, heirs, school))


def _nearer_excludes(near: Kin, far: Kin, heirs: Heirs, school: School) -> bool:
    if len(near) >= len(far) or not inherits_as_grandmother(near, school):
        return False
    by_father = near[0] == "F" and far[0] != "F"
    if by_father and not school.near_paternal_excludes_far_maternal:
        return False
    return school.excluded_grandmother_excludes or not _of_grandmother(near, heirs, school)


def inherits_as_grandmother(kin: Kin, school: School) -> bool:
    """Whether `school` knows this grandmother as an heir at all."""
    return len(kin) - len(kin.lstrip("F")) <= school.grandmothers_through


def _of_sibling(kin: Kin, heirs: Heirs, school: School) -> tuple[Kin, ...]:
    fathers = forefathers(heirs)
    grandfather_shares = not school.grandfather_excludes_siblings and FATHER not in heirs
    above = (*male_descendants(heirs), *(() if grandfather_shares else fathers))
    if above or kin in (FULL_BROTHER, FULL_SISTER):
        return above
    if grandfather_shares and fathers:
        return ()
    if FULL_BROTHER in heirs:
        return (FULL_BROTHER,)
    if sisters_as_residuaries(heirs) == FULL_SISTER:
        return (FULL_SISTER, *(other for other in heirs if is_descendant(other)))
    alone = kin == PATERNAL_SISTER and PATERNAL_BROTHER not in heirs
    return (FULL_SISTER,) if alone and heirs.get(FULL_SISTER, 0) > 1 else ()


def _of_agnate(kin: Kin, heirs: Heirs) -> tuple[Kin, ...]:
    above = (*male_descendants(heirs), *forefathers(heirs))
    brothers = tuple(other for other in (FULL_BROTHER, PATERNAL_BROTHER) if other in heirs)
    sister = sisters_as_residuaries(heirs)
    sisters = (sister,) if sister else ()
    nearer = tuple(other for other in heirs if is_agnate(other) and nearness(other) < nearness(kin))
    return (*above, *brothers, *sisters, *nearer)
