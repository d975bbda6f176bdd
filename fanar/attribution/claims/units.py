"""Units and scales of numbers in Arabic and English, each with its dimension and factor. Knows nothing of sentences."""

from __future__ import annotations

from fanar.arabic import numerals
from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_forms
from fanar.attribution.claims.tokens import stem_of

# dimension | factor | names; what is counted (people, goals) is no unit: there the noun itself is compared.
_UNITS = """
percent|1|% percent percentage بالمئة المئة بالمائة المائة
percent|1|pct points نقطة
length|1|metre meter metres meters m متر مترا أمتار
length|1000|kilometre kilometer kilometres kilometers km كيلومتر كيلومترا كيلومترات كم كلم
length|0.01|centimetre centimeter centimetres centimeters cm سنتيمتر سنتيمترا سنتيمترات سم
length|0.001|millimetre millimeter millimetres millimeters mm مليمتر مليمترا مليمترات ملم مم
length|1609.344|mile miles ميل ميلا أميال
length|0.3048|foot feet ft قدم قدما أقدام
mass|1|kilogram kilograms kilo kilos kg كيلوغرام كيلوغراما كيلوغرامات كيلو كجم كغ كغم
mass|0.001|gram grams g غرام غراما غرامات جرام جراما جرامات
mass|1000|tonne tonnes ton tons طن طنا أطنان
mass|0.45359237|pound lb lbs رطل رطلا
time|1|second seconds ثانية ثواني ثوان
time|60|minute minutes دقيقة دقائق
time|3600|hour hours ساعة ساعات
time|86400|day days يوم يوما أيام
time|604800|week weeks أسبوع أسبوعا أسابيع
time|2629800|month months شهر شهرا أشهر شهور
time|31557600|year years عام عاما أعوام سنة سنوات سنين
time|315576000|decade decades عقد عقدا عقود
time|3155760000|century centuries قرن قرنا قرون
area|1|hectare hectares هكتار هكتارا هكتارات
area|0.404686|acre acres فدان فدانا أفدنة
volume|1|litre liter litres liters لتر لترا لترات
volume|158.987|barrel barrels برميل برميلا براميل
money.usd|1|$ dollar dollars usd دولار دولارا دولارات
money.eur|1|€ euro euros eur يورو
money.gbp|1|£ sterling gbp إسترليني
money.sar|1|riyal riyals rial rials sar qar omr ريال ريالا ريالات
money.egp|1|egp جنيه جنيها جنيهات
money.aed|1|dirham dirhams aed درهم درهما دراهم
money.dinar|1|dinar dinars kwd bhd jod iqd دينار دينارا دنانير
power|1|watt watts واط وات
power|1000000|megawatt megawatts mw ميغاواط ميجاوات
power|1000|kilowatt kilowatts kw كيلوواط كيلووات
speed|1|kph km/h
temperature|1|degree degrees celsius درجة درجات مئوية
"""
_SCALES = """
12|dozen dozens دزينة
100|hundred مئة مائة مئات
1000|k
1000000|millions m mn
1000000000|billions bn
1000000000000|trillions
"""
_FRACTIONS = """
50|half نصف
33.333|third ثلث
66.667|ثلثي ثلثا
25|quarter ربع
"""


def _table(rows: str) -> dict[str, float]:
    return {
        normalize(name): float(value) for row in rows.strip().splitlines() for value, names in [row.split("|")] for name in names.split()
    }


SCALES = _table(_SCALES) | {form: float(scale) for form, scale in numerals.SCALES.items()}
"""Word in `search` form → what it multiplies a number by."""
FRACTIONS = _table(_FRACTIONS)
"""Word → the percentage that it is, where it stands for a part of a whole."""
UNITS = {
    normalize(name): (dimension, float(factor))
    for row in _UNITS.strip().splitlines()
    for dimension, factor, names in [row.split("|")]
    for name in names.split()
}
"""Word in `search` form → (dimension, factor)."""
CURRENCIES = {code: UNITS[code][0] for code in normal_forms("usd eur gbp sar qar omr egp aed kwd bhd jod iqd")}
"""Code that stands before a sum → its dimension."""
# «ساعتين» says its number itself. Not of every unit: «كمين» is an ambush, «ميلان» a lean or a city, «قدمين» a pair of feet.
_COUNTED_IN_TWOS = """
ثانية دقيقة ساعة يوم أسبوع شهر عام سنة متر كيلومتر سنتيمتر مليمتر كيلوغرام لتر هكتار فدان برميل دولار ريال درهم دينار جنيه
"""
_DUALS = {
    name.removesuffix("ه") + "ت" * name.endswith("ه") + ending: UNITS[name]
    for name in normalize(_COUNTED_IN_TWOS).split()
    for ending in ("ان", "ين")
}


def two_of(form: str) -> bool:
    """Whether a word is the dual of a unit's name."""
    return form in _DUALS


def unit_of(form: str) -> tuple[str, float] | None:
    """Return the dimension and factor of a unit's name, with or without the article; None for a word that is none."""
    return UNITS.get(form) or UNITS.get(form.removeprefix("ال")) or _DUALS.get(form)


def counted(form: str) -> str:
    """Return the dimension of what is counted by the noun `form`."""
    return f"count.{stem_of(form)}"
