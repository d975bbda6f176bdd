"""Hostile input below the application, over real sockets. After each of them the next request is served."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import orjson
import pytest

from fanar.events import Event, ResponseCompleted, TextDelta
from fanar.messages import ChatRequest
from fanar.settings import LimitSettings
from orchestrator.api import server
from tests.integration.api.serving import Running, request, serving

HELLO = b'{"model":"Fanar","messages":[{"role":"user","content":"hi"}]}'
STREAM = b'{"model":"Fanar","stream":true,"messages":[{"role":"user","content":"hi"}]}'
SMALL = LimitSettings(body_bytes=4096, body_seconds=0.3)


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    async with serving(limits=SMALL) as found:
        yield found


def parsed(answer: bytes) -> tuple[int, dict[str, object]]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"Traceback" not in answer
    return int(head.split(b" ", 2)[1]), orjson.loads(body).get("error", {})


async def still_serves(running: Running) -> bool:
    return b" 200 OK" in await running.exchange(request(HELLO))


CHUNKED = "content-type: application/json\r\ntransfer-encoding: chunked\r\n"


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (request(HELLO, head="content-type: application/json\r\ncontent-length: 5\r\n"), 400, "invalid_request"),
        (request(HELLO, head="content-type: application/json\r\ncontent-length: -5\r\n", length=False), 400, "invalid_request"),
        (request(b"0\r\n\r\n", head=CHUNKED), 400, "invalid_request"),
        (request(HELLO, head="x-long: " + "a" * 20_000 + "\r\n"), 431, "invalid_request"),
        (request(HELLO, head="a: b\r\n" * 2000), 431, "invalid_request"),
        (request(HELLO, head="a: b\r\n" * 150), 431, "invalid_request"),
        (request(HELLO, path="/" + "a" * 20_000), 431, "invalid_request"),
        (request(HELLO, head="bad header\r\n"), 400, "invalid_request"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, "invalid_request"),
        (b"GET /\xff\xfe HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n", 400, "invalid_request"),
        (b"GET / HTTP/9.9\r\nhost: 127.0.0.1\r\n\r\n", 400, "invalid_request"),
        (request(b"x" * 5000), 413, "too_large"),
        (request(b"", head="content-type: application/json\r\ncontent-length: 99999999999999999\r\n", length=False), 413, "too_large"),
        (request(b"1388\r\n" + b"x" * 5000 + b"\r\n0\r\n\r\n", head=CHUNKED, length=False), 413, "too_large"),
    ],
)
async def test_broken_request_is_answered_in_the_envelope(running: Running, raw: bytes, status: int, code: str) -> None:
    found, error = parsed(await running.exchange(raw))
    assert (found, error["code"]) == (status, code)
    assert await still_serves(running)


async def test_body_over_the_limit_is_refused_before_it_is_sent(running: Running) -> None:
    raw = request(b"", head="content-type: application/json\r\ncontent-length: 5000000\r\n", length=False)
    assert parsed(await running.exchange(raw))[0] == 413


async def test_client_that_sends_its_large_body_first_can_still_read_the_refusal(running: Running) -> None:
    raw = request(b"x" * 3_000_000).replace(b"connection: close\r\n", b"")
    answer = await running.exchange(raw[:100_000], raw[100_000:], pause=0.05)
    assert parsed(answer)[0] == 413


async def test_connection_does_not_wait_long_for_a_body_that_nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "LINGER_SECONDS", 0.05)
    async with serving(limits=SMALL) as running:
        raw = request(b"", head="content-type: application/json\r\ncontent-length: 5000000\r\n", length=False)
        answer = await running.exchange(raw.replace(b"connection: close\r\n", b""))
        assert answer.startswith(b"HTTP/1.1 413")


async def test_body_that_trickles_in_is_given_up(running: Running) -> None:
    raw = request(HELLO)
    pieces = [raw[:-20], *(raw[i : i + 1] for i in range(len(raw) - 20, len(raw) - 2))]
    status, error = parsed(await running.exchange(*pieces, pause=0.05))
    assert (status, error["code"]) == (408, "invalid_request")
    assert await still_serves(running)


async def test_head_that_trickles_in_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HEAD_SECONDS", 0.2)
    async with serving() as running:
        raw = request(HELLO)
        assert parsed(await running.exchange(*(raw[i : i + 1] for i in range(20)), pause=0.02))[0] == 408
        assert await running.exchange(b"") == b""
        assert await running.exchange(b"\r\n", b"\r\n", pause=0.05) == b""
        assert await still_serves(running)


async def test_endless_header_is_cut_off(running: Running) -> None:
    start = b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx-endless: "
    assert parsed(await running.exchange(start, *[b"a" * 4000] * 6))[0] == 431


async def test_requests_in_a_row_share_a_connection(running: Running) -> None:
    raw = request(HELLO).replace(b"connection: close\r\n", b"")
    answer = await running.exchange(raw + raw, request(HELLO))
    assert answer.count(b"HTTP/1.1 200 OK") == 3
    assert b"server:" not in answer.lower()


async def test_client_that_leaves_stops_the_work_at_once() -> None:
    async def endless(_: ChatRequest) -> AsyncIterator[Event]:
        while True:
            yield TextDelta("word ")
            await asyncio.sleep(0.01)

    for body in (STREAM, HELLO):
        async with serving(endless) as running:
            reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
            writer.write(request(body))
            if body is STREAM:
                await reader.readuntil(b"word")
            else:
                await asyncio.sleep(0.1)
            writer.close()
            async with asyncio.timeout(10):
                await running.platform.dispatcher.closed.wait()  # type: ignore[attr-defined]


async def test_client_that_stops_reading_stops_the_handler_too() -> None:
    produced = 0

    async def fast(_: ChatRequest) -> AsyncIterator[Event]:
        nonlocal produced
        for _ in range(20_000):
            produced += 1
            yield TextDelta("x" * 1000)
            await asyncio.sleep(0)
        yield ResponseCompleted("m")

    async with serving(fast) as running:
        _, writer = await asyncio.open_connection("127.0.0.1", running.port, limit=1024)
        writer.write(request(STREAM))
        before = -1
        while produced != before or produced == 0:
            before = produced
            await asyncio.sleep(0.1)
        assert produced < 20_000
        writer.transport.abort()
        async with asyncio.timeout(10):
            await running.platform.dispatcher.closed.wait()  # type: ignore[attr-defined]


async def test_two_hundred_streams_at_once_all_get_their_answer() -> None:
    async def patient(_: ChatRequest) -> AsyncIterator[Event]:
        for word in ("a", "b", "c"):
            yield TextDelta(word)
            await asyncio.sleep(0.01)
        yield ResponseCompleted("m")

    async with serving(patient) as running:
        answers = await asyncio.gather(*(running.exchange(request(STREAM), seconds=15) for _ in range(200)))
        assert all(answer.rstrip().endswith(b"0") and b"[DONE]" in answer for answer in answers)
