"""What Prometheus is told."""

from __future__ import annotations

import pytest
from prometheus_client.parser import text_string_to_metric_families

from fanar.events import Usage
from fanar.telemetry.metrics import Metrics


def value(metrics: Metrics, name: str, **labels: str) -> float:
    families = text_string_to_metric_families(metrics.expose().decode())
    (found,) = [s.value for family in families for s in family.samples if s.name == name and labels.items() <= s.labels.items()]
    return found


def test_requests_are_counted_and_timed_by_what_became_of_them() -> None:
    metrics = Metrics()
    for status in ("ok", "ok", "timeout"):
        metrics.request_ended(route="islamic", model="Fanar", status=status, seconds=0.2)
    assert value(metrics, "fanar_requests_total", route="islamic", model="Fanar", status="ok") == 2
    assert value(metrics, "fanar_requests_total", status="timeout") == 1
    assert value(metrics, "fanar_request_seconds_count", route="islamic") == 3
    assert value(metrics, "fanar_request_seconds_bucket", route="islamic", le="0.1") == 0
    assert value(metrics, "fanar_request_seconds_bucket", route="islamic", le="0.25") == 3


def test_tokens_are_counted_by_model_and_kind() -> None:
    metrics = Metrics()
    metrics.tokens_used(model="Fanar-Star", usage=Usage(5, 7))
    metrics.tokens_used(model="Fanar-Star", usage=Usage(1, 0))
    assert value(metrics, "fanar_tokens_total", model="Fanar-Star", kind="prompt") == 6
    assert value(metrics, "fanar_tokens_total", model="Fanar-Star", kind="completion") == 7


def test_the_wait_for_the_first_text_is_timed() -> None:
    metrics = Metrics()
    metrics.text_began(route="general", seconds=0.3)
    assert value(metrics, "fanar_first_token_seconds_sum", route="general") == 0.3


def test_streams_in_progress_go_up_and_down_even_when_one_fails() -> None:
    metrics = Metrics()
    with metrics.stream():
        assert value(metrics, "fanar_streams_in_progress") == 1
        with pytest.raises(ValueError, match="x"), metrics.stream():
            raise ValueError("x")
    assert value(metrics, "fanar_streams_in_progress") == 0


@pytest.mark.parametrize("step", ["routing", "retrieval"])
def test_steps_are_timed_even_when_they_fail(step: str) -> None:
    metrics = Metrics()
    with getattr(metrics, step)():
        pass
    with pytest.raises(ValueError, match="x"), getattr(metrics, step)():
        raise ValueError("x")
    assert value(metrics, f"fanar_{step}_seconds_count") == 2


def test_two_platforms_in_one_process_count_apart_and_tell_of_the_process() -> None:
    first, second = Metrics(), Metrics()
    first.tokens_used(model="m", usage=Usage(1, 1))
    assert b'model="m"' not in second.expose()
    assert value(second, "process_resident_memory_bytes") > 0
