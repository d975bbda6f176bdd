"""Dates of the Umm al-Qura calendar and their Gregorian days, both ways, exactly. Knows nothing of moon sighting.

The table of `hijridate` holds 1343–1500 AH; what lies outside is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError

FIRST_YEAR, LAST_YEAR = 1343, 1500
RAMADAN = 9
FIRST_DAY = Hijri(FIRST_YEAR, 1, 1).to_gregorian()
_LAST = Hijri(LAST_YEAR, 12, Hijri(LAST_YEAR, 12, 1).month_length()).to_gregorian()

NOTE = Bilingual(
    "By the Umm al-Qura calendar; where you live it may differ by a day, with the sighting of the moon.",
    "بتقويم أم القرى؛ وقد يختلف يومًا بحسب رؤية الهلال في بلدك.",
)
_OUTSIDE = Bilingual(
    f"This date lies outside the Umm al-Qura table ({FIRST_YEAR}–{LAST_YEAR} AH), so there is no exact conversion.",
    f"هذا التاريخ خارج جدول أم القرى ({FIRST_YEAR}–{LAST_YEAR}هـ)، فلا تحويل دقيق له.",
)
_NO_SUCH_DAY = Bilingual("That month has no such day by the Umm al-Qura calendar.", "لا يوجد هذا اليوم في ذلك الشهر بتقويم أم القرى.")


@dataclass(frozen=True, slots=True, order=True)
class HijriDate:
    """A day of the Umm al-Qura calendar."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        """Write it as ISO does Gregorian dates."""
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


def to_hijri(day: date) -> HijriDate:
    """Return the Hijri date of a day. Raises UnprocessableError outside the table."""
    if not covers(day):
        raise UnprocessableError(_OUTSIDE, param="date")
    found = Gregorian.fromdate(day).to_hijri()
    return HijriDate(found.year, found.month, found.day)


def to_gregorian(hijri: HijriDate) -> date:
    """Return the day of a Hijri date. Raises UnprocessableError outside the table, and for a day that the month has not."""
    if not FIRST_YEAR <= hijri.year <= LAST_YEAR:
        raise UnprocessableError(_OUTSIDE, param="date")
    if not (1 <= hijri.month <= 12 and 1 <= hijri.day <= month_length(hijri.year, hijri.month)):
        raise UnprocessableError(_NO_SUCH_DAY, param="date")
    found = Hijri(hijri.year, hijri.month, hijri.day).to_gregorian()
    return date(found.year, found.month, found.day)


def month_length(year: int, month: int) -> int:
    """Return how many days a month of the table has."""
    return int(Hijri(year, month, 1).month_length())


def covers(day: date) -> bool:
    """Whether the table holds this day."""
    return FIRST_DAY.isoformat() <= day.isoformat() <= _LAST.isoformat()


def in_ramadan(day: date) -> bool:
    """Whether a day is in Ramadan by the table; no day outside it is."""
    return covers(day) and to_hijri(day).month == RAMADAN


def lunar_year_after(day: date) -> date:
    """Return the day on which a lunar year from `day` is complete: the same day of the next year, or the first after a shorter month.

    Raises UnprocessableError outside the table.
    """
    start = to_hijri(day)
    year = start.year + 1
    last = month_length(year, start.month) if year <= LAST_YEAR else start.day
    whole = to_gregorian(HijriDate(year, start.month, min(start.day, last)))
    return whole + timedelta(days=start.day > last)


def days_between(first: date, last: date) -> int:
    """Return how many days `last` is after `first`."""
    return (last - first) // timedelta(days=1)
