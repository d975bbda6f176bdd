"""Sends chat requests over raw sockets and times the answers, at a fixed number in flight. Knows nothing of who answers.

What it reads of an answer is its status, its length and its end; whether the answers are right is for tests to say. One answer of each
kind is read whole before anything is timed.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import cast

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_END = b"0\r\n\r\n"
WORD = "كلمة".encode()
"""What the model server says again and again."""


@dataclass(frozen=True)
class Target:
    """Where to ask, and for which model."""

    port: int
    model: str
    headers: str = ""

    def request(self, *, stream: bool, prompt: str = "ما عاصمة قطر؟") -> bytes:
        body = {"model": self.model, "messages": [{"role": "user", "content": prompt}], "max_tokens": 64}
        encoded = json.dumps({**body, "stream": True} if stream else body, ensure_ascii=False, separators=(",", ":")).encode()
        head = (
            f"POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1:{self.port}\r\ncontent-type: application/json\r\n"
            f"{self.headers}content-length: {len(encoded)}\r\n\r\n"
        )
        return head.encode() + encoded


@dataclass(frozen=True)
class Measured:
    """Seconds each answer took, and how long all took together."""

    latencies: Sequence[float]
    seconds: float

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, percent: float) -> float:
        ranked = sorted(self.latencies)
        return ranked[min(len(ranked) - 1, int(len(ranked) * percent / 100))]


@dataclass
class Budget:
    """How long, and how often, may be asked: all connections together."""

    until: float
    requests: int

    def spend(self) -> bool:
        """Take one request, if there is one left."""
        self.requests -= 1
        return self.requests >= 0 and perf_counter() < self.until


class _Client(asyncio.Protocol):
    """One connection that asks again as soon as it was answered, while the budget lasts."""

    def __init__(self, request: bytes, budget: Budget) -> None:
        self._request = request
        self._budget = budget
        self._read = bytearray()
        self._length: int | None = None
        self._begun = 0.0
        self.latencies: list[float] = []
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by class
        self._ask_or_leave()

    def data_received(self, data: bytes) -> None:
        self._read += data
        if self._length is None and not self._head():
            return
        if not (len(self._read) >= self._length if self._length else self._read.endswith(_END)):  # type: ignore[operator]
            return
        self.latencies.append(perf_counter() - self._begun)
        self._ask_or_leave()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.over.done():
            self.over.set_result(None)

    def _ask_or_leave(self) -> None:
        if not self._budget.spend():
            self._transport.close()
            return
        self._read.clear()
        self._length = None
        self._begun = perf_counter()
        self._transport.write(self._request)

    def _head(self) -> bool:
        end = self._read.find(b"\r\n\r\n")
        if end < 0:
            return False
        if not self._read.startswith(b"HTTP/1.1 200"):
            self.over.set_exception(RuntimeError(bytes(self._read[:500]).decode(errors="replace")))
            self._transport.abort()
            return False
        length = _LENGTH.search(self._read, 0, end)
        self._length = end + 4 + int(length[1]) if length else 0
        return True


async def load(target: Target, *, stream: bool, at_once: int, seconds: float, requests: int = sys.maxsize) -> Measured:
    """Ask for `seconds`, and at most so often, with so many requests in flight. Raises RuntimeError when an answer is not 200."""
    loop, request = asyncio.get_running_loop(), target.request(stream=stream)
    began = perf_counter()
    budget = Budget(began + seconds, requests)
    clients = [(await loop.create_connection(lambda: _Client(request, budget), "127.0.0.1", target.port))[1] for _ in range(at_once)]
    await asyncio.gather(*(client.over for client in clients))
    return Measured([latency for client in clients for latency in client.latencies], perf_counter() - began)


async def ask(target: Target, *, stream: bool) -> bytes:
    """Return one answer, headers and all."""
    reader, writer = await asyncio.open_connection("127.0.0.1", target.port)
    writer.write(target.request(stream=stream).replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n", 1))
    answer = bytearray()
    async with asyncio.timeout(60):
        while piece := await reader.read(65536):
            answer += piece
            if answer.endswith(_END) or _is_whole(answer):
                break
    writer.close()
    return bytes(answer)


def _is_whole(answer: bytes | bytearray) -> bool:
    head, _, body = bytes(answer).partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    return length is not None and len(body) >= int(length[1])


async def idle(target: Target, *, streams: int, hold: float) -> None:
    """Open so many streams, see that the first word of each has come through, and hold them open."""
    request, open_ = target.request(stream=True, prompt="IDLE"), []
    for _ in range(streams):
        reader, writer = await asyncio.open_connection("127.0.0.1", target.port, limit=4096)
        writer.write(request)
        open_.append((reader, writer))
    for reader, _writer in open_:
        async with asyncio.timeout(60):
            await reader.readuntil(WORD)
    await asyncio.sleep(hold)
    for _reader, writer in open_:
        writer.close()
