"""Dates, months and occasions as they are written, and the one that is meant where no year stands with them. Knows no other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fanar.errors import UnprocessableError
from rag.recency.dates import lexicon
from rag.recency.dates.match import Match
from rag.recency.dates.periods import Asked, Calendar, Period, gregorian_day, hijri_day, hijri_month, hijri_year, month
from rag.recency.dates.relative import read_relative
from rag.recency.dates.tokens import Words

_FIRST_GREGORIAN = 1600  # years before it are Hijri ones
_LATEST = 2100
_BACK, _AHEAD = 9, 3  # years to look through for a day that not every year has
_JOINT = re.compile(r"[\s,،/.-]{0,3}")
_DATE_GAP = re.compile(r"[-/.]")
_YEAR_WORDS = frozenset(("of", "عام", "سنه", "العام", "السنه", "لعام", "لسنه", "من", "year", "بعام", "بسنه", "عامي", "سنتي"))
_HIJRI_MARKS, _COMMON_MARKS = frozenset(("ه", "هجري", "هجريه", "هجريا", "ah", "hijri")), frozenset(("م", "ميلادي", "ميلاديه", "ce", "ad"))
_MONTH_WORDS = frozenset(("of", "من", "شهر", "لشهر", "في", "the"))


@dataclass(frozen=True, slots=True)
class Written:
    """A date or a month as it is written; `year` is None where none is. `scope` is a year that is told by words. `turn` is -1 to 1."""

    calendar: Calendar
    month: int
    day: int | None
    end: int
    year: int | None = None
    scope: Period | None = None
    turn: int | None = None
    length: int = 1
    weak: bool = False

    def match(self, asked: Asked, *, by: datetime | None = None) -> Match | None:
        """Return the period that is meant: without a year the latest that has begun, `by` then or now, unless words point elsewhere."""
        period = self._period(asked, by)
        return None if period is None else Match(period, self.end, self.weak and self.year is None and self.scope is None)

    def _period(self, asked: Asked, by: datetime | None) -> Period | None:
        if self.year is not None and (self.calendar == "hijri") == (self.year < _FIRST_GREGORIAN):
            return self._in(self.year)
        if self.year is not None and self.calendar == "gregorian":
            return None
        within = month(self.year, 1, 12) if self.year is not None else self.scope
        return chosen(list(self._instances(within.start if within and within.start else asked.now)), asked, self.turn, within=within, by=by)

    def _instances(self, around: datetime) -> Iterator[Period]:
        middle = around.year if self.calendar == "gregorian" else hijri_year(around.date())
        for year in range(middle - _BACK, middle + _AHEAD) if middle else ():
            found = self._in(year)
            if found is not None:
                yield found

    def _in(self, year: int) -> Period | None:
        if self.day is not None:
            found = (gregorian_day if self.calendar == "gregorian" else hijri_day)(year, self.month, self.day)
            return None if found is None else found.lasting(self.length)
        try:
            return month(year, self.month) if self.calendar == "gregorian" else hijri_month(year, self.month)
        except UnprocessableError:
            return None


def chosen(
    instances: Sequence[Period], asked: Asked, turn: int | None, *, within: Period | None = None, by: datetime | None = None
) -> Period | None:
    """Return the period that is meant among those that recur, oldest first.

    That is the one that begins in `within`; else the last one over (turn -1) or the next to begin (1); else the latest begun by now.
    """
    if within is not None and within.start is not None and within.end is not None:
        return next((each for each in instances if each.start is not None and within.start <= each.start < within.end), None)
    if turn == 1:
        return next((each for each in instances if each.start is not None and each.start > asked.now), None)
    if turn == -1:
        return next((each for each in reversed(instances) if each.end is not None and each.end <= asked.now), None)
    return next((each for each in reversed(instances) if each.start is not None and each.start <= (by or asked.now)), None)


def read_written(words: Words, place: int, asked: Asked) -> Match | None:
    """Return the period of a date or a month, or None."""
    found = written_at(words, place, asked)
    return None if found is None else found.match(asked)


def written_at(words: Words, place: int, asked: Asked) -> Written | None:
    """Return the date or the month that is written at a place, or None."""
    turn = lexicon.LEADS.get(words.at(place))
    start = place + (turn is not None)
    found = _numeric(words, start) or _day_first(words, start) or _month_first(words, start)
    if found is None or (start > place and found.day is not None):
        return None
    return _completed(words, replace(found, turn=turn, weak=found.weak and start == place), asked)


def _latin(words: Words, place: int) -> bool:
    return words.at(place).isascii()


def _numeric(words: Words, place: int) -> Written | None:
    parts = [words.at(place + step) for step in range(3)]
    if not all(part.isdigit() for part in parts) or not all(_DATE_GAP.fullmatch(words.gap(place + step)) for step in (1, 2)):
        return None
    if len(parts[0]) == 4 and len(parts[1]) <= 2 >= len(parts[2]):
        year, number, day = map(int, parts)
    elif len(parts[2]) == 4 and len(parts[0]) <= 2 >= len(parts[1]):
        day, number, year = map(int, parts)
        if number > 12:
            day, number = number, day
        elif day <= 12 and day != number and not any(token.arabic for token in words.tokens):
            return None  # who writes English may mean either
    else:
        return None
    hijri = year < _FIRST_GREGORIAN or words.at(place + 3) in _HIJRI_MARKS
    if not (1 <= number <= 12 and 1 <= day <= 31):
        return None
    return Written("hijri" if hijri else "gregorian", number, day, _past_era(words, place + 3), year=year)


def _day_first(words: Words, place: int) -> Written | None:
    day = words.day_number(place)
    if day is None:
        return None
    at = day[1]
    while words.at(at) in _MONTH_WORDS:
        at += 1
    found = words.find_prefixed(lexicon.MONTHS, at)
    if found is None or at - day[1] > 2:
        return None
    (calendar, number), end = found
    return Written(calendar, number, day[0], _doubled(words, end, calendar, number))


def _month_first(words: Words, place: int) -> Written | None:
    named = words.at(place) in ("شهر", "بشهر", "لشهر")
    found = words.find_prefixed(lexicon.MONTHS, place + named)
    if found is None:
        return None
    (calendar, number), end = found
    weak = not named and (calendar == "hijri" or words.at(place) in lexicon.WEAK_MONTHS)
    at = end + (words.at(end) == "the")
    # «مارس 2026» is a month of a year, not its twentieth day.
    day = words.day_number(at) if (_latin(words, place) and len(words.at(at)) <= 2) or words.at(at).isalpha() else None
    if day is not None and _latin(words, place) and _JOINT.fullmatch(words.gap(at)):
        return Written(calendar, number, day[0], day[1])
    return Written(calendar, number, None, _doubled(words, end, calendar, number), weak=weak)


def _doubled(words: Words, end: int, calendar: Calendar, number: int) -> int:
    """Return the place after the same month's other name: «كانون الثاني/يناير»."""
    other = words.find(lexicon.MONTHS, end) if calendar == "gregorian" and words.gap(end).strip() in ("/", "(", "-", "") else None
    return other[1] if other and other[0] == (calendar, number) else end


