"""Reads the body of a model server's answer, for as long as one is willing to wait. Knows nothing of what it says."""

from __future__ import annotations

import asyncio

import aiohttp

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError
from fanar.llm.faults import TRANSPORT_ERRORS, mapped_errors
from fanar.settings import ModelSettings

MAX_WHOLE_BYTES = 64_000_000
# After the announced end only the end of the connection is awaited, so that it can be used again.
_CLOSING_SECONDS = 0.2
_TOO_LARGE = Bilingual("The model server sent an answer that is too large.", "أرسل خادم النموذج جوابًا أكبر من المسموح.")


class Patience:
    """When an answer must have begun and ended, and how long it may be silent; counted from now.

    An answer that comes whole begins when it is complete, so it has the time of a whole answer to begin.
    """

    def __init__(self, settings: ModelSettings, *, streamed: bool) -> None:
        now = asyncio.get_running_loop().time()
        self.end = now + settings.answer_timeout
        self.begin = min(now + settings.first_byte_timeout, self.end) if streamed else self.end
        self.silence = settings.idle_timeout


class AnswerBody:
    """The body of one answer."""

    def __init__(self, response: aiohttp.ClientResponse, patience: Patience) -> None:
        self._response = response
        self._patience = patience
        self._until = patience.begin

    async def next(self, *, ended: bool = False) -> bytes:
        """Return the next bytes, empty at the end. When the answer has `ended`, only the end of the body is awaited, and not for long."""
        if ended:
            return await self._finish()
        with mapped_errors():
            async with asyncio.timeout_at(self._until):
                piece = await self._response.content.readany()
        self._until = min(asyncio.get_running_loop().time() + self._patience.silence, self._patience.end)
        return piece

    async def whole(self) -> bytes:
        """Return all of it. Raises ModelUnavailableError when it is larger than any answer."""
        with mapped_errors():
            async with asyncio.timeout_at(self._patience.end):
                body = await bounded(self._response, MAX_WHOLE_BYTES)
        if len(body) >= MAX_WHOLE_BYTES:
            raise ModelUnavailableError(_TOO_LARGE)
        return body

    async def _finish(self) -> bytes:
        """Await the end of the connection's answer; what comes late or breaks now was not part of it."""
        try:
            async with asyncio.timeout(_CLOSING_SECONDS):
                while await self._response.content.readany():
                    pass
        except TRANSPORT_ERRORS:
            self._response.close()
        return b""


async def bounded(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """Return the body, or its first `limit` bytes and a little more."""
    body = bytearray()
    async for piece in response.content.iter_any():
        body += piece
        if len(body) >= limit:
            break
    return bytes(body)
