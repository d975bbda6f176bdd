"""Expressions of time in questions."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rag.recency.dates.expressions import read_times
from tests.benchmarks.time_phrases import Case, cases, judged

DOHA = ZoneInfo("Asia/Qatar")
NOW = datetime(2026, 3, 10, 11, 30, tzinfo=UTC)
DEVELOPED_WITH = [case for case in cases() if case.split == "dev"]


@pytest.mark.parametrize("variety", sorted({case.variety for case in DEVELOPED_WITH}))
def test_sentences_that_the_reader_was_developed_with_are_understood_where_they_are_marked(variety: str) -> None:
    def wrong(case: Case) -> bool:
        right, _, placed = judged(case)
        return not (right and placed)

    assert not [case.marked for case in DEVELOPED_WITH if case.variety == variety and wrong(case)]


def test_of_all_sentences_that_were_written_down_hardly_one_is_misread() -> None:
    every = list(cases())
    assert sum(not judged(case)[0] for case in every) < len(every) / 50


def test_intervals_are_half_open_and_utc() -> None:
    (found,) = read_times("ماذا حدث أمس؟", now=NOW, zone=DOHA)
    assert (found.interval.start, found.interval.end) == (datetime(2026, 3, 8, 21, tzinfo=UTC), datetime(2026, 3, 9, 21, tzinfo=UTC))
    assert found.interval.holds(datetime(2026, 3, 8, 21, tzinfo=UTC))
    assert not found.interval.holds(datetime(2026, 3, 9, 21, tzinfo=UTC))


def test_offsets_are_those_of_the_text_that_was_sent() -> None:
    text = "👀 ماذا حَدَثَ  في الأُسْبوع المـاضي؟ and yesterday"
    assert [text[each.start : each.end] for each in read_times(text, now=NOW, zone=DOHA)] == ["في الأُسْبوع المـاضي", "yesterday"]


def test_today_is_the_askers_today() -> None:
    late = datetime(2026, 3, 10, 22, 30, tzinfo=UTC)
    (there,) = read_times("today", now=late, zone=DOHA)
    (here,) = read_times("today", now=late, zone=ZoneInfo("America/New_York"))
    assert there.interval.start == datetime(2026, 3, 10, 21, tzinfo=UTC)
    assert here.interval.start == datetime(2026, 3, 10, 4, tzinfo=UTC)


def test_days_on_which_clocks_change_have_the_length_they_have() -> None:
    (found,) = read_times("on March 29, 2026", now=NOW, zone=ZoneInfo("Europe/Berlin"))
    assert found.interval.start is not None
    assert found.interval.end is not None
    assert (found.interval.end - found.interval.start).total_seconds() == 23 * 3600


@pytest.mark.parametrize(("week", "begins"), [(0, 2), (5, 28), (6, 1)])
def test_week_begins_on_the_day_that_the_caller_says(week: int, begins: int) -> None:
    (found,) = read_times("الأسبوع الماضي", now=NOW, zone=ZoneInfo("UTC"), week=week)
    assert found.interval.start is not None
    assert found.interval.start.day == begins


@pytest.mark.parametrize(
    ("text", "begins"),
    [("in a few weeks", 6), ("a few weeks from now", 6), ("in a couple of weeks", 23), ("a few weeks ago", 9), ("a few weeks earlier", 9)],
)
def test_a_few_weeks_lie_on_the_side_that_the_words_point_to(text: str, begins: int) -> None:
    (found,) = read_times(text, now=NOW, zone=ZoneInfo("UTC"))
    assert found.interval.start is not None
    assert found.interval.start.day == begins
    assert (found.interval.start < NOW) == ("ago" in text or "earlier" in text)


def test_question_as_of_a_moment_wants_what_was_known_then() -> None:
    (found,) = read_times("As of 1 March, who led?", now=NOW, zone=ZoneInfo("UTC"))
    assert found.kind == "as_of"
    assert found.interval.end == datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "9999 years ago",
        "in 0000-00-00",
        "on 31 February 2026",
        "5000 محرم 1600هـ",
        "قبل 99999999999999 سنة",
        "30 صفر 1447",
        "between 5 and",
        "from to until",
        "من إلى",
        "between March and",
        "1-2-3-4-5",
        "",
        "§§§",
        "\ud800 today's",
        "\u202eyesterday",
        "year 3000000000",
        "محرم 1200هـ",
    ],
)
def test_what_no_calendar_has_raises_nothing(text: str) -> None:
    assert all(each.text for each in read_times(text, now=NOW, zone=DOHA))


@pytest.mark.parametrize("piece", ["من ", "between 1 and ", "قبل بعد ", "the day before ", "last ", "الأسبوع ", "1-", "في يوم "])
def test_long_texts_cost_no_more_than_their_beginning(piece: str) -> None:
    def cost(text: str) -> float:
        begun = time.process_time()
        read_times(text, now=NOW, zone=DOHA)
        return time.process_time() - begun

    short, long = piece * (2_000 // len(piece)), piece * (400_000 // len(piece))
    assert cost(long) < 10 * cost(short) + 0.05
