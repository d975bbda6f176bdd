"""Hijri dates, both ways, and the occasions of the year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hijridate import Gregorian
from hypothesis import given
from hypothesis import strategies as st

from fanar.errors import UnprocessableError
from rag.islamic.calendar.hijri import FIRST_DAY, HijriDate, covers, in_ramadan, lunar_year_after, month_length, to_gregorian, to_hijri
from rag.islamic.calendar.occasions import OCCASIONS, coming, next_occasion
from rag.islamic.calendar.telling import converted, counted, told
from rag.islamic.calendar.wording import days_text

FIRST, LAST = date.fromisoformat(FIRST_DAY.isoformat()), date(2077, 11, 16)


@given(st.dates(FIRST, LAST))
def test_dates_are_hijridates_and_come_back(day: date) -> None:
    hijri = to_hijri(day)
    expected = Gregorian.fromdate(day).to_hijri()
    assert (hijri.year, hijri.month, hijri.day) == (expected.year, expected.month, expected.day)
    assert to_gregorian(hijri) == day


@pytest.mark.parametrize("day", [FIRST - timedelta(days=1), LAST + timedelta(days=1), date(1, 1, 1), date(9999, 12, 31)])
def test_days_outside_the_table_are_refused(day: date) -> None:
    assert not covers(day)
    assert not in_ramadan(day)
    with pytest.raises(UnprocessableError):
        to_hijri(day)


@pytest.mark.parametrize(
    "hijri", [HijriDate(1342, 1, 1), HijriDate(1501, 1, 1), HijriDate(1447, 13, 1), HijriDate(1447, 9, 31), HijriDate(1447, 9, 0)]
)
def test_hijri_dates_that_are_none_are_refused(hijri: HijriDate) -> None:
    with pytest.raises(UnprocessableError):
        to_gregorian(hijri)


@pytest.mark.parametrize(
    ("name", "day"),
    # As Umm al-Qura's calendar (ummulqura.org.sa) prints them for 1447 and 1448 AH.
    [("ramadan", date(2026, 2, 18)), ("eid_al_fitr", date(2026, 3, 20)), ("arafa", date(2026, 5, 26)), ("eid_al_adha", date(2026, 5, 27)),
     ("new_year", date(2026, 6, 16)), ("ashura", date(2026, 6, 25))],
)  # fmt: skip
def test_occasions_of_2026_come_on_their_days(name: str, day: date) -> None:
    assert next_occasion(name, date(2026, 1, 1))[1] == day  # type: ignore[arg-type]


@given(st.dates(FIRST, date(2076, 1, 1)), st.sampled_from(sorted(OCCASIONS)))
def test_the_next_occasion_is_within_a_lunar_year(today: date, name: str) -> None:
    hijri, day = next_occasion(name, today)  # type: ignore[arg-type]
    assert 0 <= (day - today).days <= 355
    assert to_hijri(day) == hijri


def test_an_occasion_that_is_today_is_today() -> None:
    said = counted("eid_al_fitr", date(2026, 3, 20))
    assert said.en.startswith("Today is Eid al-Fitr")
    assert said.ar.startswith("اليوم عيد الفطر")
    assert "باقٍ على أول رمضان يوم واحد" in counted("ramadan", date(2026, 2, 17)).ar


def test_occasions_come_in_order_and_end_with_the_table() -> None:
    days = [day for _, _, day in coming(date(2026, 1, 1))]
    assert days == sorted(days)
    assert len(days) == len(OCCASIONS)
    assert not list(coming(LAST))


@given(st.dates(FIRST, date(2075, 1, 1)))
def test_a_lunar_year_ends_on_the_same_day_of_the_next_or_after_it(day: date) -> None:
    end = lunar_year_after(day)
    assert 353 <= (end - day).days <= 356
    start, after = to_hijri(day), to_hijri(end)
    following = HijriDate(start.year + 1 + start.month // 12, start.month % 12 + 1, 1)
    assert after in (HijriDate(start.year + 1, start.month, start.day), following)


def test_a_lunar_year_that_leaves_the_table_is_refused() -> None:
    with pytest.raises(UnprocessableError):
        lunar_year_after(LAST)


def test_a_year_is_told_with_its_months_and_occasions() -> None:
    year = told(date(2026, 2, 18), today=date(2026, 2, 1), occasion="arafa", year=1447)["year"]
    assert [month["days"] for month in year["months"]] == [month_length(1447, month) for month in range(1, 13)]
    assert year["days"] in (354, 355)
    assert {each["id"] for each in year["occasions"]} == set(OCCASIONS)


def test_both_languages_say_that_a_day_may_differ() -> None:
    said = converted(date(2026, 2, 18))
    assert said.en.splitlines()[0] == "Wednesday, 18 February 2026 = 1 Ramadan 1447 AH"
    assert "may differ by a day" in said.en
    assert "قد يختلف يومًا" in said.ar
    assert said.ar.splitlines()[0] == "الأربعاء 18 فبراير 2026م = 1 رمضان 1447هـ"


def test_arabic_days_are_counted_as_grammar_wants() -> None:
    assert [days_text(count).ar for count in (1, 2, 3, 10, 11, 100, 103)] == [
        "يوم واحد",
        "يومان",
        "3 أيام",
        "10 أيام",
        "11 يومًا",
        "100 يوم",
        "103 أيام",
    ]
