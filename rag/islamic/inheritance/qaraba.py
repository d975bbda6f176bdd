"""Kin by the womb by class and nearness (ahl al-qaraba), as Muhammad al-Shaybani divides among them, on whose view Hanafi fatwas rest.

The sexes count at the first generation where they differ, the heads in the last one. Knows nothing of spouses and fixed shares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.islamic.inheritance.blocking import Heirs
from rag.islamic.inheritance.kin import MATERNAL_SIBLINGS, Kin, is_agnate, is_descendant, is_male, links
from rag.islamic.inheritance.parts import Part
from rag.islamic.inheritance.tanzil import Divide

Fractions = Mapping[Kin, Fraction]
_OPEN = Bilingual(
    "Uncles and aunts of parents and their children, of several kinds, are not divided here for the Hanafis.",
    "أعمام الأبوين وأخوالهما وأولادهم إذا تعددت أصنافهم لا تُقسم هنا على مذهب الحنفية.",
)


def by_nearness(kindred: Heirs, rest: Fraction, *, divide: Divide) -> list[Part]:
    """Return each one's part of `rest`; `divide` divides among siblings. Raises UnprocessableError for what is not known."""
    first = min(map(_class, kindred))
    members = {kin: count for kin, count in kindred.items() if _class(kin) == first}
    found = _nearest(members, _DIVIDERS[first], divide)
    return [Part({kin: kindred[kin]}, rest * fraction, "kindred_class", fixed=False) for kin, fraction in found.items()]


def _class(kin: Kin) -> int:
    if kin[0] in "SD":
        return 0
    if set(kin) <= {"F", "M"}:
        return 1
    return 2 if kin[0] in "BZ" else 3


def _nearest(members: Heirs, divider: Callable[[Heirs, Divide], Fractions], divide: Divide) -> Fractions:
    height = min(map(_height, members))
    near = {kin: count for kin, count in members.items() if set(kin) <= {"F", "M"} or _height(kin) == height}
    least = min(map(links, near))
    near = {kin: count for kin, count in near.items() if links(kin) == least}
    return dict.fromkeys(near, Fraction(1)) if len(near) == 1 else divider(near, divide)


def _height(kin: Kin) -> int:
    """Return how many generations up the common ancestor's child stands."""
    return len(kin) - len(kin.lstrip("FM"))


def _descendants(near: Heirs, _: Divide) -> Fractions:
    of_heirs = {kin: count for kin, count in near.items() if is_descendant(kin[:-1])}
    return by_generations(of_heirs or near)


def _ancestors(near: Heirs, _: Divide) -> Fractions:
    return _by_sides(near, by_generations)


def _of_siblings(near: Heirs, divide: Divide) -> Fractions:
    of_agnates = {kin: count for kin, count in near.items() if is_agnate(kin[:-1])}
    near = of_agnates or near
    roots: dict[Kin, int] = {}
    for kin, count in near.items():
        roots[kin[:2]] = roots.get(kin[:2], 0) + count
    found: dict[Kin, Fraction] = {}
    shares = divide(roots)
    for strength in "fpm":
        group = {kin: count for kin, count in near.items() if kin[1] == strength and shares.get(kin[:2])}
        total = sum((shares[root] for root in {kin[:2] for kin in group}), Fraction(0))
        found |= {kin: total * part for kin, part in _within_strength(group).items()}
    return found


def _within_strength(group: Heirs) -> Fractions:
    if not group:
        return {}
    if next(iter(group))[:2] in MATERNAL_SIBLINGS:
        heads = sum(group.values())
        return {kin: Fraction(count, heads) for kin, count in group.items()}
    return by_generations(group)


def _of_ancestors(near: Heirs, _: Divide) -> Fractions:
    if any(_height(kin) > 1 for kin in near):
        raise UnprocessableError(_OPEN, param="heirs")
    return _by_sides(near, _strongest)


def _strongest(near: Heirs) -> Fractions:
    first = min("fpm".index(kin[2]) for kin in near)
    near = {kin: count for kin, count in near.items() if "fpm".index(kin[2]) == first}
    of_agnates = {kin: count for kin, count in near.items() if is_agnate(kin[:-1])}
    return by_generations(of_agnates or near)


def _by_sides(near: Heirs, within: Callable[[Heirs], Fractions]) -> Fractions:
    """Give two thirds to the father's side and one to the mother's."""
    sides = [{kin: count for kin, count in near.items() if kin[0] == side} for side in "FM"]
    if not all(sides):
        return within(near)
    worth = (Fraction(2, 3), Fraction(1, 3))
    return {kin: part * share for side, share in zip(sides, worth, strict=True) for kin, part in within(side).items()}


def by_generations(near: Heirs) -> dict[Kin, Fraction]:
    """Divide where the sexes first differ, two to one, heads counted at the end; then within each sex again."""
    return _descend(near, 1, Fraction(1))


def _descend(near: Heirs, depth: int, amount: Fraction) -> dict[Kin, Fraction]:
    if len(near) == 1:
        return dict.fromkeys(near, amount)
    males = {kin: count for kin, count in near.items() if is_male(_upto(kin, depth))}
    females = {kin: count for kin, count in near.items() if kin not in males}
    if not (males and females):
        return _descend(near, depth + 1, amount)
    lots = 2 * sum(males.values()) + sum(females.values())
    part = amount * 2 * sum(males.values()) / lots
    return _descend(males, depth + 1, part) | _descend(females, depth + 1, amount - part)


def _upto(kin: Kin, depth: int) -> Kin:
    """Return the first `depth` links of `kin`."""
    for at, letter in enumerate(kin):
        depth -= letter.isupper()
        if depth < 0:
            return kin[:at]
    return kin


_DIVIDERS = (_descendants, _ancestors, _of_siblings, _of_ancestors)
