"""What is due of harvests and of buried treasure: both at once, without a year. Knows nothing of money that is saved.

A crop's kind decides by school: Hanafis take all that people grow, Malikis some twenty kinds, Shafiis stored staple foods, Hanbalis what
is measured and stored. What is spent on a crop beside its water is not taken off.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from fanar.bilingual import Bilingual
from rag.islamic.zakat.case import Case, Crop, CropKind, Treasure
from rag.islamic.zakat.line import Amount, Line
from rag.islamic.zakat.rules import SchoolName
from rag.islamic.zakat.thresholds import nisab_value

NAMES: Mapping[CropKind, Bilingual] = {
    "wheat": Bilingual("Wheat", "القمح"),
    "barley": Bilingual("Barley", "الشعير"),
    "rice": Bilingual("Rice", "الأرز"),
    "maize": Bilingual("Maize", "الذرة"),
    "millet": Bilingual("Millet", "الدخن"),
    "dates": Bilingual("Dates", "التمر"),
    "raisins": Bilingual("Raisins", "الزبيب"),
    "lentils": Bilingual("Lentils", "العدس"),
    "chickpeas": Bilingual("Chickpeas", "الحمص"),
    "beans": Bilingual("Beans", "الفول"),
    "sesame": Bilingual("Sesame", "السمسم"),
    "olives": Bilingual("Olives", "الزيتون"),
    "almonds": Bilingual("Almonds", "اللوز"),
    "pistachios": Bilingual("Pistachios", "الفستق"),
    "cumin": Bilingual("Cumin", "الكمون"),
    "figs": Bilingual("Dried figs", "التين المجفف"),
    "cotton": Bilingual("Cotton", "القطن"),
    "vegetables": Bilingual("Vegetables", "الخضروات"),
    "fruits": Bilingual("Fresh fruits", "الفواكه"),
}
_STAPLES: frozenset[CropKind] = frozenset(
    ("wheat", "barley", "rice", "maize", "millet", "dates", "raisins", "lentils", "chickpeas", "beans")
)
_TAKEN: Mapping[SchoolName, frozenset[CropKind]] = {
    "hanafi": frozenset(NAMES),
    "maliki": _STAPLES | {"sesame", "olives"},
    "shafii": _STAPLES,
    "hanbali": _STAPLES | {"sesame", "almonds", "pistachios", "cumin"},
}
# Kinds that Malikis add to one another for the nisab; the other schools add a kind to itself only.
_JOINED: tuple[frozenset[CropKind], ...] = (frozenset(("wheat", "barley")), frozenset(("lentils", "chickpeas", "beans")))
_TENTH, _HALF_TENTH = Fraction(1, 10), Fraction(1, 20)
_HALF = Fraction(1, 2)
_FIFTH = Fraction(1, 5)
_TREASURE = Bilingual("Buried treasure (rikaz)", "الركاز")


def reckon_crop(crop: Crop, case: Case) -> Line:
    """Return the line of a harvest."""
    base = Amount(crop.kg, "kg")
    item, name = f"crops.{crop.kind}", NAMES[crop.kind]
    if crop.kind not in _TAKEN[case.school]:
        return Line(item, name, "exempt", "crops_kind", base)
    # Abu Hanifa takes a tenth of little and much; the others nothing below five wasqs.
    if case.school != "hanafi" and _together(crop, case) < case.standards.wasqs_kg:
        return Line(item, name, "below_nisab", "crops_below", base)
    rule, rate = _rate(crop, case.school)
    return Line(item, name, "due", rule, base, rate=rate, due=[(Amount(crop.kg * rate, "kg"),)] if rate * crop.kg else ())


def reckon_treasure(treasure: Treasure, case: Case) -> Line:
    """Return the line of a treasure. Raises UnprocessableError where its nisab cannot be told without a price."""
    base = Amount(treasure.value, "money")
    if case.school == "shafii" and (treasure.kind == "other" or treasure.value < nisab_value(case, basis=treasure.kind)):
        return Line("rikaz", _TREASURE, "exempt", "rikaz_only_metal", base)
    due = treasure.value * _FIFTH
    return Line("rikaz", _TREASURE, "due", "rikaz", base, rate=_FIFTH, due=[(Amount(due, "money"),)], worth=due)


def _together(crop: Crop, case: Case) -> Fraction:
    """Return the kilograms of all that is added to a harvest for the nisab."""
    kinds: frozenset[CropKind] = frozenset((crop.kind,))
    if case.school == "maliki":
        kinds = next((joined for joined in _JOINED if crop.kind in joined), kinds)
    return sum((other.kg for other in case.crops if other.kind in kinds), Fraction(0))


def _rate(crop: Crop, school: SchoolName) -> tuple[str, Fraction]:
    share = {"rain": Fraction(1), "paid": Fraction(0), "mixed": _HALF if crop.rain_share is None else crop.rain_share}[crop.irrigation]
    if share in (0, 1):
        return ("crops_tenth", _TENTH) if share else ("crops_half_tenth", _HALF_TENTH)
    if share == _HALF:
        return "crops_mixed", (_TENTH + _HALF_TENTH) / 2
    if school in ("hanafi", "hanbali"):
        return "crops_prevailing", _TENTH if share > _HALF else _HALF_TENTH
    return "crops_proportion", share * _TENTH + (1 - share) * _HALF_TENTH
