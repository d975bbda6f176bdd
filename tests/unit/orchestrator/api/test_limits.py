"""The sliding window, on a clock of its own."""

from __future__ import annotations

import pytest

from fanar.errors import RateLimitedError
from orchestrator.api import limits
from orchestrator.api.limits import SlidingWindow


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_oldest_request_ages_out_of_the_window() -> None:
    clock, headers = Clock(), {}
    window = SlidingWindow(requests=2, seconds=10, clock=clock)
    window.count("k", "m", headers)
    clock.now = 4
    window.count("k", "m", headers)
    assert (headers["x-ratelimit-remaining"], headers["x-ratelimit-reset"]) == ("0", "6")
    with pytest.raises(RateLimitedError) as caught:
        window.count("k", "m", headers)
    assert caught.value.retry_after == 6
    clock.now = 10
    window.count("k", "m", headers)
    assert headers["x-ratelimit-reset"] == "4"


def test_callers_and_models_are_counted_apart() -> None:
    window = SlidingWindow(requests=1, seconds=10, clock=Clock())
    for caller, model in (("a", "x"), ("a", "y"), ("b", "x")):
        window.count(caller, model, {})
    with pytest.raises(RateLimitedError):
        window.count("a", "x", {})


def test_memory_of_windows_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_WINDOWS", 2)
    window = SlidingWindow(requests=1, seconds=10, clock=Clock())
    for caller in ("a", "b", "c"):
        window.count(caller, "m", {})
    window.count("a", "m", {})


def test_without_a_limit_nothing_is_said() -> None:
    headers: dict[str, str] = {}
    SlidingWindow(requests=0, seconds=10).count("a", "m", headers)
    assert headers == {}
