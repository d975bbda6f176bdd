"""The connection below the application: request heads bounded in size and time, broken requests answered in the envelope.

uvicorn's httptools protocol sets no bound on headers and waits for them for ever. Knows nothing of paths.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, cast

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, InvalidRequestError, RequestTimeoutError
from fanar.settings import Settings
from orchestrator.api.errors import HeadersTooLargeError, wire_response

MAX_HEAD_BYTES = 16_384
MAX_HEADERS = 100
HEAD_SECONDS = 10.0
LINGER_SECONDS = 2.0  # after an early answer the rest of a body is taken off the wire, or the client may never read the answer
KEEP_ALIVE_SECONDS = 65  # longer than proxies and SDKs keep idle connections, so that the other side closes first
SHUTDOWN_SECONDS = 10
MERGED_BYTES = 65_536
MAX_EVENT_BYTES = 1_000_000  # of an event on a WebSocket: ten seconds of sound, in base64
PEER = "fanar.peer"

_TOO_LARGE = Bilingual(
    f"The request line and headers exceed {MAX_HEAD_BYTES} bytes or {MAX_HEADERS} headers.",
    f"سطر الطلب والترويسات تتجاوز {MAX_HEAD_BYTES} بايت أو {MAX_HEADERS} ترويسة.",
)
_TOO_SLOW = Bilingual("The headers did not arrive in time.", "لم تصل الترويسات في الوقت المحدد.")
_NOT_HTTP = Bilingual("This is not a valid HTTP request.", "هذا ليس طلب HTTP صالحًا.")


class PartingTransport:
    """A transport whose `close` lets the other side finish its sentence.

    Closing a socket on which bytes still arrive resets it, and the reset may reach the client before our answer is read. So the
    sending half is closed, what comes is thrown away for a moment, and then the rest is closed.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._later: asyncio.TimerHandle | None = None
        self._waiting: list[bytes] = []
        self._size = 0
        self.receiving = False

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  (everything else is the transport's own)
        """Return what the transport has under this name."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send `data` together with what else is written in this turn of the loop: each piece by itself would be dear."""
        if not self._waiting:
            self._loop.call_soon(self._flush)
        self._waiting.append(data)
        self._size += len(data)
        if self._size > MERGED_BYTES:
            self._flush()

    def abort(self) -> None:
        """End the connection at once."""
        self._waiting.clear()
        self._transport.abort()

    def is_closing(self) -> bool:
        """Whether nothing more can be sent."""
        return self._later is not None or self._transport.is_closing()

    def close(self) -> None:
        """Close, gently while a request is still coming in."""
        if self.is_closing():
            return
        self._flush()
        if not self.receiving:
            self._transport.close()
            return
        self._transport.resume_reading()
        self._transport.write_eof()
        self._later = self._loop.call_later(LINGER_SECONDS, self._transport.close)

    def _flush(self) -> None:
        waiting = self._waiting
        if waiting:
            # Who left since it was written is not there to be sent anything.
            if not self._transport.is_closing():
                self._transport.write(waiting[0] if len(waiting) == 1 else b"".join(waiting))
            waiting.clear()
            self._size = 0

    def forget(self) -> None:
        """Stop the clock and forget what was not sent: the connection is lost."""
        self._waiting.clear()
        self._size = 0
        if self._later is not None:
            self._later.cancel()


class Peer:
    """Who is at the other end of a connection, for an application that wants to know at once when it leaves.

    It stands among a request's extensions under `fanar.peer`. `leaving` is called when the connection is lost.
    """

    __slots__ = ("_protocol", "leaving", "left")

    def __init__(self, protocol: BoundedProtocol) -> None:
        self._protocol = protocol
        self.leaving: Callable[[], object] | None = None
        self.left = False

    @property
    def reads(self) -> bool:
        """Whether it takes what it is sent; not, when too much waits already."""
        return not self._protocol.flow.write_paused

    def drop(self) -> None:
        """End the connection."""
        self._protocol.transport.abort()


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol, with an end to everybody's patience."""

    def __init__(
        self, config: uvicorn.Config, server_state: ServerState, app_state: dict[str, Any], _loop: asyncio.AbstractEventLoop | None = None
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._head_bytes = 0
        self._parsed_bytes = 0
        self._in_head = True
        self._fault: FanarError | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._parting: PartingTransport
        self._peer = Peer(self)
        self._extensions: dict[str, Any] = {PEER: self._peer}

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock: a connection on which nothing comes is closed."""
        self._parting = PartingTransport(transport, self.loop)
        super().connection_made(cast("asyncio.Transport", self._parting))
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clocks."""
        self._cancel_deadline()
        self._parting.forget()
        super().connection_lost(exc)
        self._peer.left = True
        if self._peer.leaving is not None:
            self._peer.leaving()

    def data_received(self, data: bytes) -> None:
        """Read on, as long as the head is within its bounds."""
        if self._parting.is_closing():
            return
        if self._in_head:
            # Only what comes before the end of the head counts; a body may follow in the same piece.
            end = data.find(b"\r\n\r\n")
            if self._deadline is None and end < 0:
                self._expect_head()
            self._head_bytes += len(data) if end < 0 else end
            if self._head_bytes > MAX_HEAD_BYTES:
                self._refuse(HeadersTooLargeError(_TOO_LARGE))
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        """A request begins."""
        self._parting.receiving = True
        self._parsed_bytes = 0
        super().on_message_begin()
        self.scope["extensions"] = self._extensions

    def on_url(self, url: bytes) -> None:
        """Take a piece of the path in, if there is not too much."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header in, if there are not too many."""
        # As uvicorn does, in fewer steps: every request has several.
        self._count(len(name) + len(value))
        name = name.lower()
        if name == b"expect" and value.lower() == b"100-continue":
            self.expect_100_continue = True
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """The head is whole: the application has its own clock for the body."""
        self._in_head = False
        self._head_bytes = 0
        self._cancel_deadline()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The body is whole, and the next thing that comes is a head."""
        self._in_head = True
        self._parting.receiving = False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Do not wait long for a body that nobody reads any more."""
        super().on_response_complete()
        if self._parting.receiving:
            self._parting.close()

    def send_400_response(self, msg: str) -> None:
        """Answer what cannot be parsed in our envelope. The parser's own words are for its authors."""
        self._refuse(self._fault or InvalidRequestError(_NOT_HTTP))

    def _count(self, size: int) -> None:
        # A piece from the wire may hold many pipelined requests, so each one is measured by itself as well.
        self._parsed_bytes += size
        if self._parsed_bytes > MAX_HEAD_BYTES or len(self.headers) >= MAX_HEADERS:
            self._fault = HeadersTooLargeError(_TOO_LARGE)
            raise ValueError  # stops the parser; what is answered is the fault

    def _expect_head(self) -> None:
        self._deadline = self.loop.call_later(HEAD_SECONDS, self._late)

    def _cancel_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _late(self) -> None:
        self._deadline = None
        if self._parting.receiving:
            self._refuse(RequestTimeoutError(_TOO_SLOW))
        elif self.cycle is None or self.cycle.response_complete:
            self._parting.close()

    def _refuse(self, error: FanarError) -> None:
        answering = self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete
        # In the middle of another answer's bytes ours would be taken for a part of it.
        if not self._parting.is_closing() and not answering:
            self.transport.write(wire_response(error))
        self._parting.close()


class Server(uvicorn.Server):
    """uvicorn's server, stopped by whoever runs it: its own handlers would end the process before the platform is closed."""

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        """Leave the signals alone."""
        return nullcontext()


def server_config(app: FastAPI | Callable[[], FastAPI], settings: Settings) -> uvicorn.Config:
    """Return how uvicorn serves `app`: our protocol, no headers that tell of the server, no trust in forwarded addresses.

    Several workers need a function, since each of them builds its own application.
    """
    return uvicorn.Config(
        app,
        factory=not isinstance(app, FastAPI),
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        http=BoundedProtocol,
        ws="websockets-sansio",
        ws_max_size=MAX_EVENT_BYTES,
        ws_per_message_deflate=False,
        loop="uvloop",
        lifespan="on",
        server_header=False,
        proxy_headers=False,
        access_log=False,
        log_config=None,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
