"""One connection to a model server, and the exchanges on it: a request, its reply, and then perhaps the next.

It is here because every token passes through it: aiohttp takes more than twice as long for a whole request. Knows nothing of JSON, of
models, or of where connections come from.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import cast

from fanar.errors import FanarError
from fanar.llm.faults import broken_off, late, too_large
from fanar.llm.reply import Reply
from fanar.settings import ModelSettings

MAX_WHOLE_BYTES = 64_000_000
ROOM_BYTES = 131_072
"""What may wait to be read; the server is made to wait before there is much more."""
# After the announced end of an answer only the end of the message is awaited, so that the connection can be used again.
_CLOSING_SECONDS = 0.2


class Patience:
    """When an answer must have begun and ended, and how long it may be silent; counted from now.

    An answer that comes whole begins when it is complete, so it has the time of a whole answer to begin.
    """

    __slots__ = ("_silence", "begin", "end", "until")

    def __init__(self, settings: ModelSettings, *, streamed: bool) -> None:
        now = asyncio.get_running_loop().time()
        self._silence = settings.idle_timeout
        self.end = now + settings.answer_timeout
        self.begin = min(now + settings.first_byte_timeout, self.end) if streamed else self.end
        self.until = self.begin

    def renew(self, now: float) -> None:
        """Something was said: the next silence begins."""
        self.until = min(now + self._silence, self.end)


class Exchange(asyncio.Protocol):
    """A connection that carries one exchange at a time: `ask`, `head`, then `next` or `whole`, and in any case, once, `close`.

    `freed` is told when it is ready for another exchange, or lost.
    """

    __slots__ = (
        "_broken",
        "_ended",
        "_freed",
        "_loop",
        "_lost",
        "_patience",
        "_paused",
        "_reply",
        "_room",
        "_timer",
        "_transport",
        "_until",
        "_waiter",
    )

    def __init__(self, freed: Callable[[Exchange], None]) -> None:
        self._freed = freed
        self._loop = asyncio.get_running_loop()
        self._reply = Reply()
        self._waiter: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._until = 0.0
        self._room = ROOM_BYTES
        self._paused = self._ended = self._lost = self._broken = False

    @property
    def usable(self) -> bool:
        """Whether it can carry another exchange."""
        return not (self._lost or self._ended)

    @property
    def status(self) -> int:
        """The status of the answer."""
        return self._reply.status

    @property
    def headers(self) -> Mapping[bytes, bytes]:
        """The headers of the answer, by their names in small letters."""
        return self._reply.headers

    def ask(self, request: bytes, patience: Patience) -> None:
        """Send a request, the head and all."""
        self._patience = patience
        self._room = ROOM_BYTES
        self._reply.expect()
        self._transport.write(request)

    async def head(self) -> bool:
        """Wait for the answer's status and headers. False when the connection was lost before the server said anything.

        Raises UpstreamTimeoutError, and ModelUnavailableError for what is no HTTP.
        """
        while not self._reply.status:
            if self._lost and not self._broken:
                return False
            await self._news(self._patience.begin)
        return True

    async def next(self) -> bytes:
        """Return the next bytes of the body, empty at its end.

        Raises UpstreamTimeoutError, and ModelUnavailableError when the answer broke off.
        """
        reply, patience = self._reply, self._patience
        while not reply.waiting and not reply.complete:
            await self._news(patience.until)
        patience.renew(self._loop.time())
        return self._taken()

    async def whole(self, *, limit: int = MAX_WHOLE_BYTES) -> bytes:
        """Return the whole body. Raises as `next` does, and ModelUnavailableError when it is larger than `limit`."""
        body = await self.beginning(limit=limit)
        if len(body) > limit:
            raise too_large()
        return body

    async def beginning(self, *, limit: int) -> bytes:
        """Return the whole body, or its first `limit` bytes and a little more."""
        self._room = limit
        self._resume()
        while not self._reply.complete and self._reply.waiting <= limit:
            await self._news(self._patience.begin)
        return self._taken()

    async def finish(self) -> None:
        """Wait a moment for the end of an answer that has said all it has to say, so that the connection can be used again."""
        until = self._loop.time() + _CLOSING_SECONDS
        # What comes late, or breaks now, was not part of the answer.
        with suppress(FanarError):
            while not self._reply.complete and await self._news_until(until):
                self._taken()

    def close(self) -> None:
        """Give the connection back when the answer is complete; else end it, which stops the server's work."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not (self._reply.complete and self._reply.kept):
            self.drop()
        self._taken()
        self._freed(self)

    def drop(self) -> None:
        """End the connection."""
        if not self._lost:
            self._lost = True
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by class

    def data_received(self, data: bytes) -> None:
        """Read on, and wake whoever waits for it."""
        reply = self._reply
        if not reply.feed(data):
            self._broken = True
            self.drop()
        if reply.waiting > self._room and not self._paused:
            self._paused = True
            self._transport.pause_reading()
        # Who wants all of it is woken for all of it.
        if reply.complete or self._broken or self._room == ROOM_BYTES or self._paused:
            self._wake()

    def eof_received(self) -> None:
        """The server says no more here."""
        self._ended = True

    def connection_lost(self, error: Exception | None) -> None:
        """End what was going on."""
        self._lost = True
        if not self._reply.complete and (error is not None or not self._reply.end()):
            self._broken = self._broken or self._reply.heard
        self._wake()

    def _taken(self) -> bytes:
        taken = self._reply.take()
        self._resume()
        return taken

    def _resume(self) -> None:
        if self._paused and not self._lost:
            self._paused = False
            self._transport.resume_reading()

    async def _news(self, until: float) -> None:
        if not await self._news_until(until):
            raise late()

    async def _news_until(self, until: float) -> bool:
        """Wait until something happened; False when nothing did. Raises ModelUnavailableError when the connection is of no more use."""
        if self._broken or self._lost:
            raise broken_off()
        # The timer stays armed from one piece to the next, and looks at `_until` when it rings.
        self._until = until
        if self._timer is None or self._timer.when() > until:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = self._loop.call_at(until, self._ring)
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None
        return self._until > 0

    def _ring(self) -> None:
        self._timer = None
        if self._waiter is None:
            return
        if self._loop.time() < self._until:
            self._timer = self._loop.call_at(self._until, self._ring)
            return
        self._until = 0.0
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
