"""Two vLLM servers and one `transformers serve`, started once for all tests, each with its own tiny checkpoint."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from fanar.llm.openai import OpenAIChatModel
from tests.environments.build import environment
from tests.vllm.asking import client
from tests.vllm.servers import Server, transformers, vllm
from tests.vllm.servers import checkpoints as make_checkpoints


@pytest.fixture(scope="session")
def vllm_environment() -> Path:
    return environment("vllm")


@pytest.fixture(scope="session")
def checkpoints(vllm_environment: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return make_checkpoints(vllm_environment, tmp_path_factory.mktemp("checkpoints"))


@pytest.fixture(scope="session")
def servers(vllm_environment: Path, checkpoints: dict[str, Path]) -> Iterator[dict[str, Server]]:
    """Star and Prime on vLLM, started side by side."""
    started = {name: vllm(vllm_environment, folder, name=name) for name, folder in checkpoints.items()}
    try:
        for server in started.values():
            server.start()
        for server in started.values():
            server.await_ready()
        yield started
    finally:
        for server in started.values():
            server.stop()


@pytest.fixture(scope="session")
def local_server(checkpoints: dict[str, Path]) -> Iterator[Server]:
    server = transformers(environment("local"), checkpoints["star"])
    server.start()
    try:
        server.await_ready()
        yield server
    finally:
        server.stop()


@pytest.fixture
async def star(servers: dict[str, Server]) -> AsyncIterator[OpenAIChatModel]:
    async with client(servers["star"].url) as model:
        yield model


@pytest.fixture
async def prime(servers: dict[str, Server]) -> AsyncIterator[OpenAIChatModel]:
    async with client(servers["prime"].url) as model:
        yield model


@pytest.fixture
async def local(local_server: Server) -> AsyncIterator[OpenAIChatModel]:
    async with client(local_server.url, model="star") as model:
        yield model
