"""What Prometheus scrapes: counts and times of requests. Knows nothing of HTTP; labels are few, because each value is a series for ever."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from fanar.events import Usage

_LONG = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
_SHORT = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3)


class Metrics:
    """One registry of its own, so that several platforms can live in one process. Callers pass only labels from closed lists."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=registry)
        self._requests = Counter("fanar_requests", "Requests by what became of them", ("route", "model", "status"), registry=registry)
        self._seconds = Histogram("fanar_request_seconds", "From request to last byte", ("route",), registry=registry, buckets=_LONG)
        self._first = Histogram("fanar_first_token_seconds", "From request to first text", ("route",), registry=registry, buckets=_LONG)
        self._tokens = Counter("fanar_tokens", "Tokens as the models counted them", ("model", "kind"), registry=registry)
        # Labels are few, and finding a series by its labels is dearer than counting in it.
        self._request_series = lru_cache(maxsize=None)(self._requests.labels)
        self._seconds_series = lru_cache(maxsize=None)(self._seconds.labels)
        self._first_series = lru_cache(maxsize=None)(self._first.labels)
        self._token_series = lru_cache(maxsize=None)(self._tokens.labels)
        self._streams = Gauge("fanar_streams_in_progress", "Answers being written", registry=registry)
        self._uncounted = Counter(
            "fanar_limits_not_shared", "Requests counted by one process alone because Redis did not answer", registry=registry
        )
        self._steps = {
            step: Histogram(f"fanar_{step}_seconds", f"Time of {step}", registry=registry, buckets=_SHORT)
            for step in ("routing", "retrieval")
        }

    def request_ended(self, *, route: str, model: str, status: str, seconds: float) -> None:
        """Count a request; `status` is "ok" or the code of the error."""
        self._request_series(route, model, status).inc()
        self._seconds_series(route).observe(seconds)

    def text_began(self, *, route: str, seconds: float) -> None:
        """Note how long a reader waited for the first text."""
        self._first_series(route).observe(seconds)

    def tokens_used(self, *, model: str, usage: Usage) -> None:
        """Count the tokens of an answer."""
        self._token_series(model, "prompt").inc(usage.prompt_tokens)
        self._token_series(model, "completion").inc(usage.completion_tokens)

    def counted_alone(self) -> None:
        """Count a request that could not be counted together with those of other processes."""
        self._uncounted.inc()

    def stream_began(self) -> None:
        """Count an answer as in progress; it must be counted off by `stream_ended`."""
        self._streams.inc()

    def stream_ended(self) -> None:
        """Count an answer off."""
        self._streams.dec()

    @contextmanager
    def stream(self) -> Iterator[None]:
        """Count an answer as in progress."""
        with self._streams.track_inprogress():
            yield

    @contextmanager
    def routing(self) -> Iterator[None]:
        """Time a routing decision, also one that fails."""
        with self._timed("routing"):
            yield

    @contextmanager
    def retrieval(self) -> Iterator[None]:
        """Time a retrieval, also one that fails."""
        with self._timed("retrieval"):
            yield

    def expose(self) -> bytes:
        """Return all values in Prometheus' text format; its media type is `content_type`."""
        return generate_latest(self._registry)

    @contextmanager
    def _timed(self, step: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self._steps[step].observe(time.perf_counter() - began)
