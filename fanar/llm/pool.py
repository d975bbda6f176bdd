"""Connections to model servers, kept for a while after use. Knows nothing of what is said on them.

There is no bound of its own: how many requests a server is sent at once is for the queue before it to say.
"""

from __future__ import annotations

import asyncio
import base64
import re
import ssl
from collections import deque
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from fanar.llm.exchange import Exchange
from fanar.llm.faults import OF_CHAT, Misset, late, unreachable, unusable_address

# uvicorn, and so vLLM, drops an idle connection after 5 s; one that is reused later than that may break under the request.
KEEP_ALIVE = 4.0
_PORTS = {"http": 80, "https": 443}
_ODD = re.compile(r"[^!-~]")


class Address(NamedTuple):
    """Where a server listens."""

    host: str
    port: int
    secure: bool


class ServerUrl(NamedTuple):
    """A model server's base URL, taken apart. `authority` is what it is called in the Host header."""

    address: Address
    authority: str
    path: str
    credentials: str | None

    @classmethod
    def read(cls, url: str, *, settings: Misset = OF_CHAT) -> ServerUrl:
        """Take `url` apart. Raises ModelUnavailableError when it names no server; `settings` say what to correct then."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise unusable_address(settings) from None
        if parts.scheme not in _PORTS or not parts.hostname or _ODD.search(url):
            raise unusable_address(settings)
        credentials = None
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            credentials = base64.b64encode(pair.encode()).decode("ascii")
        address = Address(parts.hostname, port or _PORTS[parts.scheme], parts.scheme == "https")
        return cls(address, parts.netloc.rpartition("@")[2], parts.path.rstrip("/"), credentials)


class ConnectionPool:
    """Opens connections and keeps those that can be used again. `close` ends them all."""

    def __init__(self, *, keep_alive: float = KEEP_ALIVE) -> None:
        self._keep_alive = keep_alive
        self._idle: dict[Address, deque[tuple[float, Exchange]]] = {}
        self._open: dict[Exchange, Address] = {}
        self._sweeping: asyncio.TimerHandle | None = None
        self._security: ssl.SSLContext | None = None
        self._closed = False

    def idle(self, address: Address) -> Exchange | None:
        """Return a connection that was kept, None when there is none."""
        kept = self._idle.get(address)
        since = asyncio.get_running_loop().time() - self._keep_alive
        while kept:
            freed, exchange = kept.pop()
            if exchange.usable and freed > since:
                return exchange
            self._forget(exchange)
        return None

    async def connect(self, address: Address, *, seconds: float) -> Exchange:
        """Open a connection. Raises ModelUnavailableError, and UpstreamTimeoutError when that takes longer than so many seconds."""
        if address.secure and self._security is None:
            self._security = await asyncio.to_thread(ssl.create_default_context)
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(seconds):
                _, exchange = await loop.create_connection(
                    lambda: Exchange(self._freed), address.host, address.port, ssl=self._security if address.secure else None
                )
        except TimeoutError as cause:
            raise late() from cause
        except UnicodeError as cause:
            raise unusable_address() from cause
        except OSError as cause:
            raise unreachable() from cause
        self._open[exchange] = address
        return exchange

    def close(self) -> None:
        """End all connections."""
        self._closed = True
        if self._sweeping is not None:
            self._sweeping.cancel()
        for exchange in tuple(self._open):
            self._forget(exchange)
        self._idle.clear()

    def _freed(self, exchange: Exchange) -> None:
        address = self._open.get(exchange)
        if address is None:
            return
        if self._closed or not exchange.usable:
            self._forget(exchange)
            return
        loop = asyncio.get_running_loop()
        self._idle.setdefault(address, deque()).append((loop.time(), exchange))
        if self._sweeping is None:
            self._sweeping = loop.call_later(self._keep_alive, self._sweep)

    def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        since = loop.time() - self._keep_alive
        for kept in self._idle.values():
            while kept and (kept[0][0] <= since or not kept[0][1].usable):
                self._forget(kept.popleft()[1])
        left = any(self._idle.values())
        self._sweeping = loop.call_later(self._keep_alive, self._sweep) if left else None

    def _forget(self, exchange: Exchange) -> None:
        self._open.pop(exchange, None)
        exchange.drop()
