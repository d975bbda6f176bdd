"""Sends an answer as server-sent events: at once, at the client's pace, and only while the client is there.

Knows nothing of what the frames say.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, Generic, Protocol, TypeVar

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from fanar.bilingual import Language
from fanar.errors import ClientClosedError, FanarError
from fanar.streams import closing
from orchestrator.api.chunks import DONE, KEEP_ALIVE
from orchestrator.api.errors import GONE, INTERNAL, language_of

T = TypeVar("T")
Piece_contra = TypeVar("Piece_contra", contravariant=True)

KEEP_ALIVE_SECONDS = 8.0  # proxies and SDKs give up on a silent connection; ten seconds are promised
STALLED_SECONDS = 120.0  # a client that reads nothing for so long has left without saying so

_HEADERS = {"content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache", "x-accel-buffering": "no"}
STREAM_HEADERS = tuple((name.encode("ascii"), value.encode("ascii")) for name, value in _HEADERS.items())


class Writer(Protocol[Piece_contra]):
    """Turns the pieces of an answer into frames."""

    def frames(self, event: Piece_contra, /) -> Iterator[bytes]:
        """Yield the frames for the next piece."""
        ...

    def failure(self, error: FanarError, language: Language) -> bytes:
        """Return the frame that ends a stream that failed."""
        ...


async def unless_disconnected(receive: Receive, work: Coroutine[Any, Any, T]) -> T:
    """Return what `work` returns. When the client leaves first, cancel it and raise ClientClosedError."""
    async with _watched(_disconnected(receive)):
        return await work


@asynccontextmanager
async def _watched(watch: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run the block until `watch` returns, which means that the client has left: then cancel it and raise ClientClosedError."""
    working = asyncio.current_task()
    assert working is not None  # noqa: S101  (a server runs tasks)
    watching = asyncio.ensure_future(watch)
    left = False

    def leave(watching: asyncio.Future[None]) -> None:
        nonlocal left
        if not watching.cancelled():
            left = True
            working.cancel()

    watching.add_done_callback(leave)
    try:
        yield
    except asyncio.CancelledError:
        if left and working.uncancel() == 0:
            raise ClientClosedError(GONE) from None
        raise
    finally:
        watching.remove_done_callback(leave)
        watching.cancel()


class EventStream(Response, Generic[T]):
    """A streamed answer. The status is sent with the first frame, so that what fails before it is an ordinary error answer.

    The events are pulled only as fast as the client reads. When it leaves, the iterator is closed at once.
    """

    def __init__(self, events: AsyncIterator[T], writer: Writer[T], *, headers: Mapping[str, str] | None = None) -> None:
        self.status_code = 200
        self.background = None
        self.init_headers({**_HEADERS, **(headers or {})})
        self._events = events
        self._writer = writer
        self._begun = False
        self._sending_since: float | None = None
        self._last_sent = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer, or raise the FanarError that came before its first frame."""
        self._last_sent = asyncio.get_running_loop().time()
        try:
            async with _watched(self._watch(receive, send)):
                await self._stream(scope, send)
        except ClientClosedError:
            # After the first frame there is nobody left to tell.
            if not self._begun:
                raise

    async def _stream(self, scope: Scope, send: Send) -> None:
        finished = False
        try:
            async with closing(self._events) as events:
                async for event in events:
                    await self._write(send, event)
            finished = True
        except FanarError as error:
            if not self._begun:
                raise
            await self._send(send, self._writer.failure(error, language_of(Headers(scope=scope))))
            finished = True
        finally:
            # A fault of ours ends the stream visibly and then goes its way to the log; after a cancellation nobody listens.
            if not finished and self._begun and isinstance(sys.exception(), Exception):
                await self._send(send, self._writer.failure(FanarError(INTERNAL), "en"))
                await self._finish(send)
        await self._finish(send)

    async def _write(self, send: Send, event: T) -> None:
        written: list[bytes] = []
        try:
            written.extend(self._writer.frames(event))
        except FanarError:
            # What stood before the fault was said, and is not lost.
            if written:
                await self._send(send, b"".join(written))
            raise
        if written:
            await self._send(send, b"".join(written))

    async def _finish(self, send: Send) -> None:
        await self._send(send, DONE)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send(self, send: Send, frames: bytes) -> None:
        loop = asyncio.get_running_loop()
        self._sending_since = loop.time()
        if not self._begun:
            self._begun = True
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": frames, "more_body": True})
        self._sending_since = None
        self._last_sent = loop.time()

    async def _watch(self, receive: Receive, send: Send) -> None:
        """Return when the client has left or reads no more; meanwhile keep a silent connection alive."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(KEEP_ALIVE_SECONDS / 2):
                    return await _disconnected(receive)
            now = asyncio.get_running_loop().time()
            if self._sending_since is not None:
                if now - self._sending_since > STALLED_SECONDS:
                    return None
            elif now - self._last_sent >= KEEP_ALIVE_SECONDS / 2:
                await self._send(send, KEEP_ALIVE)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
