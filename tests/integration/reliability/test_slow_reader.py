"""A client that stops reading: the model is held back, the gateway keeps little of what was not read, and nothing of it is lost."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from tests.clients.serving import served
from tests.fakes.upstream import Behaviour, Upstream, upstream
from tests.integration.api.serving import request
from tests.integration.reliability.standing import STAR

PIECE = "x" * 8000
PIECES = 6000
PATIENCE = 60.0
# Two connections lie between the model and the reader, and the system keeps some megabytes of each.
MOST_SENT = PIECES * len(PIECE) // 2
MOST_KEPT = 8_000_000
_NUMBER = re.compile(rb'"content":"x+ (\d+)"')


@pytest.fixture
async def star() -> AsyncIterator[Upstream]:
    async with upstream(Behaviour(reply=[f"{PIECE} {number}" for number in range(PIECES)]), model="star") as server:
        yield server


async def _held_back(star: Upstream) -> None:
    """Return when the model has stopped writing."""
    before = -1
    async with asyncio.timeout(PATIENCE):
        while star.sent != before or not star.sent:
            before = star.sent
            await asyncio.sleep(0.3)


@pytest.mark.parametrize("model", [STAR, "Fanar"])
async def test_reader_who_pauses_holds_the_model_back_and_loses_nothing(star: Upstream, tmp_path: Path, model: str) -> None:
    with served(tmp_path, only="gateway", star__url=star.url, star__model="star", log_level="warning") as gateway:
        memory = psutil.Process(gateway.pid).memory_info
        body = {"model": model, "stream": True, "messages": [{"role": "user", "content": "hi"}]}
        with socket.socket() as narrow:
            narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
            narrow.setblocking(False)
            await asyncio.get_running_loop().sock_connect(narrow, ("127.0.0.1", gateway.port))
            reader, writer = await asyncio.open_connection(sock=narrow, limit=65_536)
            writer.write(request(json.dumps(body).encode()))
            await reader.readuntil(b"\r\n\r\n")
            before = memory().rss
            await _held_back(star)
            assert star.sent < MOST_SENT
            assert memory().rss - before < MOST_KEPT

            async with asyncio.timeout(PATIENCE):
                told = await reader.read(-1)
            writer.close()
    assert [int(number) for number in _NUMBER.findall(told)] == list(range(PIECES))
    assert b"data: [DONE]" in told
