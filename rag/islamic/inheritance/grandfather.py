"""The grandfather beside full and paternal siblings, by Zayd's view: Malikis, Shafi'is, Hanbalis. Knows nothing of other heirs' shares.

He takes the best of sharing as a brother, a third of what is left, a sixth of all. Paternal siblings are counted against him and then
give way to the full ones (mu'adda). A sister is given a fixed share in one case only, the akdariyya.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from rag.islamic.inheritance.blocking import Heirs
from rag.islamic.inheritance.kin import (
    AGNATE_SIBLINGS,
    FULL_BROTHER,
    FULL_SISTER,
    HUSBAND,
    MATERNAL_SIBLINGS,
    MOTHER,
    PATERNAL_BROTHER,
    PATERNAL_SISTER,
    Kin,
    is_descendant,
    is_grandfather,
    is_grandmother,
    is_male,
)
from rag.islamic.inheritance.parts import Part
from rag.islamic.inheritance.schools import School

_SIXTH, _THIRD, _HALF, _TWO_THIRDS = Fraction(1, 6), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3)


def shares_with_siblings(heirs: Heirs, excluded: Collection[Kin]) -> bool:
    """Whether a grandfather and siblings of the father's side are both there to share."""
    left = [kin for kin in heirs if kin not in excluded]
    return any(map(is_grandfather, left)) and any(kin in left for kin in AGNATE_SIBLINGS)


def divide_with_siblings(heirs: Heirs, excluded: Collection[Kin], fixed: Sequence[Part], school: School) -> list[Part]:
    """Return the parts of the grandfather and of the siblings, beside the `fixed` shares of all others."""
    left = {kin: count for kin, count in heirs.items() if kin not in excluded}
    grandfather = next(filter(is_grandfather, left))
    siblings = {kin: left[kin] for kin in AGNATE_SIBLINGS if kin in left}
    rest = 1 - sum((part.fraction for part in fixed), Fraction(0))
    if school.grandfather_takes_maternal_third and _is_malikiyya(heirs, siblings):
        return [Part({grandfather: 1}, rest, "malikiyya", fixed=False)]
    if _is_akdariyya(fixed, siblings):
        return [Part({grandfather: 1, **siblings}, _SIXTH + _HALF, "akdariyya", double=True)]
    if rest <= _SIXTH:
        return [Part({grandfather: 1}, _SIXTH, "grandfather_sixth_of_all")]
    share, rule = _best(rest, siblings, alone=not fixed)
    if rule == "muqasama" and len(siblings) == 1:
        return [Part({grandfather: 1, **siblings}, rest, rule, fixed=False, double=True)]
    parts = [Part({grandfather: 1}, share, rule, fixed=False)]
    return [*parts, *_among(siblings, rest - share)] if rest > share else parts


def _best(rest: Fraction, siblings: Heirs, *, alone: bool) -> tuple[Fraction, str]:
    heads = 2 + sum(count * (2 if is_male(kin) else 1) for kin, count in siblings.items())
    choices = [(rest * 2 / heads, "muqasama")]
    choices += [(_THIRD, "grandfather_third")] if alone else [(rest / 3, "grandfather_third_of_rest"), (_SIXTH, "grandfather_sixth_of_all")]
    # Where two are equal, sharing is named first.
    return max(choices, key=lambda choice: choice[0])


def _among(siblings: Heirs, rest: Fraction) -> list[Part]:
    full = {kin: siblings[kin] for kin in (FULL_BROTHER, FULL_SISTER) if kin in siblings}
    paternal = {kin: siblings[kin] for kin in (PATERNAL_BROTHER, PATERNAL_SISTER) if kin in siblings}
    if not (full and paternal):
        return [Part(dict(siblings), rest, "with_grandfather", fixed=False, double=True)]
    most = rest if FULL_BROTHER in full else min(rest, _HALF if full[FULL_SISTER] == 1 else _TWO_THIRDS)
    parts = [Part(full, most, "muadda", fixed=False, double=True)]
    return [*parts, Part(paternal, rest - most, "muadda_rest", fixed=False, double=True)] if rest > most else parts


def _is_akdariyya(fixed: Sequence[Part], siblings: Heirs) -> bool:
    # Where excluded maternal siblings bring the mother down to a sixth, the sister is left something and needs no fixed share.
    others = {kin: part.fraction for part in fixed for kin in part.heirs}
    exhausted = others.keys() == {HUSBAND, MOTHER} and others[MOTHER] == _THIRD
    return exhausted and list(siblings.values()) == [1] and not is_male(next(iter(siblings)))


def _is_malikiyya(heirs: Heirs, siblings: Heirs) -> bool:
    maternal = sum(heirs.get(kin, 0) for kin in MATERNAL_SIBLINGS)
    mother = MOTHER in heirs or any(map(is_grandmother, heirs))
    brother = FULL_BROTHER in siblings or PATERNAL_BROTHER in siblings
    return HUSBAND in heirs and mother and maternal > 1 and brother and not any(map(is_descendant, heirs))
