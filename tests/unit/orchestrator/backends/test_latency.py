"""Percentiles of what was really measured."""

from __future__ import annotations

from orchestrator.backends.latency import Latencies


def test_percentiles_are_times_that_were_measured() -> None:
    latencies = Latencies()
    for hundredth in range(1, 101):
        latencies.add(hundredth / 100)
    assert latencies.milliseconds() == {"p50": 500.0, "p90": 900.0, "p99": 990.0}


def test_only_the_last_times_count() -> None:
    latencies = Latencies(remembered=2)
    for seconds in (9.0, 1.0, 1.0):
        latencies.add(seconds)
    assert latencies.milliseconds()["p99"] == 1000.0


def test_before_the_first_answer_there_is_nothing_to_say() -> None:
    assert Latencies().milliseconds() == {}
