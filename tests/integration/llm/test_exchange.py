"""Connections to model servers against servers that say exactly these bytes, and do exactly that with the connection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from fanar.errors import ModelUnavailableError, UpstreamTimeoutError
from fanar.llm import pool
from fanar.llm.connections import model_connections
from fanar.llm.exchange import Exchange, Patience
from fanar.llm.openai import OpenAIChatModel
from fanar.llm.pool import Address, ConnectionPool
from fanar.settings import ModelSettings

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello"
GET = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"
PATIENCE = 20.0
Serving = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Raw:
    """A server that runs. `accepted` counts connections."""

    def __init__(self) -> None:
        self.accepted = 0
        self.address = Address("127.0.0.1", 0, secure=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.address.port}/v1"


@asynccontextmanager
async def raw_server(serve: Serving) -> AsyncIterator[Raw]:
    """Run `serve` for each connection until the end of the block."""
    found, writers = Raw(), set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        found.accepted += 1
        writers.add(writer)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await serve(reader, writer)
        writers.discard(writer)
        writer.close()

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    found.address = Address("127.0.0.1", server.sockets[0].getsockname()[1], secure=False)
    try:
        yield found
    finally:
        server.close()
        for writer in tuple(writers):
            writer.transport.abort()
        while writers:
            await asyncio.sleep(0)


async def request_in(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    sizes = [int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
    await reader.readexactly(sizes[0] if sizes else 0)


def answering(*said: bytes, then_close: bool = False, forever: bool = True) -> Serving:
    """Return a server's manners: what it says to each request, and whether it closes afterwards."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await request_in(reader)
            for piece in said:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0)
            if then_close:
                return
            if not forever:
                await reader.read()

    return serve


@pytest.fixture
async def connections() -> AsyncIterator[ConnectionPool]:
    opened = ConnectionPool()
    yield opened
    opened.close()
    await asyncio.sleep(0)


def patience(**limits: float) -> Patience:
    return Patience(ModelSettings(**limits), streamed=True)


async def asked(connections: ConnectionPool, server: Raw, **limits: float) -> Exchange:
    exchange = connections.idle(server.address) or await connections.connect(server.address, seconds=PATIENCE)
    exchange.ask(GET, patience(**limits))
    return exchange


async def read_out(exchange: Exchange) -> None:
    while await exchange.head() and await exchange.next():
        pass


async def test_a_connection_is_used_again_while_it_is_fresh_and_forgotten_when_it_is_not() -> None:
    connections = ConnectionPool(keep_alive=0.1)
    async with raw_server(answering(ANSWER)) as server:
        for _ in range(3):
            exchange = await asked(connections, server)
            assert await exchange.head()
            assert await exchange.whole() == b"hello"
            exchange.close()
        assert server.accepted == 1
        async with asyncio.timeout(PATIENCE):
            while exchange.usable:
                await asyncio.sleep(0.01)
        assert connections.idle(server.address) is None
    connections.close()


async def test_a_connection_that_the_server_closed_is_not_used_again(connections: ConnectionPool) -> None:
    async with raw_server(answering(ANSWER, then_close=True)) as server:
        for _ in range(3):
            exchange = await asked(connections, server)
            assert await exchange.head()
            assert await exchange.whole() == b"hello"
            exchange.close()
            async with asyncio.timeout(PATIENCE):
                while exchange.usable:
                    await asyncio.sleep(0)
        assert server.accepted == 3


