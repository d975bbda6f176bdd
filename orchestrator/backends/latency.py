"""Remembers how long the last answers took to begin. Knows nothing of what is timed."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from math import ceil

REMEMBERED = 512
PERCENTILES = (50, 90, 99)


class Latencies:
    """The last `remembered` times, in seconds."""

    def __init__(self, *, remembered: int = REMEMBERED) -> None:
        self._seconds: deque[float] = deque(maxlen=remembered)

    def add(self, seconds: float) -> None:
        """Remember one more."""
        self._seconds.append(seconds)

    def milliseconds(self) -> Mapping[str, float]:
        """Return the percentiles by name, `p50` and so on, each a time that was really measured; empty before the first one."""
        ranked = sorted(self._seconds)
        if not ranked:
            return {}
        return {f"p{percent}": round(ranked[ceil(len(ranked) * percent / 100) - 1] * 1000, 3) for percent in PERCENTILES}
