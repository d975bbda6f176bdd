"""Days by their names, parts of days, weekends, quarters, halves, seasons, occasions of the Hijri year, beginnings and ends.

Knows nothing of words that bound a stretch, such as "before".
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from rag.islamic.calendar.occasions import OCCASIONS
from rag.recency.dates import lexicon
from rag.recency.dates.clock import read_clock
from rag.recency.dates.match import Match, longest_of
from rag.recency.dates.periods import FRIDAY, SATURDAY, Asked, Period, days, month, third, unit_of, weekday_after, weekday_before
from rag.recency.dates.relative import read_relative
from rag.recency.dates.tokens import Words
from rag.recency.dates.written import Written, chosen, read_written, read_year, scope_at, with_scope, year_at

_DAY_LEADS = frozenset(("يوم", "نهار", "ليوم"))
_OF = frozenset(("of", "من", "في", "in", "on", "the", "شهر", "يوم", "at"))


def read_named(words: Words, place: int, asked: Asked) -> Match | None:
    """Return the period that stands at a place under any name, or None."""
    found = longest_of(_READERS, words, place, asked)
    return found if found is None or found.weak or found.moment else _at_its_time(words, found)


def _at_its_time(words: Words, found: Match) -> Match:
    """Return the time of the clock that stands behind a day or a part of one: «أمس الساعة الثالثة عصرًا», "Sunday at 3 pm"."""
    period, day = found.period, timedelta(days=1)
    if period.start is None or period.end is None or period.end - period.start > day:
        return found
    clock = read_clock(words, found.end, told=period.end - period.start < day)
    return Match(clock.on(period), clock.end, moment=True) if clock else found


def _timed(words: Words, place: int, asked: Asked) -> Match | None:
    """Read a time of the clock, and the day behind it; without one it is the latest that has begun."""
    clock = read_clock(words, place)
    if clock is None:
        return None
    at = clock.end
    while words.at(at) in _OF:
        at += 1
    day = longest_of((_part, _day), words, at, asked)
    if day is not None:
        return Match(clock.on(day.period), day.end, moment=True)
    times = [clock.on(days(asked.today - timedelta(days=back))) for back in (0, 1)]
    return Match(times[times[0].start is not None and times[0].start > asked.now], clock.end, moment=True)


def _day(words: Words, place: int, asked: Asked) -> Match | None:
    """Read a day, and a part of it where one is told: «البارحة», "Sunday night", «الأحد 8 مارس صباحًا»."""
    found = _whole_day(words, place, asked)
    if found is None:
        return None
    at = found.end + (words.at(found.end) in ("في", "at", "in"))
    part = words.find(lexicon.PARTS, at) if at < len(words) else None
    if part is None and at > found.end:
        part = words.find(lexicon.PARTS, found.end)
    return Match(found.period.part(*part[0]), part[1]) if part else found


def _whole_day(words: Words, place: int, asked: Asked) -> Match | None:
    return longest_of((_day_word, _weekday, _written_day), words, place, asked)


def _day_word(words: Words, place: int, asked: Asked) -> Match | None:
    found = words.find_prefixed(lexicon.DAYS, place)
    if found is None:
        return None
    if found[0] == 0 and (words.at(place - 1) in lexicon.NOT_TODAY_AFTER or words.at(found[1]) in lexicon.NOT_TODAY_BEFORE):
        return None
    day = asked.today + timedelta(days=found[0])
    # «غدٍ الاثنين» says the same twice.
    again = words.find_prefixed(lexicon.WEEKDAYS, found[1]) if words.tokens[place].arabic else None
    return Match(days(day), again[1] if again and again[0] == day.weekday() else found[1])


def _written_day(words: Words, place: int, asked: Asked) -> Match | None:
    found = read_written(words, place, asked)
    if found is None or found.period.start is None or found.period.end is None:
        return None
    return found if found.period.end - found.period.start == timedelta(days=1) else None


def _weekday(words: Words, place: int, asked: Asked) -> Match | None:
    lead = lexicon.LEADS.get(words.at(place))
    start = place + (lead is not None or words.at(place) in _DAY_LEADS)
    found = words.find_prefixed(lexicon.WEEKDAYS, start)
    if found is None or words.at(place - 1) in lexicon.NOT_A_WEEKDAY_AFTER or words.at(found[1]) in lexicon.NOT_A_WEEKDAY_BEFORE:
        return None
    weekday, end = found
    exact = _written_day(words, end + (words.at(end) in ("the", "الموافق")), asked)
    if exact is not None:
        return exact
    week = read_relative(words, end + (words.at(end) in ("of", "من", "في")), asked)
    if week is not None and week.period.start is not None and week.period == _week_of(week.period, asked):
        return Match(days((week.period.start + timedelta(days=(weekday - week.period.start.weekday()) % 7)).date()), week.end)
    turn = words.find(lexicon.TURNS, end)
    way, end = turn if turn is not None else (lead, end)
    if way is None and len(words.at(found[1] - 1)) <= 4 and words.at(start) in ("جمعه", "سبت"):
        return None
    return Match(days(_weekday_meant(asked, weekday, way)), end)


def _week_of(period: Period, asked: Asked) -> Period | None:
    if period.start is None or period.end is None or period.end - period.start != timedelta(weeks=1):
        return None
    return period if period.start.weekday() == asked.week else None


def _weekday_meant(asked: Asked, weekday: int, way: int | None) -> date:
    if way is None:
        return weekday_before(asked, weekday, today=True)
    if way == 0:
        start = unit_of(asked, "week").start
        assert start is not None, "weeks have bounds"  # noqa: S101
        return (start + timedelta(days=(weekday - asked.week) % 7)).date()
    found = weekday_after(asked, weekday) if way > 0 else weekday_before(asked, weekday, today=False)
    return found + timedelta(weeks=(abs(way) - 1) * (1 if way > 0 else -1))


def _part(words: Words, place: int, asked: Asked) -> Match | None:
    """Read a part of a day before the day: «صباح اليوم», "the morning of March 3"; or one that tells its day: "tonight"."""
    single = words.find(lexicon.SINGLE_PARTS, place)
    start = place + (words.at(place) == "the")
    found = words.find(lexicon.PARTS, start)
    at = found[1] if found else start
    while words.at(at) in ("of", "on", "من"):
        at += 1
    day = _whole_day(words, at, asked) if found else None
    if found is not None and day is not None and (single is None or day.end > single[1]):
        return Match(day.period.part(*found[0]), day.end)
    if single is None:
        return None
    offset, hours = single[0]
    return Match(days(asked.today + timedelta(days=offset)).part(*hours), single[1])


def _weekend(words: Words, place: int, asked: Asked) -> Match | None:
    start = place + (words.at(place) == "the")
    lead = lexicon.LEADS.get(words.at(start))
    start += lead is not None
    found = words.find(lexicon.WEEKENDS, start)
    if found is None:
        return None
    turn = words.find(lexicon.TURNS, found[1])
    way, end = turn or (lead, found[1])
    first = FRIDAY if words.tokens[start].arabic else SATURDAY
    latest = days(weekday_before(asked, first, today=True), 2)
    assert latest.start is not None and latest.end is not None, "weekends have bounds"  # noqa: S101, PT018
    ours = latest.end > asked.now  # it is the weekend now
    weeks = {None: 0, 0: 0 if ours else 1, 1: 1 if ours else 2, 2: 2, -1: -1 if ours else 0, -2: -2 if ours else -1}[way]
    return Match(Period(latest.start + timedelta(weeks=weeks), latest.end + timedelta(weeks=weeks)), end)


def _fraction(words: Words, place: int, asked: Asked) -> Match | None:
    """Read quarters and halves of years."""
    start = place + (words.at(place) == "the")
    quarter, half = words.find(lexicon.QUARTERS, start), words.find(lexicon.HALVES, start)
    found = quarter or half
    if found is None:
        return None
    size = 3 if quarter else 6
    number = (found[0] - 1) * size + 1
    return _of_year(words, found[1], asked, number, size)


def _of_year(words: Words, end: int, asked: Asked, number: int, size: int, *, turn: int | None = None) -> Match | None:
    year = year_at(words, end)
    if year is not None:
        return Match(month(year[0], number, size), year[1])
    instances = [month(each, number, size) for each in range(asked.today.year - 2, asked.today.year + 3)]
    scope = scope_at(words, end, asked)
    if scope is not None:
        within = chosen(instances, asked, None, within=scope.period)
        return None if within is None else Match(within, scope.end)
    told = words.find(lexicon.TURNS, end) if turn is None and not words.at(end).isascii() else None
    way, end = told or (turn, end)
    current = [each for each in instances if each.start and each.end and each.start <= asked.now < each.end]
    found = current[0] if way == 0 and current else chosen(instances, asked, way)
    return None if found is None else Match(found, end, weak=way is None)


def _season(words: Words, place: int, asked: Asked) -> Match | None:
    start = place + (words.at(place) == "the")
    lead = lexicon.LEADS.get(words.at(start))
    found = words.find_prefixed(lexicon.SEASONS, start + (lead is not None))
    if found is None:
        return None
    match = _of_year(words, found[1], asked, found[0], 3, turn=lead)
    # "fall" and «ربيع» are other words besides.
    return None if match is None or (match.weak and words.at(start) in ("fall", "spring", "ربيع", "صيف", "خريف", "شتا")) else match


def _occasion(words: Words, place: int, asked: Asked) -> Match | None:
    lead = lexicon.LEADS.get(words.at(place))
    start = place + (lead is not None)
    found = words.find_prefixed(lexicon.OCCASIONS, start) or (
        words.find(lexicon.OCCASIONS, start + 1) if words.at(start) == "the" else None
    )
    if found is None:
        return None
    occasion = OCCASIONS[found[0]]
    length = lexicon.OCCASION_DAYS.get(found[0], 1)
    told = Written("hijri", occasion.month, occasion.day, found[1], turn=lead, length=length, weak=lead is None)
    year = year_at(words, told.end)
    told = replace(told, year=year[0], end=year[1]) if year else with_scope(words, told, asked)
    return told.match(asked)


def _third(words: Words, place: int, asked: Asked) -> Match | None:
    """Read "late February", «مطلع العام الجاري»."""
    found = words.find_prefixed(lexicon.THIRDS, place)
    if found is None:
        return None
    which, at = found
    while words.at(at) in _OF and at < found[1] + 2:
        at += 1
    whole = longest_of((read_written, read_relative, read_year, _this_one), words, at, asked)
    if whole is None or whole.period.start is None or whole.period.end is None or (whole.period.end - whole.period.start).days < 7:
        return None
    return Match(third(whole.period, which), whole.end)


def _this_one(words: Words, place: int, asked: Asked) -> Match | None:
    """Read «العام», «الشهر», "the year" after a beginning or an end: this one."""
    at = place + (words.at(place) == "the")
    unit = lexicon.PRESENT.get(words.at(at))
    return None if unit is None else Match(unit_of(asked, unit), at + 1)


def _holiday(words: Words, place: int, asked: Asked) -> Match | None:
    """Read a day that the Gregorian calendar fixes."""
    lead = lexicon.LEADS.get(words.at(place))
    found = words.find(lexicon.HOLIDAYS, place + (lead is not None))
    if found is None:
        return None
    told = Written("gregorian", *found[0], found[1], turn=lead)
    year = year_at(words, told.end)
    return (replace(told, year=year[0], end=year[1]) if year else with_scope(words, told, asked)).match(asked)


_READERS = (_timed, _part, _day, read_relative, read_written, read_year, _weekend, _fraction, _season, _occasion, _holiday, _third)
