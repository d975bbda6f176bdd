"""A client of the application over ASGI, and the fakes behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import httpx
import pytest

from fanar.settings import LimitSettings, Settings
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


@pytest.fixture
async def client(connect: Connect) -> httpx.AsyncClient:
    return await connect()
