"""A day, a month, a year and its occasions as data for machines and as text for people. Knows nothing of HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from fanar.bilingual import Bilingual
from rag.islamic.calendar.hijri import NOTE, HijriDate, days_between, month_length, to_gregorian, to_hijri
from rag.islamic.calendar.occasions import OCCASIONS, OccasionName, coming, next_occasion, within
from rag.islamic.calendar.wording import days_text, gregorian_text, hijri_text, month_name, weekday_name

Json = dict[str, Any]

_EQUAL = Bilingual("{gregorian} = {hijri}", "{gregorian} = {hijri}")
_LEFT = Bilingual("{days} until {name}: {gregorian} ({hijri}).", "باقٍ على {name} {days}: {gregorian} ({hijri}).")
_ON = Bilingual("{name}: {gregorian} ({hijri}).", "{name}: {gregorian} ({hijri}).")
_MONTH = Bilingual("{name}: {days}, from {first} to {last}.", "{name}: {days}، من {first} إلى {last}.")
_UNTIL = Bilingual("{days} until it begins.", "وباقٍ على أوله {days}.")
_NOTED = Bilingual("{}\n{}", "{}\n{}")
_TODAY = Bilingual("Today is {name}: {gregorian} ({hijri}).", "اليوم {name}: {gregorian} ({hijri}).")


def told(day: date, *, today: date, occasion: OccasionName | None = None, year: int | None = None) -> Json:
    """Return a day in both calendars, what is coming, and the months of a Hijri year where one is asked for.

    Raises UnprocessableError outside the table.
    """
    hijri = to_hijri(day)
    return {
        "today": today.isoformat(),
        "date": told_day(day, hijri),
        "month": _month(hijri.year, hijri.month),
        "occasion": told_occasion(occasion, day) if occasion else None,
        "upcoming": [_occasion(name, when, on, day) for name, when, on in coming(day)],
        "year": _year(year) if year is not None else None,
        "calendar": "umm_al_qura",
        "notes": [NOTE.by_language()],
        "text": (counted(occasion, day) if occasion else converted(day)).by_language(),
    }


def told_occasion(name: OccasionName, today: date) -> Json:
    """Return when an occasion comes next. Raises UnprocessableError outside the table."""
    return _occasion(name, *next_occasion(name, today), today)


def told_within(names: Sequence[OccasionName], year: int, today: date) -> Json:
    """Return the days of occasions in a year of either calendar. Raises UnprocessableError outside the table."""
    return {"year": year, "occasions": [_occasion(name, *found, today) for name in names for found in within(name, year)]}


def told_month(first: HijriDate, today: date) -> Json:
    """Return a month with its length, its first and last day. Raises UnprocessableError outside the table."""
    return {**_month(first.year, first.month), "days_until": days_between(today, to_gregorian(first))}


def measured(first: HijriDate, today: date) -> Bilingual:
    """Return how long a month is, from when to when, and how many days are left until it, as text. Raises UnprocessableError."""
    begins = to_gregorian(first)
    days = month_length(first.year, first.month)
    name, last = month_name(first.month), to_gregorian(HijriDate(first.year, first.month, days))
    said = _MONTH.format(
        name=Bilingual(f"{name.en} {first.year} AH", f"{name.ar} {first.year}هـ"),
        days=days_text(days),
        first=gregorian_text(begins),
        last=gregorian_text(last),
    )
    left = days_between(today, begins)
    lines = [said, _UNTIL.format(days=days_text(left))] if left > 0 else [said]
    return Bilingual("\n".join([*(line.en for line in lines), NOTE.en]), "\n".join([*(line.ar for line in lines), NOTE.ar]))


def told_day(day: date, hijri: HijriDate) -> Json:
    """Return a day in both calendars."""
    return {
        "gregorian": day.isoformat(),
        "hijri": str(hijri),
        "weekday": weekday_name(day).by_language(),
        "text": _EQUAL.format(gregorian=gregorian_text(day), hijri=hijri_text(hijri)).by_language(),
    }


def converted(day: date) -> Bilingual:
    """Return a day in both calendars as text."""
    said = _EQUAL.format(gregorian=gregorian_text(day), hijri=hijri_text(to_hijri(day)))
    return _NOTED.format(said, NOTE)


def counted(name: OccasionName, today: date) -> Bilingual:
    """Return how many days are left until an occasion, as text."""
    hijri, day = next_occasion(name, today)
    left = days_between(today, day)
    said = (_LEFT if left else _TODAY).format(
        name=OCCASIONS[name].name,
        days=days_text(left),
        gregorian=gregorian_text(day),
        hijri=hijri_text(hijri),
    )
    return _NOTED.format(said, NOTE)


def dated(names: Sequence[OccasionName], year: int) -> Bilingual:
    """Return the days of occasions in a year of either calendar, as text. Raises UnprocessableError outside the table."""
    found = sorted((day, hijri, OCCASIONS[name].name) for name in names for hijri, day in within(name, year))
    lines = [_ON.format(name=name, gregorian=gregorian_text(day), hijri=hijri_text(hijri)) for day, hijri, name in found]
    return Bilingual("\n".join([*(line.en for line in lines), NOTE.en]), "\n".join([*(line.ar for line in lines), NOTE.ar]))


def _occasion(name: OccasionName, hijri: HijriDate, day: date, today: date) -> Json:
    return {
        "id": name,
        "name": OCCASIONS[name].name.by_language(),
        "gregorian": day.isoformat(),
        "hijri": str(hijri),
        "weekday": weekday_name(day).by_language(),
        "days_until": days_between(today, day),
    }


def _month(year: int, month: int) -> Json:
    first, days = to_gregorian(HijriDate(year, month, 1)), month_length(year, month)
    last = first + timedelta(days=days - 1)
    return {
        "year": year,
        "month": month,
        "name": month_name(month).by_language(),
        "days": days,
        "first": first.isoformat(),
        "last": last.isoformat(),
    }


def _year(year: int) -> Json:
    months = [_month(year, month) for month in range(1, 13)]
    first = date.fromisoformat(months[0]["first"])
    occasions = [_occasion(name, HijriDate(year, each.month, each.day), each.on(year), first) for name, each in OCCASIONS.items()]
    for told_occasion in occasions:
        del told_occasion["days_until"]
    return {"year": year, "days": sum(month["days"] for month in months), "months": months, "occasions": occasions}
