"""What questions about the news want."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rag.recency.inquiry import Inquiry, read_inquiry

NOW = datetime(2026, 3, 10, 11, 30, tzinfo=UTC)


def inquiry(*turns: str) -> Inquiry:
    return read_inquiry(turns, now=NOW, zone=ZoneInfo("Asia/Qatar"))


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("لخص أخبار اليوم عن أسعار النفط", "أسعار النفط"),
        ("أعطني ملخص أخبار الأسبوع الماضي حول غزة", "غزة"),
        ("Summarize today's news about Qatar Airways", "Qatar Airways"),
        ("give me the latest headlines on tariffs", "tariffs"),
        ("موجز أنباء اليوم", ""),
        ("what's the news?", ""),
        ("ما أهم أخبار اليوم؟", ""),
        ("what are today's top stories?", ""),
        ("ما أهم أخبار قطر اليوم؟", "قطر"),
    ],
)
def test_digest_is_told_from_its_subject(text: str, subject: str) -> None:
    found = inquiry(text)
    assert found.digest
    assert found.subject == subject


def test_question_without_a_subject_asks_for_what_is_new() -> None:
    assert inquiry("وش صار أمس؟").digest
    assert not inquiry("وش صار أمس في الرياض؟").digest


def test_words_of_time_are_not_searched_for() -> None:
    found = inquiry("who resigned last week in Lebanon?")
    assert [term.word for term in found.terms] == ["resigned", "lebanon"]
    assert [each.text for each in found.times] == ["last week"]


def test_time_without_a_subject_asks_about_the_subject_before_it() -> None:
    found = inquiry("ما أسعار النفط اليوم؟", "وأمس؟")
    assert "النفط" in found.subject
    assert found.intervals[0].end == datetime(2026, 3, 9, 21, tzinfo=UTC)


def test_new_subject_stands_for_itself() -> None:
    assert "النفط" not in inquiry("ما أسعار النفط اليوم؟", "ومن فاز بالدوري؟").subject


def test_as_of_is_what_was_known_then() -> None:
    assert inquiry("As of 1 March, who led the polls?").known_by == datetime(2026, 3, 1, 21, tzinfo=UTC)
    assert inquiry("who leads the polls?").known_by == NOW


def test_answer_is_in_the_language_of_the_last_turn() -> None:
    assert inquiry("what happened in Doha?", "ومتى؟").language == "ar"
    assert NOW - inquiry("x").moment == timedelta()
