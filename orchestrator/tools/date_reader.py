"""Finds Gregorian and Hijri dates in a normalised text and leaves a placeholder for each. Knows nothing of what is asked about them.

Numeric dates are read day first, as Arabic writes them, or year first; where an English prompt could mean month first, it is not sure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from fanar.arabic.numerals import read_numeral
from rag.islamic.calendar.names import GREGORIAN_MONTHS, HIJRI_MONTHS

PLACEHOLDER = "§"
_EARLIEST, _LATEST = 1_000, 2_999
_GREGORIAN_YEARS = 1_600
Calendar = Literal["gregorian", "hijri"]


def _names(months: dict[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))


_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR = r"(?P<year{0}>\d{{3,4}})(?!\d)"
_MONTH = rf"(?:شهر )?(?P<month{{0}}>{_names(GREGORIAN_MONTHS | HIJRI_MONTHS)})(?!\w)"
_AFTER = r"(?:,|،| of| عام| سنه|-|/)? ?"
_DATE = re.compile(
    "|".join(
        (
            r"(?<![\d/.-])(?P<iso>\d{4})[-/.](?P<iso_month>\d{1,2})[-/.](?P<iso_day>\d{1,2})(?![\d/.-])",
            r"(?<![\d/.-])(?P<num_day>\d{1,2})[-/.](?P<num_month>\d{1,2})[-/.](?P<num_year>\d{4})(?![\d/.-])",
            rf"(?<!\d)(?P<day1>\d{{1,2}}){_ORDINAL}(?: of|-)? ?(?:من )?{_MONTH.format(1)}(?:{_AFTER}{_YEAR.format(1)})?",
            rf"(?<!\w){_MONTH.format(2)} (?:the )?(?P<day2>\d{{1,2}}){_ORDINAL}(?!\d)(?:{_AFTER}{_YEAR.format(2)})?",
        )
    )
)
_BEFORE_YEAR = frozenset(
    ("سنه", "عام", "السنه", "العام", "لسنه", "لعام", "year", *(name.split()[-1] for name in GREGORIAN_MONTHS | HIJRI_MONTHS))
)
_HIJRI_MARK = re.compile(r" ?(?:هجريا|هجريه|هجري|هـ|ه|ah|a\.h\.|hijri)(?!\w)")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it is written; `year` is None where none is given."""

    calendar: Calendar
    year: int | None
    month: int
    day: int

    def gregorian(self, today: date, *, ahead: bool = True) -> date | None:
        """Return the date; without a year the next one (`ahead`) or this year's. None where there is no such day."""
        try:
            if self.year is not None:
                return date(self.year, self.month, self.day)
            found = date(today.year, self.month, self.day)
        except ValueError:
            return None
        try:
            return found.replace(year=today.year + 1) if ahead and found < today else found
        except ValueError:
            return None


def read_dates(text: str, *, arabic: bool, today: date) -> tuple[str, list[WrittenDate | date]] | None:
    """Return `text` with a placeholder for each date, and the dates; None where one of them could be read in two ways."""
    text = years_in_digits(text)
    found: list[WrittenDate | date] = []
    pieces: list[str] = []
    at = 0
    for match in _DATE.finditer(text):
        written = _written(match, arabic=arabic)
        if written is None:
            return None
        # «5/3/2026 هجري» asks for the Hijri date: such a year is none.
        end = match.end()
        marked = _HIJRI_MARK.match(text, end) if written.calendar == "hijri" else None
        found.append(written)
        pieces += [text[at : match.start()], f" {PLACEHOLDER} "]
        at = marked.end() if marked else end
    pieces.append(text[at:])
    return " ".join("".join(pieces).split()), found


def years_in_digits(text: str) -> str:
    """Return a normalised text with the years in digits that it writes out behind «سنة», "year" or a month."""
    words = text.split()
    found: list[str] = []
    at = 0
    while at < len(words):
        read = read_numeral(words, at) if at and words[at - 1] in _BEFORE_YEAR else None
        year = read is not None and _EARLIEST <= read[0] <= _LATEST
        found.append(str(read[0]) if read and year else words[at])
        at = read[1] if read and year else at + 1
    return " ".join(found)


def relative_day(words: str, today: date) -> date | None:
    """Return the day that a word means: today, tomorrow, yesterday, in any dialect."""
    offset = _RELATIVE.get(words)
    return None if offset is None else today + timedelta(days=offset)


_RELATIVE = {
    word: offset
    for offset, line in {
        0: "اليوم النهارده انهارده ليوم today now الان الحين دلوقتي هلق",
        1: "بكره بكرا غدا غدوه باكر باچر tomorrow",
        -1: "امس البارح امبارح مبارح البارحه yesterday",
    }.items()
    for word in line.split()
}


def _written(match: re.Match[str], *, arabic: bool) -> WrittenDate | None:
    if match["iso"]:
        year, month, day = int(match["iso"]), int(match["iso_month"]), int(match["iso_day"])
        return WrittenDate("hijri" if year < _GREGORIAN_YEARS else "gregorian", year, month, day)
    if match["num_year"]:
        day, month, year = int(match["num_day"]), int(match["num_month"]), int(match["num_year"])
        if not arabic and day <= 12 and month <= 12 and day != month:
            return None
        return WrittenDate("hijri" if year < _GREGORIAN_YEARS else "gregorian", year, month, day)
    which = "1" if match["day1"] else "2"
    name, day, written_year = match[f"month{which}"], int(match[f"day{which}"]), match[f"year{which}"]
    found_year = int(written_year) if written_year else None
    if name in HIJRI_MONTHS:
        return WrittenDate("hijri", found_year, HIJRI_MONTHS[name], day)
    return WrittenDate("gregorian", found_year, GREGORIAN_MONTHS[name], day)
