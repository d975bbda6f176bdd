"""Finding model servers on loopback, against real ones."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import aiohttp
import pytest
from aiohttp import web

from fanar.llm.connections import model_connections
from fanar.llm.discovery import CANDIDATES, Candidate, FoundServer, discover
from tests.fakes.upstream import Behaviour, upstream


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with model_connections() as opened:
        yield opened.session


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as opened:
        yield opened


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


async def serving(stack: AsyncExitStack, *models: tuple[str, str]) -> int:
    server = await stack.enter_async_context(upstream(Behaviour(models=models)))
    return server.port


async def answering(stack: AsyncExitStack, paths: dict[str, Callable[[], web.StreamResponse]]) -> int:
    """Run a web server of another sort; return its port."""

    def handler(make: Callable[[], web.StreamResponse]) -> Callable[[web.Request], object]:
        async def handle(_request: web.Request) -> web.StreamResponse:
            return make()

        return handle

    app = web.Application()
    for path, make in paths.items():
        app.router.add_get(path, handler(make))  # type: ignore[arg-type]
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return int(runner.addresses[0][1])


async def found_on(session: aiohttp.ClientSession, *ports: int, own: tuple[int, ...] = ()) -> list[FoundServer]:
    candidates = [Candidate("unknown", port) for port in ports]
    return await discover(session, candidates=candidates, own_ports=own, seconds=3.0)


@pytest.mark.parametrize(
    ("owner", "kind"),
    [("library", "ollama"), ("organization_owner", "lmstudio"), ("llamacpp", "llama.cpp"), ("vllm", "vllm"), ("Qwen", "unknown")],
)
async def test_a_server_is_named_by_what_it_says_of_itself(
    session: aiohttp.ClientSession, stack: AsyncExitStack, owner: str, kind: str
) -> None:
    port = await serving(stack, ("qwen3:1.7b", owner))
    assert await found_on(session, port) == [FoundServer(kind, f"http://127.0.0.1:{port}/v1", ("qwen3:1.7b",))]


async def test_servers_come_in_the_order_of_the_candidates(session: aiohttp.ClientSession, stack: AsyncExitStack) -> None:
    ports = [await serving(stack, (f"model-{i}", "x")) for i in range(3)]
    assert [server.models for server in await found_on(session, *reversed(ports))] == [("model-2",), ("model-1",), ("model-0",)]


async def test_models_that_only_embed_are_not_offered(session: aiohttp.ClientSession, stack: AsyncExitStack) -> None:
    port = await serving(stack, ("nomic-embed-text:latest", "library"), ("qwen3:1.7b", "library"), ("BAAI/bge-m3", "library"))
    assert (await found_on(session, port))[0].models == ("qwen3:1.7b",)


async def test_a_server_that_only_embeds_is_not_found(session: aiohttp.ClientSession, stack: AsyncExitStack) -> None:
    assert await found_on(session, await serving(stack, ("intfloat/multilingual-e5-large", "vllm"))) == []


async def test_our_own_port_is_never_asked(session: aiohttp.ClientSession, stack: AsyncExitStack) -> None:
    port = await serving(stack, ("tiny", "vllm"))
    assert await found_on(session, port, own=(port,)) == []


async def test_another_instance_of_the_platform_is_no_model_server(session: aiohttp.ClientSession, stack: AsyncExitStack) -> None:
    assert await found_on(session, await serving(stack, ("Fanar", "fanar"), ("Fanar-Sadiq", "fanar"))) == []


async def test_a_platform_with_renamed_models_is_known_by_its_health(session: aiohttp.ClientSession, stack: AsyncExitStack) -> None:
    def models() -> web.Response:
        return web.json_response({"data": [{"id": "Acme", "owned_by": "acme"}]})

    port = await answering(stack, {"/v1/models": models, "/healthz": lambda: web.json_response({"status": "ok", "service": "fanar"})})
    assert await found_on(session, port) == []


async def test_a_model_of_fanar_served_by_vllm_is_found(session: aiohttp.ClientSession, stack: AsyncExitStack) -> None:
    port = await serving(stack, ("QCRI/Fanar-1-9B-Instruct", "vllm"))
    assert (await found_on(session, port))[0].models == ("QCRI/Fanar-1-9B-Instruct",)


STRANGERS: dict[str, Callable[[], web.StreamResponse]] = {
    "a page": lambda: web.Response(text="<html>", content_type="text/html"),
    "a list": lambda: web.json_response([1, 2]),
    "rows of another sort": lambda: web.json_response({"data": [1, {"id": 3}, {"name": "x"}]}),
    "a refusal": lambda: web.json_response({"error": "key"}, status=401),
    "a redirect": lambda: web.Response(status=302, headers={"Location": "http://127.0.0.1:1/"}),
    "too much": lambda: web.Response(body=b'{"data": [{"id": "x"}], "more": "' + b"x" * 1_100_000 + b'"}'),
}


@pytest.mark.parametrize("stranger", STRANGERS)
async def test_another_service_on_the_port_is_passed_over(session: aiohttp.ClientSession, stack: AsyncExitStack, stranger: str) -> None:
    assert await found_on(session, await answering(stack, {"/v1/models": STRANGERS[stranger]})) == []


async def test_a_port_where_nobody_speaks_does_not_hold_up_the_others(session: aiohttp.ClientSession, stack: AsyncExitStack) -> None:
    mute = stack.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1]
    port = await serving(stack, ("tiny", "vllm"))
    async with asyncio.timeout(20):
        assert [server.url for server in await found_on(session, mute, free_port(), port)] == [f"http://127.0.0.1:{port}/v1"]


async def test_mute_ports_are_waited_for_together(session: aiohttp.ClientSession, stack: AsyncExitStack) -> None:
    mute = stack.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1]
    candidates = [Candidate("x", mute)] * 20
    loop = asyncio.get_running_loop()
    start = loop.time()
    assert await discover(session, candidates=candidates, seconds=0.2) == []
    assert loop.time() - start < 0.2 * len(candidates) * 3 / 4


def test_the_usual_ports_are_looked_at() -> None:
    assert {candidate.port for candidate in CANDIDATES} >= {11434, 1234, 8080, 8000, 8001}
