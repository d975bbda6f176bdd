"""Kin by the womb in the place of the heirs through whom they descend (ahl al-tanzil): Hanbalis, later Shafi'is and Malikis.

Kin that share a path, and those whose paths part only below the heir, come through one and the same relative. Knows no fixed share:
`divide` divides among heirs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.islamic.inheritance.blocking import Heirs, inherits_as_grandmother
from rag.islamic.inheritance.kin import MATERNAL_SIBLINGS, Kin, is_distant, is_grandmother, is_male
from rag.islamic.inheritance.parts import Part
from rag.islamic.inheritance.schools import School

Divide = Callable[[Heirs], Mapping[Kin, Fraction]]
_OPEN = Bilingual(
    "Children of maternal siblings beside kin at another distance from their heirs: the Hanbali order is not known here.",
    "أولاد الإخوة لأم مع من يختلف بعده عن الوارث: ترتيب الحنابلة فيه غير معروف هنا.",
)


def by_place(kindred: Heirs, rest: Fraction, *, school: School, divide: Divide) -> list[Part]:
    """Return each one's part of `rest`. Raises UnprocessableError where the order among them is not known."""
    kept = _foremost({kin: place_of(kin, school) for kin in kindred}, school)
    places: dict[Kin, dict[Kin, int]] = {}
    for kin in kept:
        places.setdefault(kept[kin], {})[kin[len(kept[kin]) :]] = kindred[kin]
    outer = divide(dict.fromkeys(places, 1)) if len(places) > 1 else dict.fromkeys(places, Fraction(1))
    return [
        Part({place + below: inner[below]}, rest * outer[place] * fraction, "kindred_place", fixed=False, detail={"place": place})
        for place, inner in places.items()
        if outer.get(place)
        for below, fraction in _within(place, inner, school, divide).items()
    ]


def place_of(kin: Kin, school: School) -> tuple[Kin, int]:
    """Return the heir in whose place `kin` stands, and how many steps off he is."""
    steps = 0
    while is_distant(kin) or (is_grandmother(kin) and not inherits_as_grandmother(kin, school)):
        kin = kin[:-2] if kin[-1] in "fpm" else kin[:-1]
        steps += 1
    return kin, steps


def _foremost(placed: Mapping[Kin, tuple[Kin, int]], school: School) -> dict[Kin, Kin]:
    """Keep who comes to an heir in the fewest steps: of all, or for the Hanbalis, of each line."""
    if not school.kindred_equal:
        least = min(steps for _, steps in placed.values())
        return {kin: place for kin, (place, steps) in placed.items() if steps == least}
    if len({steps for _, steps in placed.values()}) > 1 and any(place in MATERNAL_SIBLINGS for place, _ in placed.values()):
        raise UnprocessableError(_OPEN, param="heirs")
    least_of: dict[str, int] = {}
    for kin, (_, steps) in placed.items():
        least_of[_line(kin)] = min(steps, least_of.get(_line(kin), steps))
    return {kin: place for kin, (place, steps) in placed.items() if steps == least_of[_line(kin)]}


def _line(kin: Kin) -> str:
    return "children" if kin[0] in "SD" else "mother" if kin[0] == "M" else "father"


def _within(place: Kin, inner: Heirs, school: School, divide: Divide) -> Mapping[Kin, Fraction]:
    if len(inner) == 1:
        return dict.fromkeys(inner, Fraction(1))
    found = {kin: fraction for kin, fraction in divide(inner).items() if fraction}
    equal = school.kindred_equal or place in MATERNAL_SIBLINGS
    return _levelled(found, inner) if equal else found


def _levelled(fractions: dict[Kin, Fraction], counts: Heirs) -> dict[Kin, Fraction]:
    """Give brother and sister the same."""
    for kin in [kin for kin in fractions if is_male(kin)]:
        sister = _sister_of(kin)
        if sister in fractions:
            both = fractions[kin] + fractions[sister]
            fractions[kin] = both * counts[kin] / (counts[kin] + counts[sister])
            fractions[sister] = both - fractions[kin]
    return fractions


def _sister_of(kin: Kin) -> Kin:
    return f"{kin[:-2]}Z{kin[-1]}" if kin[-1] in "fpm" else f"{kin[:-1]}{'D' if kin[-1] == 'S' else 'M'}"