def _completed(words: Words, found: Written, asked: Asked) -> Written:
    """Return a date with the year, or the word for it, that stands behind."""
    if found.year is not None:
        return found
    year = year_at(words, found.end)
    if year is not None:
        return replace(found, year=year[0], end=year[1])
    return with_scope(words, found, asked)


def with_scope(words: Words, found: Written, asked: Asked) -> Written:
    """Return a recurring date with what points to one of its years: "of last year", «هذا العام», «الماضي»."""
    scoped = scope_at(words, found.end, asked)
    if scoped is not None:
        return replace(found, scope=scoped.period, end=scoped.end)
    turn = words.find(lexicon.TURNS, found.end) if not _latin(words, found.end) else None
    if turn is not None:
        return replace(found, turn=max(-1, min(1, turn[0])), end=turn[1], weak=False)
    return replace(found, weak=found.weak and found.turn is None)


def scope_at(words: Words, place: int, asked: Asked) -> Match | None:
    """Return the year that words such as "of last year" point to, or None."""
    found = read_relative(words, place + (words.at(place) in ("of", "من", "في", "in")), asked)
    if found is None or found.period.start is None or found.period.end is None:
        return None
    whole = (found.period.start.month, found.period.start.day) == (1, 1) and (found.period.end - found.period.start).days >= 365
    return found if whole else None


def year_at(words: Words, place: int) -> tuple[int, int] | None:
    """Return the year, of either calendar, that stands at a place, with or without a word for it, and the place after it."""
    at = place
    while words.at(at) in _YEAR_WORDS and at < place + 2:
        at += 1
    text = words.at(at)
    if len(text) != 4 or not text.isdigit() or not (at > place or _JOINT.fullmatch(words.gap(at)) or place == 0):
        return None
    year = int(text)
    return (year, _past_era(words, at + 1)) if 1300 <= year <= _LATEST else None


def _past_era(words: Words, place: int) -> int:
    return place + (words.at(place) in _HIJRI_MARKS | _COMMON_MARKS)


def read_year(words: Words, place: int, asked: Asked) -> Match | None:
    """Return a year: surely where a word or an era stands with it, weakly where it stands alone."""
    found = year_at(words, place)
    if found is None or words.at(place) in ("of", "من"):
        return None
    year, end = found
    sure = words.at(place) in _YEAR_WORDS or words.at(end - 1) in _HIJRI_MARKS | _COMMON_MARKS
    if words.at(end - 1) in _HIJRI_MARKS or year < _FIRST_GREGORIAN:
        try:
            return Match(hijri_month(year, 1, 12), end) if sure else None
        except UnprocessableError:
            return None
    return Match(month(year, 1, 12), end, weak=not sure)
