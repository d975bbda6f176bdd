"""The way of one stream to its client: begun with the first frames, kept alive while nothing is said, given up when nobody reads.

Knows nothing of what the frames say.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Protocol

from starlette.types import Send

from orchestrator.api import sse
from orchestrator.api.chunks import KEEP_ALIVE


class Reading(Protocol):
    """A client, as far as its connection tells."""

    @property
    def reads(self) -> bool:
        """Whether it takes what it is sent."""
        ...

    def drop(self) -> None:
        """End the connection."""
        ...


class Outlet:
    """Sends one stream; it must be closed. One timer looks after both ends: silence towards the client, and a client that stops reading."""

    __slots__ = ("_headers", "_last", "_loop", "_peer", "_send", "_sending", "_silent", "_timer", "begun")

    def __init__(self, send: Send, peer: Reading, headers: Mapping[str, str]) -> None:
        self._send = send
        self._peer = peer
        self._headers = headers
        self._loop = asyncio.get_running_loop()
        self._last = self._loop.time()
        self._sending = False
        self._silent: asyncio.Task[None] | None = None
        self._timer = self._loop.call_later(sse.KEEP_ALIVE_SECONDS / 2, self._look)
        self.begun = False

    async def write(self, frames: bytes, *, last: bool = False) -> None:
        """Send frames, the status and the headers before the first ones. Returns when the client has room for more."""
        self._last = self._loop.time()
        self._sending = True
        if not self.begun:
            self.begun = True
            headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in self._headers.items()]
            await self._send({"type": "http.response.start", "status": 200, "headers": [*sse.STREAM_HEADERS, *headers]})
        await self._send({"type": "http.response.body", "body": frames, "more_body": not last})
        self._sending = False

    def close(self) -> None:
        """Stop looking after it."""
        self._timer.cancel()
        if self._silent is not None:
            self._silent.cancel()

    def _look(self) -> None:
        self._timer = self._loop.call_later(sse.KEEP_ALIVE_SECONDS / 2, self._look)
        quiet = self._loop.time() - self._last
        if self._sending:
            if quiet > sse.STALLED_SECONDS:
                self._peer.drop()
        elif quiet >= sse.KEEP_ALIVE_SECONDS / 2 and self._peer.reads:
            self._silent = self._loop.create_task(self.write(KEEP_ALIVE))
