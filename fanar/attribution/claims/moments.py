"""Dates of a sentence as intervals of days, Gregorian and Hijri alike: «رمضان ١٤٤٤» and "April 2023" meet. Knows nothing of the clock.

Hijri dates follow the Umm al-Qura calendar from 1343 to 1500; outside of it they are reckoned by the mean year, two days either way.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from hijridate import Hijri

from fanar.arabic.normalization import normalize
from fanar.arabic.numerals import read_numeral
from fanar.arabic.words import normal_forms
from fanar.attribution.claims.tokens import Token
from fanar.attribution.claims.units import unit_of

_GREGORIAN = """
january jan يناير جانفي كانون_الثاني
february feb فبراير فيفري شباط
march mar مارس آذار
april apr أبريل نيسان أفريل إبريل
may مايو أيار ماي
june jun يونيو حزيران جوان يونيه
july jul يوليو تموز جويلية يوليوز يوليه
august aug أغسطس آب أوت غشت
september sept sep سبتمبر أيلول شتنبر
october oct أكتوبر تشرين_الأول
november nov نوفمبر تشرين_الثاني نونبر
december dec ديسمبر كانون_الأول دجنبر
"""
_HIJRI = """
محرم المحرم muharram
صفر safar
ربيع_الأول rabi_al_awwal rabi_i
ربيع_الآخر ربيع_الثاني rabi_al_thani rabi_al_akhir rabi_ii
جمادى_الأولى جمادى_الأول jumada_al_ula jumada_al_awwal jumada_i
جمادى_الآخرة جمادى_الثانية jumada_al_akhira jumada_al_thani jumada_ii
رجب rajab
شعبان shaban sha'ban
رمضان ramadan ramadhan
شوال shawwal
ذو_القعدة ذي_القعدة dhu_al_qadah dhu_al_qa'dah dhul_qadah
ذو_الحجة ذي_الحجة dhu_al_hijjah dhu_al_hijja dhul_hijjah dhul_hijja
"""
_BEFORE = normal_forms("before until till قبل حتى لغاية prior")
_AFTER = normal_forms("after since from following بعد منذ عقب")
_YEAR_CUES = normal_forms(
    "in since before after by during until from of year early late mid and to",
    "عام سنة السنة العام عامي منذ قبل بعد حتى في خلال مطلع أواخر بداية نهاية و",
)
_YEAR_NAMES = normal_forms("عام سنة العام السنة عامي year")
_HIJRI_CUES = normal_forms("هـ هجري هجرية هجريا الهجري للهجرة ah hijri")
_HELD = "عقد"  # «في 2015 عقد مؤتمر»: no decade
_EARLIEST, _LATEST = 1_000, 2_199
_LONGEST = 8  # words of a year
_MEAN_YEAR = 354.36707
_EPOCH = date(622, 7, 19).toordinal()


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as days since year 1, [low, high], unbounded where the sentence says before or after; the tokens that it takes."""

    low: float
    high: float
    first: int
    after: int
    bound: str = "exact"
    calendar: str = "gregorian"


def _months(table: str) -> Mapping[tuple[str, ...], int]:
    rows = table.strip().splitlines()
    return {tuple(normalize(name.replace("_", " ")).split()): month for month, row in enumerate(rows, 1) for name in row.split()}


_MONTHS = {name: ("gregorian", month) for name, month in _months(_GREGORIAN).items()} | {
    name: ("hijri", month) for name, month in _months(_HIJRI).items()
}
_AMBIGUOUS = frozenset(("may", "march", "mar", "صفر", "محرم", "ماي"))


def read_moments(tokens: Sequence[Token]) -> list[Moment]:
    """Return the dates of a sentence in order: days, months and years, and years alone where the words around say so."""
    found: list[Moment] = []
    at = 0
    while at < len(tokens):
        moment = _dated(tokens, at) or _year_alone(tokens, at)
        if moment is None:
            at += 1
            continue
        found.append(moment)
        at = moment.after
    return found


def _dated(tokens: Sequence[Token], at: int) -> Moment | None:
    """Read a date that names its month and begins at `at`: with its day before or behind, and its year."""
    day, month_at = (_whole(tokens, at, 1, 31), at + 1)
    if day is None:
        month_at = at
    elif month_at < len(tokens) and tokens[month_at].form in ("st", "nd", "rd", "th", "من", "of"):
        month_at += 1
    named = _month(tokens, month_at)
    if named is None:
        return None
    calendar, month, after = named
    if day is None and (day := _whole(tokens, after, 1, 31)) is not None:
        after += 1
        after += after < len(tokens) and tokens[after].form in ("st", "nd", "rd", "th")
    after += after < len(tokens) and tokens[after].form in ("من", "عام", "سنه", "of", "in")
    low, high = (1000, 2199) if calendar == "gregorian" else (1, 1600)
    digits = _whole(tokens, after, low, high)
    written = (digits, after + 1) if digits is not None else _in_words(tokens, after, high)
    if written is None:
        return None
    year, end = written
    interval = _days(calendar, year, month, day)
    end += end < len(tokens) and tokens[end].form in _HIJRI_CUES
    return _bounded(tokens, at, end, interval, calendar) if interval is not None else None


