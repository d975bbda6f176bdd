"""How much at once and how often: answers in progress, and requests per key and model in a sliding window.

Counts live in this process. Knows nothing of keys' owners or of what is asked.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from math import ceil
from time import monotonic
from typing import TypeVar

from fanar.bilingual import Bilingual
from fanar.errors import OverloadedError, RateLimitedError
from orchestrator.streams import closing

T = TypeVar("T")

MAX_WINDOWS = 10_000
_FULL = Bilingual("Too many answers are in progress; try again shortly.", "عدد كبير من الإجابات قيد الإعداد؛ أعد المحاولة بعد قليل.")


class Slots:
    """Answers in progress, at most `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.taken = 0

    async def held(self, items: AsyncIterator[T]) -> AsyncIterator[T]:
        """Yield `items`, holding a slot from the first request for one to the end. Raises OverloadedError when all are taken."""
        if self.taken >= self._most:
            raise OverloadedError(_FULL)
        self.taken += 1
        try:
            async with closing(items):
                async for item in items:
                    yield item
        finally:
            self.taken -= 1


class SlidingWindow:
    """At most `requests` in any `seconds`, for each caller and model. With 0 requests there is no limit and no header."""

    def __init__(self, *, requests: int, seconds: int, clock: Callable[[], float] = monotonic) -> None:
        self._requests = requests
        self._seconds = seconds
        self._clock = clock
        self._windows: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()

    def count(self, caller: str, model: str, headers: dict[str, str]) -> None:
        """Count one request and write the contract's headers into `headers`. Raises RateLimitedError; a refused request is not counted."""
        if not self._requests:
            return
        now = self._clock()
        window = self._window((caller, model), now)
        allowed = len(window) < self._requests
        if allowed:
            window.append(now)
        reset = max(1, ceil(window[0] + self._seconds - now))
        headers["x-ratelimit-limit"] = str(self._requests)
        headers["x-ratelimit-remaining"] = str(self._requests - len(window))
        headers["x-ratelimit-reset"] = str(reset)
        headers["ratelimit-policy"] = f"{self._requests};w={self._seconds}"
        if not allowed:
            raise RateLimitedError(_too_many(self._requests, self._seconds), retry_after=reset)

    def _window(self, key: tuple[str, str], now: float) -> deque[float]:
        window = self._windows.setdefault(key, deque())
        self._windows.move_to_end(key)
        while window and window[0] <= now - self._seconds:
            window.popleft()
        if len(self._windows) > MAX_WINDOWS:
            self._windows.popitem(last=False)
        return window


def _too_many(requests: int, seconds: int) -> Bilingual:
    return Bilingual(
        f"More than {requests} requests for this model within {seconds} seconds.",
        f"أكثر من {requests} طلبًا لهذا النموذج خلال {seconds} ثانية.",
    )
