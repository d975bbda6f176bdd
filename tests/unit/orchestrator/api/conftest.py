"""A client of the application over ASGI, and the fakes behind it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from fanar.settings import LimitSettings, Settings
from fanar.storage.engine import open_engine
from fanar.storage.migrate import upgrade
from orchestrator.api.app import create_app
from orchestrator.transcription import Transcriptions
from tests.fakes.platform import Answer, echo, fake_platform, opener

Connect = Callable[..., Awaitable[httpx.AsyncClient]]
Listening = Callable[[Settings], Transcriptions]


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Return a function that starts an application with these settings and this answer, and gives a client of it."""
    async with AsyncExitStack() as stack:

        async def connected(
            answer: Answer = echo, limits: LimitSettings | None = None, transcription: Listening | None = None, **given: object
        ) -> httpx.AsyncClient:
            settings = Settings(_env_file=None, limits=limits or LimitSettings(), **given)
            platform = fake_platform(settings, answer, transcription=transcription(settings) if transcription else None)
            app = create_app(opener(platform), settings=settings)
            await stack.enter_async_context(app.router.lifespan_context(app))
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            client = await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000"))
            client.platform = platform  # type: ignore[attr-defined]
            return client

        yield connected


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables and nothing in them: making them takes longer than most tests."""
    file = tmp_path_factory.mktemp("tables") / "fanar.db"
    engine = open_engine(f"sqlite:///{file}")
    upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture
def engine(tables: Path, tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{shutil.copy(tables, tmp_path)}")
    yield engine
    engine.dispose()


@pytest.fixture
async def client(connect: Connect) -> httpx.AsyncClient:
    return await connect()
