"""Dates as intervals of days, Gregorian and Hijri."""

from __future__ import annotations

from datetime import date

import pytest

from fanar.attribution.claims.comparison import compare
from fanar.attribution.claims.moments import Moment
from fanar.attribution.claims.reading import read


def only(sentence: str) -> Moment:
    (moment,) = read(sentence).moments
    return moment


def relation(claim: str, passage: str) -> str:
    (compared,) = compare(read(claim), read(passage), {})
    return compared.relation


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("on 5 March 2010", (2010, 3, 5), (2010, 3, 5)),
        ("on March 5th, 2010", (2010, 3, 5), (2010, 3, 5)),
        ("في ٥ آذار ٢٠١٠", (2010, 3, 5), (2010, 3, 5)),
        ("in February 2012", (2012, 2, 1), (2012, 2, 29)),
        ("عام 1999", (1999, 1, 1), (1999, 12, 31)),
        ("in the 1990s", (1990, 1, 1), (1999, 12, 31)),
        ("1 محرم 1444 هـ", (2022, 7, 30), (2022, 7, 30)),
        ("كانون الثاني 2020", (2020, 1, 1), (2020, 1, 31)),
        ("في 2015 عقد المؤتمر", (2015, 1, 1), (2015, 12, 31)),
        ("سنة ألف وتسعمئة وثمان وأربعين", (1948, 1, 1), (1948, 12, 31)),
        ("في عام ألفين وستة وعشرين", (2026, 1, 1), (2026, 12, 31)),
        ("5 مارس ألفين وعشرة", (2010, 3, 5), (2010, 3, 5)),
        ("عام ألف وأربعمئة وأربعة وأربعين للهجرة", (2022, 7, 30), (2023, 7, 18)),
    ],
)
def test_a_date_is_as_long_as_it_is_written(sentence: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    moment = only(sentence)
    assert (moment.low, moment.high) == (date(*first).toordinal(), date(*last).toordinal())


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("في 2010", "on 5 March 2010", "same"),
        ("on 5 March 2010", "in 2010", "near"),
        ("before 2012", "in 2010", "same"),
        ("after 2012", "in 2010", "apart"),
        ("منذ عام 2010", "عام 2010", "same"),
        ("بعد عام 2010", "في يونيو 2010", "apart"),
        ("in August 2022", "في محرم 1444 هـ", "near"),
        ("in 2022", "في محرم 1444 هـ", "same"),
        ("in 1258", "في 656 هـ", "near"),
        ("in 1358", "في 656 هـ", "apart"),
        ("on 12 May 2019", "في 7 رمضان 1440 هـ", "same"),
        ("on 13 May 2019", "on 7 Ramadan 1440", "same"),
        ("on 15 May 2019", "on 7 Ramadan 1440 AH", "apart"),
        ("on 13 May 2019", "on 12 May 2019", "apart"),
        ("on 3 Rabi al-Awwal 1441", "في 3 ربيع الأول 1441", "same"),
        ("على مدى عام 2020", "في أربعة أشهر من عام 2021", "apart"),
    ],
)
def test_dates_of_two_calendars_meet_where_their_days_do(claim: str, passage: str, expected: str) -> None:
    assert relation(claim, passage) == expected


@pytest.mark.parametrize("sentence", ["1990 people came", "they may 2", "1999,5 meters", "2500 metres"])
def test_what_is_no_date_is_none(sentence: str) -> None:
    assert not [moment for moment in read(sentence).moments if moment.high - moment.low < 200]
