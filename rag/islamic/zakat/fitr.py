"""Zakat al-fitr: a sa of food for each person. Knows nothing of other zakat.

A sa is a measure of volume: 2.176 kg of wheat with the majority, 3.25 kg with Hanafis, whose ratl is larger; the caller may set another.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.islamic.zakat.case import Case, Fitr, Staple
from rag.islamic.zakat.line import Amount, Line

NAME = Bilingual("Zakat al-fitr", "زكاة الفطر")
FOODS: Mapping[Staple, Bilingual] = {
    "wheat": Bilingual("wheat", "قمحًا"),
    "barley": Bilingual("barley", "شعيرًا"),
    "dates": Bilingual("dates", "تمرًا"),
    "raisins": Bilingual("raisins", "زبيبًا"),
    "rice": Bilingual("rice", "أرزًا"),
    "maize": Bilingual("maize", "ذرةً"),
    "cheese": Bilingual("dried cheese", "أقطًا"),
}
_SA_MAJORITY, _SA_HANAFI = Fraction("2.176"), Fraction("3.25")
_HANAFI_SAS: Mapping[Staple, Fraction] = {"wheat": Fraction(1, 2), "barley": Fraction(1), "dates": Fraction(1), "raisins": Fraction(1)}
_BY_VALUE = Bilingual(
    "With Hanafis other foods are given by the value of wheat, barley, dates or raisins: name one of these.",
    "عند الحنفية تُخرج بقية الأطعمة بقيمة القمح أو الشعير أو التمر أو الزبيب: فاذكر أحدها.",
)


def reckon_fitr(fitr: Fitr, case: Case) -> Line:
    """Return the line of zakat al-fitr. Raises UnprocessableError for a food that the school gives by the value of another."""
    sa = case.standards.sa_kg or (_SA_HANAFI if case.school == "hanafi" else _SA_MAJORITY)
    sas = Fraction(1)
    if case.school == "hanafi":
        if fitr.staple not in _HANAFI_SAS:
            raise UnprocessableError(_BY_VALUE, param="fitr.staple")
        sas = _HANAFI_SAS[fitr.staple]
    kg = sa * sas * fitr.people
    worth = None if fitr.price_per_kg is None else kg * fitr.price_per_kg
    rule = "fitr_half_sa" if sas < 1 else "fitr_sa"
    return Line("fitr", NAME, "due", rule, Amount(sa * sas, "kg"), due=[(Amount(kg, "kg"),)], worth=worth)
