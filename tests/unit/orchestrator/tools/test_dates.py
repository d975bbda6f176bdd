from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.tools.dates import DateTool
from orchestrator.tools.hijri import HijriTool
from orchestrator.tools.toolbox import Toolbox

NOW = datetime(2026, 3, 14, 9, 5, tzinfo=timezone(timedelta(hours=3)))
DATES = DateTool(clock=lambda: NOW)
HIJRI = HijriTool(clock=lambda: NOW)


def value_of(tool: DateTool | HijriTool, text: str) -> str | None:
    result = tool.parse(text)
    return None if result is None else result.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("What day of the week was 25 December 2020?", "2020-12-25"),
        ("أي يوم كان 3 أيار 1987", "1987-05-03"),
        ("ما هو يوم 2024-07-01؟", "2024-07-01"),
        ("How many days between 17 Feb 2024 and 5 Nov 2024?", "262"),
        ("كام يوم بين ٦ اكتوبر ١٩٧٣ و٢٥ ابريل ١٩٨٢؟", "3123"),
        ("كم يوماً بين 14 مارس 1995 و2 يناير 2001؟", "2121"),
        ("شحال من يوم بين 1 جانفي 2024 و 1 فيفري 2024", "31"),
        ("how many days until December 25?", "286"),
        ("كم باقي على 1 يناير", "293"),
        ("كم يوم باقي على 14 مارس", "0"),
        ("how many days until 1 March 2026", "-13"),
        ("كم باقي على 1 مارس 2026", "-13"),
        ("what is the date 90 days after 1 Jan 2024", "2024-03-31"),
        ("what date is 3 weeks from today", "2026-04-04"),
        ("بعد 45 يوم من اليوم كم التاريخ", "2026-04-28"),
        ("بعد اسبوعين من 1 آذار 2026 كم التاريخ", "2026-03-15"),
        ("what was the date 10 days ago", "2026-03-04"),
        ("هل سنة 2028 كبيسة؟", "true"),
        ("هل سنة ألفين وثمانية وعشرين كبيسة؟", "true"),
        ("أي يوم كان 3 مارس ألفين وستة وعشرين", "2026-03-03"),
        ("is 1900 a leap year", "false"),
        ("what's today's date?", "2026-03-14"),
        ("شو تاريخ اليوم؟", "2026-03-14"),
        ("كم الساعة الحين؟", "09:05"),
        ("what time is it?", "09:05"),
    ],
)
def test_a_question_on_dates_has_one_answer(text: str, value: str) -> None:
    assert value_of(DATES, text) == value


@pytest.mark.parametrize(
    "text",
    [
        "what day was 31 Feb 2020",
        "what day is 03/04/2024",
        "متى تنزل الرواتب هذا الشهر؟",
        "what happened on 25 January 2011?",
        "من ولد يوم 3 أيار 1987؟",
        "how many days until Ramadan",
        "2 يناير",
        "بعد شهرين من اليوم كم التاريخ",
        "what is the date 99999 weeks after 1 Jan 2024 or before",
        "",
    ],
)
def test_what_is_not_surely_about_dates_alone_is_left_alone(text: str) -> None:
    assert value_of(DATES, text) is None


@given(st.dates(date(1700, 1, 1), date(2400, 1, 1)), st.dates(date(1700, 1, 1), date(2400, 1, 1)))
def test_spans_agree_with_the_calendar(first: date, last: date) -> None:
    assert value_of(DATES, f"how many days between {first.isoformat()} and {last.isoformat()}") == str(abs((last - first).days))


def test_a_date_far_beyond_the_calendar_is_left_alone() -> None:
    assert value_of(DATES, "what is the date 99999 weeks after 1 Jan 9000") is None


def test_answers_count_days_as_arabic_does() -> None:
    said = [DATES.parse(f"كم يوما بين 1 يناير 2024 و {day} يناير 2024") for day in (2, 3, 4, 12)]
    assert [result.text.rpartition(": ")[2] for result in said if result] == ["يوم واحد.", "يومان.", "3 أيام.", "11 يومًا."]


def test_a_question_with_arabic_digits_is_answered_in_them() -> None:
    result = DATES.parse("أي يوم كان ٣ أيار ١٩٨٧")
    assert result is not None
    assert result.text == "الأحد ٣ مايو ١٩٨٧."


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ما التاريخ الهجري اليوم؟", "1447-09-25"),
        ("what's the islamic date today", "1447-09-25"),
        ("اليوم كم بالهجري", "1447-09-25"),
        ("بكرة كم بالهجري", None),
        ("في اي سنة هجرية نحن", "1447"),
        ("what hijri year is it", "1447"),
        ("14/3/2024 كم يوافق بالهجري", "1445-09-04"),
        ("كم يوافق 14/3/2024 هجري", "1445-09-04"),
        ("convert 14 March 2024 to hijri", "1445-09-04"),
        ("حوّل 12 ربيع الأول 1440 إلى التاريخ الميلادي", "2018-11-20"),
        ("convert 12 Rabi al-Awwal 1440 to gregorian", "2018-11-20"),
        ("1 رمضان كم يوافق بالميلادي", "2026-02-18"),
        ("1 محرم 1200 هـ كم يوافق ميلادي", "outside"),
        ("convert 1 January 1700 to hijri", "outside"),
        ("30 صفر 1446 هـ بالميلادي", "2024-09-03"),
        ("30 رمضان 1444 هـ بالميلادي", "none"),
        ("متى رمضان", None),
        ("كم يوم رمضان", None),
        ("ما حكم صيام يوم 15 شعبان", None),
        ("", None),
    ],
)
def test_hijri_dates_are_converted_by_the_table_or_not_at_all(text: str, value: str | None) -> None:
    assert value_of(HIJRI, text) == value


def test_a_hijri_date_says_that_sighting_may_differ() -> None:
    arabic, english = HIJRI.parse("ما التاريخ الهجري اليوم؟"), HIJRI.parse("what is the hijri date today?")
    assert arabic is not None
    assert english is not None
    assert "رؤية الهلال" in arabic.text
    assert "25 Ramadan 1447 AH" in english.text
    assert "differ by a day" in english.text


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("2+2", "arithmetic"),
        ("5 km to miles", "units"),
        ("is 2024 a leap year", "dates"),
        ("كم التاريخ الهجري", "hijri"),
        ("اكتب قصة", None),
    ],
)
def test_the_toolbox_finds_the_tool(text: str, tool: str | None) -> None:
    result = Toolbox(clock=lambda: datetime(2026, 1, 1, tzinfo=UTC)).parse(text)
    assert (result.tool if result else None) == tool


def test_a_long_prompt_is_not_for_the_tools() -> None:
    assert Toolbox(clock=lambda: NOW).parse("2 + 2" + " " * 500) is None
