"""A real server on a free port of loopback, in this process, and raw sockets to it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import uvicorn

from fanar.settings import LimitSettings, Settings
from orchestrator.api.app import create_app
from orchestrator.api.server import server_config
from orchestrator.platform import Platform
from tests.fakes.platform import Answer, echo, fake_platform, opener


class Running:
    """A server that runs. `platform` is the fake behind it."""

    def __init__(self, port: int, platform: Platform) -> None:
        self.port = port
        self.platform = platform

    async def exchange(self, *pieces: bytes, pause: float = 0.0, seconds: float = 5.0) -> bytes:
        """Send pieces on a new connection and return all that comes back until the server closes it."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        with suppress(ConnectionError):
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(pause)
        received = bytearray()
        with suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(seconds):
                while piece := await reader.read(65_536):
                    received += piece
        writer.close()
        return bytes(received)


@asynccontextmanager
async def serving(answer: Answer = echo, limits: LimitSettings | None = None) -> AsyncIterator[Running]:
    """Serve a fake platform until the end of the block."""
    listener = socket.create_server(("127.0.0.1", 0))
    settings = Settings(_env_file=None, port=listener.getsockname()[1], limits=limits or LimitSettings())
    platform = fake_platform(settings, answer)
    async with listening(opener(platform), settings, listener):
        yield Running(settings.port, platform)


@asynccontextmanager
async def listening(opened: Callable[[], object], settings: Settings, listener: socket.socket) -> AsyncIterator[None]:
    """Serve the platform that `opened` enters until the end of the block."""
    server = uvicorn.Server(server_config(create_app(opened, settings=settings), settings))
    running = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:
        await asyncio.sleep(0.005)
    try:
        yield
    finally:
        server.should_exit = True
        await running


def request(
    body: bytes = b"", *, path: str = "/v1/chat/completions", head: str = "content-type: application/json\r\n", length: bool = True
) -> bytes:
    """Return a raw request that closes its connection."""
    size = f"content-length: {len(body)}\r\n" if length else ""
    return f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n{head}{size}\r\n".encode("latin-1") + body
