"""A router that follows its files: when the policy table or the weights change, it is built again. Knows nothing of what is in them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

from fanar.errors import ConfigurationError
from fanar.events import RoutingDecision
from fanar.messages import ChatMessage
from fanar.protocols import Router

_log = logging.getLogger(__name__)
_Stamp = tuple[tuple[int, int] | None, ...]


class FreshRouter:
    """A Router. It looks at `files` at most once in `seconds`; what cannot be used leaves the router that is there in place."""

    def __init__(
        self, *, build: Callable[[], Router], files: Sequence[Path], seconds: float = 1.0, clock: Callable[[], float] = monotonic
    ) -> None:
        """Build the first router. Raises what `build` raises."""
        self._build = build
        self._files = tuple(files)
        self._seconds = seconds
        self._clock = clock
        self._looked = clock()
        self._stamp = _stamp(self._files)
        self._router = build()

    async def route(self, messages: Sequence[ChatMessage], *, model: str = "Fanar") -> RoutingDecision:
        """Return the decision of the router as its files are now; see Router."""
        if self._clock() - self._looked >= self._seconds:
            self._looked = self._clock()
            await self._follow()
        return await self._router.route(messages, model=model)

    async def _follow(self) -> None:
        stamp = _stamp(self._files)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._router = await asyncio.to_thread(self._build)
        except ConfigurationError as error:
            _log.warning("routing goes on as before: %s", error.message.en)
            return
        _log.info("routing follows changed files")


def _stamp(files: Sequence[Path]) -> _Stamp:
    return tuple(map(_state, files))


def _state(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