def _month(tokens: Sequence[Token], at: int) -> tuple[str, int, int] | None:
    for length in (3, 2, 1):
        name = tuple(token.form for token in tokens[at : at + length])
        if len(name) == length and name in _MONTHS:
            return (*_MONTHS[name], at + length)
    return None


def _year_alone(tokens: Sequence[Token], at: int) -> Moment | None:
    if at and tokens[at - 1].form in _YEAR_NAMES and (read := _in_words(tokens, at, _LATEST)) is not None:
        return _named_year(tokens, at, *read)
    written = _whole(tokens, at, 100, _LATEST)
    if written is None or len(tokens[at].form) < 3:
        return None
    before = tokens[at - 1].form if at else ""
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    if behind is not None and behind.form in _HIJRI_CUES:
        interval = _days("hijri", written, None, None)
        return _bounded(tokens, at, at + 2, interval, "hijri") if interval is not None else None
    if written < 1000 or (tokens[at].end - tokens[at].start) != 4:
        return None
    if behind is not None and behind.form == "s" and behind.start == tokens[at].end:
        return _bounded(tokens, at, at + 2, (_first(written), _last(written + 9)))
    if behind is not None and ((behind.form != _HELD and unit_of(behind.form)) or (not behind.stop and before not in _YEAR_CUES)):
        return None
    return _bounded(tokens, at, at + 1, (_first(written), _last(written)))


def _named_year(tokens: Sequence[Token], at: int, year: int, after: int) -> Moment | None:
    """Read «سنة ألف وتسعمئة وثمان وأربعين», and «عام ألف وأربعمئة وسبعة وأربعين للهجرة»."""
    if after < len(tokens) and tokens[after].form in _HIJRI_CUES:
        interval = _days("hijri", year, None, None)
        return _bounded(tokens, at, after + 1, interval, "hijri") if interval is not None else None
    return _bounded(tokens, at, after, (_first(year), _last(year)))


def _in_words(tokens: Sequence[Token], at: int, high: int) -> tuple[int, int] | None:
    """Return a year from 1000 on that is written out in words, and the position after it."""
    read = read_numeral([token.form for token in tokens[at : at + _LONGEST]], 0)
    return (read[0], at + read[1]) if read is not None and _EARLIEST <= read[0] <= high else None


def _whole(tokens: Sequence[Token], at: int, low: int, high: int) -> int | None:
    if at >= len(tokens) or tokens[at].kind != "number" or not tokens[at].form.isdigit():
        return None
    value = int(tokens[at].form)
    return value if low <= value <= high else None


def _days(calendar: str, year: int, month: int | None, day: int | None) -> tuple[int, int] | None:
    if calendar == "hijri":
        return _hijri_days(year, month, day)
    assert month is not None  # noqa: S101 - years alone do not come here
    length = monthrange(year, month)[1]
    if day is not None and day > length:
        return None
    return date(year, month, day or 1).toordinal(), date(year, month, day or length).toordinal()


def _hijri_days(year: int, month: int | None, day: int | None) -> tuple[int, int] | None:
    if not 1343 <= year <= 1500:
        start = _EPOCH + (year - 1) * _MEAN_YEAR + ((month or 1) - 1) * 29.53 + ((day or 1) - 1)
        span = 0 if day else 29 if month else 354
        return int(start) - 2, int(start) + span + 2
    first = Hijri(year, month or 1, 1)
    last = Hijri(year, month or 12, 1)
    if day is not None and day > first.month_length():
        return None
    begins = first.to_gregorian().toordinal() + (day or 1) - 1
    return begins, begins if day else last.to_gregorian().toordinal() + last.month_length() - 1


def _bounded(tokens: Sequence[Token], first: int, after: int, interval: tuple[int, int], calendar: str = "gregorian") -> Moment:
    before = tokens[first - 1].form if first else ""
    named = first > 0 and before in _YEAR_NAMES
    if (named or before in ("the", "early", "late", "mid", "يوم", "in")) and first > 1:
        before = tokens[first - 2].form
    # «عام» says no more than the number behind it.
    first -= named
    if before in _BEFORE:
        return Moment(-inf, interval[0] - 1, first, after, "before", calendar)
    if before in _AFTER:
        low = interval[0] if before in ("since", "from", "منذ") else interval[1] + 1
        return Moment(low, inf, first, after, "after", calendar)
    return Moment(interval[0], interval[1], first, after, calendar=calendar)


def _first(year: int) -> int:
    return date(year, 1, 1).toordinal()


def _last(year: int) -> int:
    return date(year, 12, 31).toordinal()
