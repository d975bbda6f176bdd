"""Dates in words, in both languages. Knows nothing of occasions."""

from __future__ import annotations

from datetime import date

from fanar.arabic.agreement import form_after
from fanar.bilingual import Bilingual
from rag.islamic.calendar.hijri import HijriDate
from rag.islamic.calendar.names import GREGORIAN_AR, GREGORIAN_EN, HIJRI_AR, HIJRI_EN, WEEKDAYS_AR, WEEKDAYS_EN


def weekday_name(day: date) -> Bilingual:
    """Return the name of a day of the week."""
    return Bilingual(WEEKDAYS_EN[day.weekday()], WEEKDAYS_AR[day.weekday()])


def month_name(month: int) -> Bilingual:
    """Return the name of a Hijri month."""
    return Bilingual(HIJRI_EN[month - 1], HIJRI_AR[month - 1])


def gregorian_text(day: date) -> Bilingual:
    """Return a Gregorian date with its weekday."""
    return Bilingual(
        f"{WEEKDAYS_EN[day.weekday()]}, {day.day} {GREGORIAN_EN[day.month - 1]} {day.year}",
        f"{WEEKDAYS_AR[day.weekday()]} {day.day} {GREGORIAN_AR[day.month - 1]} {day.year}م",
    )


def hijri_text(hijri: HijriDate) -> Bilingual:
    """Return a Hijri date."""
    return Bilingual(f"{hijri.day} {HIJRI_EN[hijri.month - 1]} {hijri.year} AH", f"{hijri.day} {HIJRI_AR[hijri.month - 1]} {hijri.year}هـ")


def days_text(count: int) -> Bilingual:
    """Return a number of days, as grammar wants it."""
    days = form_after(count, single="يوم", few="أيام", many="يومًا")
    return Bilingual(f"{count:,} {'day' if count == 1 else 'days'}", {1: "يوم واحد", 2: "يومان"}.get(count, f"{count:,} {days}"))
