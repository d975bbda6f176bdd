"""The whole platform, as it is built from settings: once without a language model, once with two servers as Star and Prime."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from fanar.settings import ModelSettings, Settings
from orchestrator.api.app import create_app
from orchestrator.bootstrap.platform import open_platform
from orchestrator.platform import Platform
from tests.fakes.upstream import Behaviour, Upstream, upstream


@dataclass
class Opened:
    """An open platform, its application, and a client of it."""

    platform: Platform
    app: FastAPI
    client: httpx.AsyncClient


@dataclass
class Connected(Opened):
    """An open platform and the two servers behind it."""

    star: Upstream
    prime: Upstream


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Opened]:
    """Open a platform behind an application."""
    async with open_platform(settings) as platform:

        @asynccontextmanager
        async def given() -> AsyncIterator[Platform]:
            yield platform

        app = create_app(given, settings=settings)
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", timeout=30) as client:
                yield Opened(platform, app, client)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fanar")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def bare(data: Path) -> AsyncIterator[Opened]:
    async with opened(Settings(_env_file=None, data=data, discover=False)) as found:
        yield found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def connected(bare: Opened, data: Path) -> AsyncIterator[Connected]:
    async with upstream(model="star-7b") as star, upstream(model="prime-27b") as prime:
        servers = {"star": ModelSettings(url=star.url, model="star-7b"), "prime": ModelSettings(url=prime.url, model="prime-27b")}
        async with opened(Settings(_env_file=None, data=data, **servers)) as found:
            yield Connected(found.platform, found.app, found.client, star, prime)


@pytest_asyncio.fixture(loop_scope="session")
async def fresh(connected: Connected) -> Connected:
    """The connected platform, its servers as at the start."""
    for server in (connected.star, connected.prime):
        server.behaviour = Behaviour()
        server.requests.clear()
    return connected
