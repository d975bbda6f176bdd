"""Model servers and a gateway in front of them, as processes of their own, or the gateway on a socket of this one."""

from __future__ import annotations

import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from fanar.settings import Settings
from orchestrator.bootstrap.gateway import open_gateway
from orchestrator.routing.policy import SHIPPED
from tests.clients.serving import ROOT, Served, served
from tests.integration.api.serving import listening
from tests.vllm.servers import Server

STAR, PRIME = "Fanar-S-1-7B", "Fanar-C-2-27B"
WORDS = "word " * 150


@dataclass(frozen=True)
class Standing:
    """The gateway, and the servers by their seats."""

    gateway: Served
    servers: dict[str, Server]


def model_process(folder: Path, name: str, *, reply: str = WORDS, first_byte_after: float = 0.03, between: float = 0.005) -> Server:
    """Return a model server that says `reply`, not yet started."""
    command = [sys.executable, "-m", "tests.fakes.upstream", "--model", name, "--reply", reply]
    command += ["--first-byte-after", str(first_byte_after), "--between", str(between)]
    return Server(command, {}, folder / f"{name}.log", folder=ROOT)


def lenient_policy(folder: Path) -> Path:
    """Write the shipped policy table with one word changed, so that the other model may answer what named one, and return where it is."""
    table = SHIPPED.read_text(encoding="utf-8")
    path = folder / "policy.toml"
    path.write_text(table.replace("addressed = false", "addressed = true"), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != table
    return path


@contextmanager
def gateway(folder: Path, servers: dict[str, Server], *, context_tokens: int = 4096) -> Iterator[Served]:
    """Run a gateway that may let either of the servers answer for the other until the end of the block."""
    settings = {f"{seat}__url": server.url for seat, server in servers.items()}
    settings |= {f"{seat}__model": seat for seat in servers}
    settings |= {f"{seat}__context_tokens": str(context_tokens) for seat in servers}
    with served(folder / "data", only="gateway", policy=str(lenient_policy(folder)), log_level="warning", **settings) as running:
        yield running


@contextmanager
def standing(folder: Path, servers: dict[str, Server], *, context_tokens: int = 4096) -> Iterator[Standing]:
    """Run the servers, and such a gateway before them, until the end of the block."""
    try:
        for server in servers.values():
            server.start()
        for server in servers.values():
            server.await_ready()
        with gateway(folder, servers, context_tokens=context_tokens) as running:
            yield Standing(running, servers)
    finally:
        for server in servers.values():
            server.kill()


@asynccontextmanager
async def gateway_here(**given: object) -> AsyncIterator[str]:
    """Run a gateway in this loop, on a real socket, until the end of the block; give its base URL."""
    listener = socket.create_server(("127.0.0.1", 0))
    settings = Settings(_env_file=None, discover=False, only="gateway", port=listener.getsockname()[1], log_level="warning", **given)
    async with listening(lambda: open_gateway(settings), settings, listener):
        yield f"http://127.0.0.1:{settings.port}/v1"
