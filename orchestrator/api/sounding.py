"""Sends sound as it is made, at the client's pace and only while the client is there. Knows nothing of what is said.

The status is sent with the first piece, so that what fails before it is an ordinary error answer; what fails after it breaks the
connection off, since a sound has no place for errors.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from fanar.errors import ClientClosedError
from fanar.streams import closing
from orchestrator.api.sse import STALLED_SECONDS, unless_disconnected


class SoundStream(Response):
    """A streamed sound."""

    def __init__(self, pieces: AsyncIterator[bytes], *, media_type: str, headers: Mapping[str, str] | None = None) -> None:
        self.status_code = 200
        self.background = None
        self.init_headers({"content-type": media_type, "cache-control": "no-store", **(headers or {})})
        self._pieces = pieces
        self._begun = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the sound, or raise the FanarError that came before its first piece."""
        try:
            await unless_disconnected(receive, self._sent(send))
        except (ClientClosedError, TimeoutError):
            # After the first piece there is nobody left to tell.
            if not self._begun:
                raise

    async def _sent(self, send: Send) -> None:
        async with closing(self._pieces) as pieces:
            async for piece in pieces:
                await self._piece(send, piece)
        await self._piece(send, b"", last=True)

    async def _piece(self, send: Send, piece: bytes, *, last: bool = False) -> None:
        async with asyncio.timeout(STALLED_SECONDS):
            if not self._begun:
                self._begun = True
                await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            if piece or last:
                await send({"type": "http.response.body", "body": piece, "more_body": not last})
