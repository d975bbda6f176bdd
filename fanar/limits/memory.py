"""Counts requests in this process: exact, at once, and forgotten when it ends. Knows nothing of keys or models."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from math import ceil
from time import time

from fanar.limits.allowance import Allowance, Count, Period, Rate, Reason, ends

_SWEEP_AFTER = 10_000
"""Counts between two looks for windows in which nothing stands any more."""


class MemoryRequestCounter:
    """A RequestCounter whose counts are those of one process. `clock` tells Unix seconds."""

    def __init__(self, *, clock: Callable[[], float] = time) -> None:
        self._clock = clock
        self._windows: dict[str, deque[float]] = {}
        self._used: dict[tuple[str, Period], tuple[float, int]] = {}
        self._ages: dict[str, float] = {}
        self._until_sweep = _SWEEP_AFTER

    async def count(self, subject: str, allowance: Allowance) -> Count:
        """Count one request of `subject`; see RequestCounter."""
        return self.count_now(subject, allowance)

    def count_now(self, subject: str, allowance: Allowance) -> Count:
        """Do what `count` does, without waiting."""
        now = self._clock()
        rate = allowance.rate if allowance.rate and allowance.rate.requests else None
        window = self._window(subject, rate, now) if rate else None
        if rate and window and len(window) >= rate.requests:
            reset = _seconds(window[0] + rate.seconds - now)
            return Count(len(window), reset, "rate", reset)
        spent = self._spent(subject, allowance, now)
        if spent is None:
            if window is not None:
                window.append(now)
            self._spend(subject, allowance, now)
        counted, reset = (len(window), _seconds(window[0] + rate.seconds - now)) if rate and window else (0, 0)
        return Count(counted, reset, *(spent or ()))

    def _window(self, subject: str, rate: Rate, now: float) -> deque[float]:
        self._sweep(now)
        window = self._windows.setdefault(subject, deque())
        self._ages[subject] = now + rate.seconds
        # A clock that was set back leaves times that are still to come: they would never age.
        while window and not now - rate.seconds < window[0] <= now:
            window.popleft()
        return window

    def _spent(self, subject: str, allowance: Allowance, now: float) -> tuple[Reason, int] | None:
        for period, most in _quotas(allowance):
            until, used = self._used.get((subject, period), (0.0, 0))
            if used >= most and now < until:
                return period, _seconds(until - now)
        return None

    def _spend(self, subject: str, allowance: Allowance, now: float) -> None:
        for period, _ in _quotas(allowance):
            until, used = self._used.get((subject, period), (0.0, 0))
            if now >= until:
                until, used = ends(period, datetime.fromtimestamp(now, UTC)).timestamp(), 0
            self._used[subject, period] = until, used + 1

    def _sweep(self, now: float) -> None:
        self._until_sweep -= 1
        if self._until_sweep:
            return
        self._until_sweep = _SWEEP_AFTER
        for subject in [subject for subject, aged in self._ages.items() if aged <= now]:
            del self._windows[subject], self._ages[subject]


def _quotas(allowance: Allowance) -> list[tuple[Period, int]]:
    quotas: list[tuple[Period, int | None]] = [("day", allowance.daily), ("month", allowance.monthly)]
    return [(period, most) for period, most in quotas if most]


def _seconds(left: float) -> int:
    return max(1, ceil(left))
