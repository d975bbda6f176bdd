"""The gazetteer, read from its package when somebody first asks for a place: it takes a second and some memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from rag.islamic.prayer.places import Places


class LatePlaces:
    """Reads the places once, in a thread, when they are first asked for."""

    def __init__(self, load: Callable[[], Places] | None = None) -> None:
        self._load = load or _load
        self._places: Places | None = None
        self._reading = asyncio.Lock()

    async def __call__(self) -> Places:
        """Return the places."""
        if self._places is None:
            async with self._reading:
                if self._places is None:
                    self._places = await asyncio.to_thread(self._load)
        return self._places


def _load() -> Places:
    from rag.islamic.prayer.gazetteer import load_places

    return load_places()
