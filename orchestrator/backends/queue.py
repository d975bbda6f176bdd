"""Lets so many in at once and so many wait, in the order they came. Knows nothing of what they wait for."""

from __future__ import annotations

import asyncio
from collections import deque
from math import ceil
from time import monotonic

from fanar.bilingual import Bilingual
from fanar.errors import OverloadedError

MAX_RETRY_AFTER = 60
_MEMORY = 0.2  # how much the newest stay counts in the average

_FULL = Bilingual("The model has no room for more requests; try again shortly.", "لا يتسع النموذج لطلبات أخرى الآن؛ أعد المحاولة بعد قليل.")


class BoundedQueue:
    """At most `places` are inside, `waiting` more wait, each for `seconds` at most. Whoever entered must leave."""

    def __init__(self, *, places: int, waiting: int, seconds: float) -> None:
        self._places = places
        self._room = waiting
        self._seconds = seconds
        self._waiters: deque[asyncio.Future[None]] = deque()
        self._stay = 0.0
        self.inside = 0

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiters)

    async def enter(self) -> float:
        """Take a place and return when that was. Raises OverloadedError when too many wait, or when none became free in time."""
        if self.inside >= self._places or self._waiters:
            await self._wait()
        else:
            self.inside += 1
        return monotonic()

    def leave(self, entered: float) -> None:
        """Give a place back; the longest waiting one takes it."""
        self._stay += _MEMORY * (monotonic() - entered - self._stay)
        self.inside -= 1
        while self._waiters:
            waiter = self._waiters.popleft()
            if not waiter.done():
                self.inside += 1
                waiter.set_result(None)
                return

    async def _wait(self) -> None:
        if len(self._waiters) >= self._room:
            raise OverloadedError(_FULL, retry_after=self._until_free())
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            async with asyncio.timeout(self._seconds):
                await waiter
        except TimeoutError:
            self._forget(waiter)
            raise OverloadedError(_FULL, retry_after=self._until_free()) from None
        except asyncio.CancelledError:
            self._forget(waiter)
            raise

    def _forget(self, waiter: asyncio.Future[None]) -> None:
        # It may have been given the place in the very moment in which it stopped waiting.
        if waiter.done() and not waiter.cancelled():
            self.leave(monotonic() - self._stay)
        elif waiter in self._waiters:
            self._waiters.remove(waiter)

    def _until_free(self) -> int:
        return min(max(ceil(self._stay * (1 + self.waiting / self._places)), 1), MAX_RETRY_AFTER)
