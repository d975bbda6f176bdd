"""Limits and quotas as operators write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fanar.errors import UnprocessableError
from fanar.limits.allowance import Allowance, Rate, ends, read_allowance


@pytest.mark.parametrize(
    ("text", "allowance"),
    [
        ("", Allowance()),
        ("50/60", Allowance(Rate(50, 60))),
        ("٥٠/٦٠", Allowance(Rate(50, 60))),
        ("0", Allowance(Rate(0, 1))),
        ("1000/day", Allowance(daily=1000)),
        ("20000/month 10/1 0/day", Allowance(Rate(10, 1), 0, 20_000)),
    ],
)
def test_what_is_written_is_read(text: str, allowance: Allowance) -> None:
    assert read_allowance(text) == allowance
    assert read_allowance(str(allowance)) == allowance


@pytest.mark.parametrize("text", ["50", "-1/60", "50/0", "50/60 10/60", "1/day 2/day", "1/week", "1.5/60", "9" * 30 + "/60", "day"])
def test_what_cannot_be_read_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UnprocessableError, match="50/60"):
        read_allowance(text)


def test_what_is_left_open_is_said_in_general() -> None:
    general = Allowance(Rate(50, 60), 100, 1000)
    assert Allowance().otherwise(general) == general
    assert Allowance(Rate(0, 1), monthly=5).otherwise(general) == Allowance(Rate(0, 1), 100, 5)


@pytest.mark.parametrize(
    ("allowance", "unlimited"),
    [(Allowance(), True), (Allowance(Rate(0, 1), 0, 0), True), (Allowance(Rate(1, 1)), False), (Allowance(monthly=1), False)],
)
def test_zero_is_no_limit(allowance: Allowance, unlimited: bool) -> None:
    assert allowance.unlimited is unlimited


def test_days_and_months_end_by_utc() -> None:
    assert ends("day", datetime(2026, 12, 31, 23, 59, tzinfo=UTC)) == datetime(2027, 1, 1, tzinfo=UTC)
    assert ends("month", datetime(2026, 12, 1, tzinfo=UTC)) == datetime(2027, 1, 1, tzinfo=UTC)
    assert ends("month", datetime(2028, 1, 31, 12, tzinfo=UTC)) == datetime(2028, 2, 1, tzinfo=UTC)
