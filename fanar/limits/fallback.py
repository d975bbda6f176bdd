"""Goes on counting by itself while what counts for everybody does not answer: limits hold for each process, and nobody is turned away.

Knows nothing of Redis. Being open altogether would invite abuse, being closed would make a counter as vital as the models.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import monotonic

from fanar.errors import StorageError
from fanar.limits.allowance import Allowance, Count
from fanar.protocols import RequestCounter

_log = logging.getLogger(__name__)


class FallbackRequestCounter:
    """A RequestCounter that asks `shared`, and `own` for the `pause` seconds after it failed. `missed` hears of each request so counted."""

    def __init__(
        self,
        *,
        shared: RequestCounter,
        own: RequestCounter,
        missed: Callable[[], None],
        pause: float = 1.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._shared = shared
        self._own = own
        self._missed = missed
        self._pause = pause
        self._clock = clock
        self._again = float("-inf")
        self._failing = False

    async def count(self, subject: str, allowance: Allowance) -> Count:
        """Count one request of `subject`; see RequestCounter."""
        if self._clock() >= self._again:
            # Others that come meanwhile need not wait for the same silence.
            self._again = self._clock() + self._pause if self._failing else self._again
            try:
                count = await self._shared.count(subject, allowance)
            except StorageError:
                self._fail()
            else:
                self._recover()
                return count
        self._missed()
        return await self._own.count(subject, allowance)

    def _fail(self) -> None:
        if not self._failing:
            _log.warning("the shared counter of requests does not answer; this process counts by itself")
        self._failing = True
        self._again = self._clock() + self._pause

    def _recover(self) -> None:
        if self._failing:
            _log.warning("the shared counter of requests answers again")
        self._failing = False
        self._again = float("-inf")
