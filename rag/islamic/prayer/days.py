"""Which day a question about prayer asks of: today, the day after tomorrow, Friday, «1 رمضان», "5 March 2027". Knows no times of prayer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fanar.arabic.normalization import normalize
from fanar.errors import UnprocessableError
from rag.islamic.calendar.hijri import HijriDate, to_gregorian, to_hijri
from rag.islamic.calendar.names import GREGORIAN_MONTHS, HIJRI_MONTHS, WEEKDAYS_AR, WEEKDAYS_EN

_MORROW = r"(?:بكره|بكرا|غدا|غد|باكر|باچر|غدوه)"
_NEAR: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (days, re.compile(rf"(?<!\w)و?(?:{words})(?!\w)"))
    for days, words in (
        (2, rf"بعد (?:ال)?{_MORROW}|(?:the )?day after tomorrow"),
        (-2, r"(?:اول|قبل) (?:امس|البارح\w?|امبارح)|(?:the )?day before yesterday"),
        (1, rf"(?:ال)?{_MORROW}|tomorrow"),
        (-1, r"امس|البارح\w?|امبارح|مبارح|yesterday"),
    )
)
_WEEKDAYS = {normalize(name): day for names in (WEEKDAYS_AR, WEEKDAYS_EN) for day, name in enumerate(names)}
_NAMES, _ENGLISH = "|".join(_WEEKDAYS), "|".join(map(normalize, WEEKDAYS_EN))
# «خميس مشيط» is a city: an Arabic weekday is called a day, or prayed on, or ends the question, or stands before its place.
_WEEKDAY = re.compile(
    rf"(?<!\w)(?:(?:ليوم|يوم|نهار|ليله|صلاه|اذان|خطبه|on|next|this) (?P<named>{_NAMES})|(?P<last>(?:{_NAMES})(?=$| في )|{_ENGLISH}))"
    r"(?P<past> (?:الماضي\w?|الفايت\w?))?(?!\w)"
)
_MONTHS = "|".join(sorted(map(re.escape, GREGORIAN_MONTHS | HIJRI_MONTHS), key=len, reverse=True))
_YEAR = r"(?:,? ?(?:سنه |عام )?(?P<year{0}>\d{{4}})(?: ?(?:هـ?|م|ah|hijri)(?!\w))?)?"
_DATE = re.compile(
    rf"(?<!\w)(?:يوم )?(?:(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?|"
    rf"(?P<first>اول (?:يوم )?(?:من |في )?|first (?:day )?of )) ?(?:من )?(?:شهر )?(?P<month1>{_MONTHS})(?!\w){_YEAR.format(1)}|"
    rf"(?<!\w)(?P<month2>{_MONTHS}) (?:the )?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d){_YEAR.format(2)}"
)
# «2026-12-05», «5/12/2026»: the day stands first where the year stands last.
_IN_DIGITS = re.compile(
    r"(?<![\d/.-])(?:يوم |on )?(?:(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})|"
    r"(?P<day_first>\d{1,2})[-/.](?P<month_next>\d{1,2})[-/.](?P<year_last>\d{4}))(?![\d/.-])(?: ?(?P<hijri>هـ?|ah|hijri)| ?م)?(?!\w)"
)
# Other times of which one day's are no answer.
_UNREAD = re.compile(
    rf"\d|(?<!\w)(?:ب|ل|في )?(?:{'|'.join(sorted(map(re.escape, HIJRI_MONTHS), key=len, reverse=True))})(?!\w)|"
    r"(?<!\w)(?:ال)?(?:اسبوع|شهر|سنه|عام|شهري|شتا|صيف)(?!\w)|(?<!\w)(?:week|month|year|winter|summer|weekend)(?!\w)|"
    r"(?<!\w)(?:last|next|الماضي|القادم|الجاي)(?!\w)(?! third)"
)
_PLACES = (("year_last", "month_next", "day_first"), ("year", "month", "day"))
# Years before are Hijri ones.
_GREGORIAN_FROM = 1600


@dataclass(frozen=True, slots=True)
class DayAsked:
    """The day, and the question without the words for it."""

    day: date
    rest: str


def day_asked(question: str, today: date) -> DayAsked | None:
    """Return the day that a question in `search` form asks of, today where it names none; None where it names one that is not read."""
    found = next(_found(question, today), None)
    asked = DayAsked(today, question) if found is None else found
    rest = asked.rest.replace("last third", " ")
    return None if _UNREAD.search(rest) else asked


def _found(question: str, today: date) -> Iterator[DayAsked]:
    for match in _IN_DIGITS.finditer(question):
        day = _numbered(match)
        if day is not None:
            yield DayAsked(day, _without(question, match))
    for match in _DATE.finditer(question):
        day = _written(match, today)
        if day is not None:
            yield DayAsked(day, _without(question, match))
    for match in _WEEKDAY.finditer(question):
        ahead = (_WEEKDAYS[match["named"] or match["last"]] - today.weekday()) % 7
        yield DayAsked(today + timedelta(days=ahead - 7 if match["past"] else ahead), _without(question, match))
    for days, pattern in _NEAR:
        for match in pattern.finditer(question):
            yield DayAsked(today + timedelta(days=days), _without(question, match))


def _numbered(match: re.Match[str]) -> date | None:
    """Return a date in digits; None where there is no such day."""
    year, month, day = (int(number) for number in match.group(*_PLACES[match["year"] is not None]))
    try:
        return to_gregorian(HijriDate(year, month, day)) if match["hijri"] or year < _GREGORIAN_FROM else date(year, month, day)
    except (ValueError, UnprocessableError):
        return None


def _written(match: re.Match[str], today: date) -> date | None:
    """Return a date that is written; without a year the next one. None where there is no such day."""
    name = match["month1"] or match["month2"]
    day = 1 if match["first"] else int(match["day1"] or match["day2"])
    year = match["year1"] or match["year2"]
    hijri = name in HIJRI_MONTHS
    this = to_hijri(today).year if hijri else today.year
    for each in (int(year),) if year else (this, this + 1):
        try:
            found = to_gregorian(HijriDate(each, HIJRI_MONTHS[name], day)) if hijri else date(each, GREGORIAN_MONTHS[name], day)
        except (ValueError, UnprocessableError):
            continue
        if year or found >= today:
            return found
    return None


def _without(question: str, match: re.Match[str]) -> str:
    return f"{question[: match.start()]} {question[match.end() :]}"
