"""Wakes those in this process who wait for a job to change. Knows nothing of jobs; what other processes do is noticed by looking."""

from __future__ import annotations

import asyncio
from contextlib import suppress


class Bells:
    """One bell a name. Who waits is woken by the next ring."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = {}

    def ring(self, name: str) -> None:
        """Wake all who wait for `name`."""
        for event in self._waiting.get(name, ()):
            event.set()

    async def heard(self, name: str, *, seconds: float) -> None:
        """Return at the next ring, or when so many seconds have passed."""
        event = asyncio.Event()
        self._waiting.setdefault(name, set()).add(event)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await event.wait()
        finally:
            self._waiting[name].discard(event)
            if not self._waiting[name]:
                del self._waiting[name]
