"""Says whether a server is worth asking, judging by what became of the requests it was sent. Knows nothing of servers.

Closed, it lets everything through. Open, it lets nothing through for a pause, which is short and never twice the same, so that many
processes do not come back at once. Then it is half open: one request goes through, and what becomes of it decides.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from time import monotonic
from typing import Literal

State = Literal["closed", "open", "half_open"]

FAILURES = 3
PAUSE_SECONDS = 1.0
_SHORTEST = 0.5  # the shortest pause, as a part of the longest


class CircuitBreaker:
    """Opens after `failures` in a row. Whoever is let in must say how it ended: `succeeded`, `failed` or `left`."""

    def __init__(
        self,
        *,
        failures: int = FAILURES,
        pause: float = PAUSE_SECONDS,
        clock: Callable[[], float] = monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._bearable = failures
        self._pause = pause
        self._clock = clock
        self._chance = chance
        self._until: float | None = None
        self._trying = False
        self.failures = 0

    @property
    def state(self) -> State:
        """What it would do with a request now."""
        if self._until is None:
            return "closed"
        return "half_open" if self._trying or self._clock() >= self._until else "open"

    @property
    def retry_in(self) -> float:
        """Seconds until a request may be let through again."""
        return 0.0 if self._until is None else max(0.0, self._until - self._clock())

    def enter(self) -> bool:
        """Let a request in, or not."""
        if self._until is None:
            return True
        if self._trying or self._clock() < self._until:
            return False
        self._trying = True
        return True

    def succeeded(self) -> None:
        """Note that the server answered."""
        self.failures = 0
        self._until = None
        self._trying = False

    def failed(self) -> None:
        """Note that the server did not answer."""
        self.failures += 1
        if self._trying or self.failures >= self._bearable:
            self._until = self._clock() + self._pause * (_SHORTEST + (1 - _SHORTEST) * self._chance())
        self._trying = False

    def left(self) -> None:
        """Note that a request ended before anything could be learnt from it."""
        self._trying = False
