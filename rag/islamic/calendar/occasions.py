"""The occasions of the Hijri year, when they come, and how many days are left. Knows nothing of how they are asked for.

Days on which scholars differ are named as what they are commonly held to be; that an occasion stands here rules nothing about keeping it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fanar.bilingual import Bilingual
from rag.islamic.calendar.hijri import LAST_YEAR, HijriDate, to_gregorian, to_hijri

OccasionName = Literal[
    "new_year",
    "tasua",
    "ashura",
    "mawlid",
    "isra_miraj",
    "mid_shaban",
    "ramadan",
    "last_ten_nights",
    "night_27_ramadan",
    "eid_al_fitr",
    "dhu_al_hijjah",
    "tarwiyah",
    "arafa",
    "eid_al_adha",
    "tashriq",
]


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day of the Hijri year."""

    month: int
    day: int
    name: Bilingual

    def on(self, year: int) -> date:
        """Return its day in a Hijri year. Raises UnprocessableError outside the table."""
        return to_gregorian(HijriDate(year, self.month, self.day))


OCCASIONS: Mapping[OccasionName, Occasion] = {
    "new_year": Occasion(1, 1, Bilingual("The Hijri new year", "رأس السنة الهجرية")),
    "tasua": Occasion(1, 9, Bilingual("Tasua (9 Muharram)", "تاسوعاء")),
    "ashura": Occasion(1, 10, Bilingual("Ashura", "عاشوراء")),
    "mawlid": Occasion(3, 12, Bilingual("The Prophet's birthday, by the common date", "المولد النبوي على المشهور")),
    "isra_miraj": Occasion(7, 27, Bilingual("Isra and Miraj, by the common date", "الإسراء والمعراج على المشهور")),
    "mid_shaban": Occasion(8, 15, Bilingual("Mid-Shaban", "النصف من شعبان")),
    "ramadan": Occasion(9, 1, Bilingual("The first of Ramadan", "أول رمضان")),
    "last_ten_nights": Occasion(9, 21, Bilingual("The last ten days of Ramadan", "العشر الأواخر من رمضان")),
    "night_27_ramadan": Occasion(
        9,
        27,
        Bilingual(
            "27 Ramadan (the Night of Decree is sought in the odd nights of the last ten)",
            "ليلة السابع والعشرين من رمضان (وليلة القدر تُلتمس في أوتار العشر الأواخر)",
        ),
    ),
    "eid_al_fitr": Occasion(10, 1, Bilingual("Eid al-Fitr", "عيد الفطر")),
    "dhu_al_hijjah": Occasion(12, 1, Bilingual("The first ten days of Dhu al-Hijjah", "عشر ذي الحجة")),
    "tarwiyah": Occasion(12, 8, Bilingual("The day of Tarwiyah, when Hajj begins", "يوم التروية، بدء الحج")),
    "arafa": Occasion(12, 9, Bilingual("The day of Arafa", "يوم عرفة")),
    "eid_al_adha": Occasion(12, 10, Bilingual("Eid al-Adha", "عيد الأضحى")),
    "tashriq": Occasion(12, 11, Bilingual("The days of Tashriq", "أيام التشريق")),
}


def next_occasion(name: OccasionName, today: date) -> tuple[HijriDate, date]:
    """Return when an occasion comes next, today included. Raises UnprocessableError outside the table."""
    occasion, year = OCCASIONS[name], to_hijri(today).year
    day = occasion.on(year)
    if day < today:
        year += 1
        day = occasion.on(year)
    return HijriDate(year, occasion.month, occasion.day), day


def within(name: OccasionName, year: int) -> list[tuple[HijriDate, date]]:
    """Return when an occasion is in a year: a Hijri one, or a Gregorian one, which may have it twice. Raises UnprocessableError."""
    occasion = OCCASIONS[name]
    if year <= LAST_YEAR:
        years = [year]
    else:
        # A Hijri year is shorter, so a Gregorian one may see three begin or end.
        first = to_hijri(date(year, 1, 1)).year
        years = [hijri for hijri in range(first, min(first + 2, LAST_YEAR) + 1) if occasion.on(hijri).year == year]
    return [(HijriDate(hijri, occasion.month, occasion.day), occasion.on(hijri)) for hijri in years]


def coming(today: date) -> Iterator[tuple[OccasionName, HijriDate, date]]:
    """Yield all occasions as they come, within the table."""
    if to_hijri(today).year >= LAST_YEAR:
        return
    found = [(name, *next_occasion(name, today)) for name in OCCASIONS]
    yield from sorted(found, key=lambda item: item[2])