async def test_a_connection_that_dies_under_the_request_is_tried_once_more() -> None:
    async def dies_at_the_second(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for number in range(2):
            await request_in(reader)
            if number == 0:
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")

    async with raw_server(dies_at_the_second) as server, model_connections() as opened:
        model = OpenAIChatModel(connections=opened, settings=ModelSettings(url=server.url, model="tiny"))
        for _ in range(2):
            answer = await model.ask(lambda model, _tokens: {"model": model}, streamed=False)
            assert await answer.whole() == b"{}"
            answer.close()
        assert server.accepted == 2


async def test_a_server_that_closes_every_time_is_unavailable() -> None:
    async def closes(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await request_in(reader)

    async with raw_server(closes) as server, model_connections() as opened:
        model = OpenAIChatModel(connections=opened, settings=ModelSettings(url=server.url, model="tiny"))
        with pytest.raises(ModelUnavailableError):
            await model.ask(lambda _model, _tokens: {}, streamed=False)
        assert server.accepted == 2


@pytest.mark.parametrize(
    "said",
    [
        b"SSH-2.0-OpenSSH_9\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: a\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nx: " + b"a" * 200_000,
    ],
)
async def test_what_is_no_answer_is_an_unavailable_server(connections: ConnectionPool, said: bytes) -> None:
    async with raw_server(answering(said)) as server:
        exchange = await asked(connections, server)
        with pytest.raises(ModelUnavailableError):
            await exchange.head()
        exchange.close()
        assert not exchange.usable


async def test_what_nobody_asked_for_ends_the_connection(connections: ConnectionPool) -> None:
    async with raw_server(answering(ANSWER, b"HTTP/1.1 200 OK\r\n")) as server:
        exchange = await asked(connections, server)
        assert await exchange.head()
        assert await exchange.whole() == b"hello"
        exchange.close()
        async with asyncio.timeout(PATIENCE):
            while exchange.usable:
                await asyncio.sleep(0)


async def test_an_answer_without_a_length_ends_with_its_connection(connections: ConnectionPool) -> None:
    async with raw_server(answering(b"HTTP/1.1 200 OK\r\n\r\nhel", b"lo", then_close=True)) as server:
        exchange = await asked(connections, server)
        assert await exchange.head()
        assert await exchange.whole() == b"hello"
        exchange.close()
        assert not exchange.usable


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhel"])
async def test_a_server_that_says_no_more_is_late(connections: ConnectionPool, said: bytes) -> None:
    async with raw_server(answering(said, forever=False)) as server:
        exchange = await asked(connections, server, first_byte_timeout=0.05, idle_timeout=0.05)
        with pytest.raises(UpstreamTimeoutError):
            await read_out(exchange)
        exchange.close()


async def test_a_whole_answer_is_bounded(connections: ConnectionPool) -> None:
    async with raw_server(answering(b"HTTP/1.1 200 OK\r\ncontent-length: 300000\r\n\r\n" + b"x" * 300_000)) as server:
        exchange = await asked(connections, server)
        assert await exchange.head()
        with pytest.raises(ModelUnavailableError, match="too large"):
            await exchange.whole(limit=1000)
        exchange.close()
        exchange = await asked(connections, server)
        assert await exchange.head()
        assert len(await exchange.whole()) == 300_000
        exchange.close()


async def test_a_server_that_speaks_no_tls_is_unreachable_over_it(connections: ConnectionPool) -> None:
    async def greets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example\r\n")
        await reader.read()

    async with raw_server(greets) as server:
        with pytest.raises(ModelUnavailableError):
            await connections.connect(server.address._replace(secure=True), seconds=PATIENCE)


async def test_a_host_that_cannot_be_a_name_is_told_by_its_setting(connections: ConnectionPool) -> None:
    with pytest.raises(ModelUnavailableError, match="FANAR_STAR__URL"):
        await connections.connect(Address("a" * 70, 1, secure=False), seconds=PATIENCE)


async def test_closing_the_pool_ends_what_is_still_said() -> None:
    connections = ConnectionPool()
    async with raw_server(answering(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhel", forever=False)) as server:
        exchange = await asked(connections, server)
        assert await exchange.head()
        assert await exchange.next() == b"hel"
        connections.close()
        with pytest.raises(ModelUnavailableError):
            await exchange.next()
        exchange.close()
    assert pool.KEEP_ALIVE < 5
