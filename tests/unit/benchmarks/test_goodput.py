"""What counts as an answer within the limits."""

from __future__ import annotations

import pytest

from tests.benchmarks.goodput import Limits, Side, times
from tests.load import Outcome


def outcome(*arrived: float, done: bool = True) -> Outcome:
    """An answer asked for at 10.0 whose words came then; a frame without words came before them and one after."""
    frames = [{"choices": [{"delta": {"content": word}}]} for word in ("", *("word" for _ in arrived), "")]
    return Outcome("m", 10.0, streamed=True, status=200, frames=frames, arrived=[10.0, *arrived, 99.0], done=done)


def test_first_word_and_pace_are_counted_from_words_alone() -> None:
    first, further = times(outcome(10.25, 10.3, 10.45))
    assert (first, further) == (pytest.approx(0.25), pytest.approx(0.1))


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (outcome(10.2, 10.3), True),
        (outcome(10.6, 10.7), False),
        (outcome(10.2, 11.3), False),
        (outcome(10.2, 10.3, done=False), False),
    ],
    ids=["in time", "late", "slow", "cut off"],
)
def test_limits_are_kept_by_whole_answers_in_time(answer: Outcome, kept: bool) -> None:
    assert Limits(first=0.5, further=0.5).kept_by(answer) is kept


def test_a_side_counts_answers_that_failed_too() -> None:
    side = Side("http://127.0.0.1:1/v1", "m", [outcome(10.2, 10.3), outcome(done=False)], seconds=4.0)
    assert (side.kept(Limits(first=0.5, further=0.5)), side.rate) == (0.5, 0.25)
