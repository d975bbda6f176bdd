"""Stretches of time on somebody's calendar: days, weeks, months, years, counted from a moment. Knows no words.

Everything here is the asker's local time without a zone; only `Interval` is UTC. All stretches are half-open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from fanar.errors import UnprocessableError
from rag.islamic.calendar.hijri import HijriDate, covers, month_length, to_gregorian, to_hijri

Unit = Literal["minute", "hour", "day", "week", "month", "quarter", "year"]
Calendar = Literal["gregorian", "hijri"]
MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6
_MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12}
_LENGTHS: dict[Unit, timedelta] = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_FIRST, _LAST = datetime(1000, 1, 1), datetime(3000, 1, 1)  # noqa: DTZ001  (local, as all of this module)


@dataclass(frozen=True, slots=True)
class Interval:
    """From `start` until before `end`, UTC; None is no bound."""

    start: datetime | None
    end: datetime | None

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies within."""
        return (self.start is None or self.start <= moment) and (self.end is None or moment < self.end)

    def distance(self, moment: datetime) -> timedelta:
        """Return how far outside a moment lies; nothing for one within."""
        if self.start is not None and moment < self.start:
            return self.start - moment
        if self.end is not None and moment > self.end:
            return moment - self.end
        return timedelta()


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of local time; None is no bound. `part` can be taken only of what has a beginning."""

    start: datetime | None
    end: datetime | None

    def interval(self, zone: ZoneInfo) -> Interval:
        """Return it in UTC, as clocks in `zone` show it."""
        return Interval(_utc(self.start, zone), _utc(self.end, zone))

    def lasting(self, count: int) -> Period:
        """Return `count` days from its start on; 0 are those until the end of the Hijri month."""
        if count == 1 or self.start is None:
            return self
        if not count:
            first = to_hijri(self.start.date())
            count = month_length(first.year, first.month) - first.day + 1
        return Period(self.start, self.start + timedelta(days=count))

    def part(self, first: int, last: int) -> Period:
        """Return the hours from `first` until `last` after its start."""
        assert self.start is not None, "parts are taken of days"  # noqa: S101
        return Period(self.start + timedelta(hours=first), self.start + timedelta(hours=last))


@dataclass(frozen=True, slots=True)
class Asked:
    """When somebody asks, in local time, and on which weekday their week begins."""

    now: datetime
    week: int

    @property
    def today(self) -> date:
        """The day of asking."""
        return self.now.date()


def days(first: date, count: int = 1) -> Period:
    """Return `count` whole days."""
    return Period(_midnight(first), _midnight(first) + timedelta(days=count))


def unit_of(asked: Asked, unit: Unit, offset: int = 0) -> Period:
    """Return the calendar's minute, hour, day, week, month, quarter or year `offset` units from the present one."""
    return Period(_start(asked, unit, offset), _start(asked, unit, offset + 1))


def rolling(asked: Asked, unit: Unit, count: int) -> Period:
    """Return the last `count` units until now, or for a negative count the next ones; they begin with a whole day, or at the minute."""
    short = unit in ("minute", "hour")
    away = asked.now - count * _LENGTHS[unit] if short else _midnight(_moved(asked.today, unit, -count))
    return Period(away, asked.now) if count > 0 else Period(asked.now, away + timedelta(days=not short))


def weekday_before(asked: Asked, weekday: int, *, today: bool) -> date:
    """Return the latest such day before today; `today` lets today be it."""
    back = (asked.today.weekday() - weekday) % 7
    return asked.today - timedelta(days=back if back or today else 7)


def weekday_after(asked: Asked, weekday: int) -> date:
    """Return the first such day after today."""
    return asked.today + timedelta(days=(weekday - asked.today.weekday()) % 7 or 7)


def month(year: int, number: int, count: int = 1) -> Period:
    """Return `count` Gregorian months from one on. Raises ValueError for a year out of range."""
    ending = year * 12 + number - 1 + count
    return Period(_midnight(date(year, number, 1)), _midnight(date(ending // 12, ending % 12 + 1, 1)))


def hijri_month(year: int, number: int, count: int = 1) -> Period:
    """Return `count` Hijri months from one on, within the year. Raises UnprocessableError outside the table."""
    first = to_gregorian(HijriDate(year, number, 1))
    last = number + count - 1
    ending = to_gregorian(HijriDate(year, last, month_length(year, last)))
    return Period(_midnight(first), _midnight(ending) + timedelta(days=1))


def hijri_year(day: date) -> int | None:
    """Return the Hijri year of a day; None outside the table."""
    return to_hijri(day).year if covers(day) else None


def gregorian_day(year: int, number: int, day: int) -> Period | None:
    """Return a Gregorian day; None where there is none."""
    try:
        return days(date(year, number, day))
    except ValueError:
        return None


def hijri_day(year: int, number: int, day: int) -> Period | None:
    """Return a Hijri day; None where there is none."""
    try:
        return days(to_gregorian(HijriDate(year, number, day)))
    except UnprocessableError:
        return None


def third(period: Period, which: int) -> Period:
    """Return the beginning (0), middle (1) or end (2): days 1-10, 11-20 and the rest of a month, thirds of years and weeks."""
    assert period.start is not None and period.end is not None, "thirds are taken of what has bounds"  # noqa: S101, PT018
    length = (period.end - period.start).days
    if length > 300:
        bounds = [_months_on(period.start, 4 * step) for step in range(3)]
    else:
        step = 10 if length >= 28 else max(1, length // 3)
        bounds = [period.start + timedelta(days=step * place) for place in range(3)]
    return Period(bounds[which], (*bounds, period.end)[which + 1])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _start(asked: Asked, unit: Unit, offset: int) -> datetime:
    if unit in ("minute", "hour"):
        floor = asked.now.replace(minute=0 if unit == "hour" else asked.now.minute, second=0, microsecond=0)
        return floor + offset * _LENGTHS[unit]
    if unit == "day":
        return _midnight(asked.today + timedelta(days=offset))
    if unit == "week":
        return _midnight(asked.today - timedelta(days=(asked.today.weekday() - asked.week) % 7) + timedelta(weeks=offset))
    size = _MONTHS[unit]
    return _months_on(_midnight(asked.today.replace(day=1, month=(asked.today.month - 1) // size * size + 1)), size * offset)


def _moved(day: date, unit: Unit, count: int) -> date:
    if unit in ("day", "week"):
        return day + count * _LENGTHS[unit]
    first = _months_on(_midnight(day.replace(day=1)), _MONTHS[unit] * count).date()
    return min(first + timedelta(days=day.day - 1), _months_on(_midnight(first), 1).date() - timedelta(days=1))


def _months_on(first: datetime, count: int) -> datetime:
    at = first.year * 12 + first.month - 1 + count
    return first.replace(year=at // 12, month=at % 12 + 1)


def _utc(local: datetime | None, zone: ZoneInfo) -> datetime | None:
    if local is None:
        return None
    return min(max(local, _FIRST), _LAST).replace(tzinfo=zone).astimezone(UTC)
