"""The HTTP application: puts gate, identity, errors and endpoints together. Knows nothing of how the platform is built."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import Depends, FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from fanar.settings import Settings
from orchestrator.api import errors
from orchestrator.api.dependencies import State
from orchestrator.api.endpoints import (
    attributions,
    audio,
    backends,
    calendar,
    chat,
    collections,
    conversations,
    embeddings,
    feedback,
    files,
    health,
    images,
    inheritance,
    models,
    moderations,
    prayer,
    realtime,
    recency,
    research,
    route,
    search,
    speech,
    tokens,
    validation,
    voices,
    web,
    websub,
    zakat,
)
from orchestrator.api.express import Express
from orchestrator.api.gate import Gate, own_hosts
from orchestrator.api.hotpath import HotPath
from orchestrator.api.identity import Identity
from orchestrator.api.limits import Slots
from orchestrator.api.openapi import describe
from orchestrator.api.owners import visitor
from orchestrator.platform import Platform

ROUTERS = (
    chat.router,
    models.router,
    backends.router,
    route.router,
    search.router,
    attributions.router,
    validation.router,
    audio.router,
    speech.router,
    voices.router,
    realtime.router,
    images.router,
    research.router,
    inheritance.router,
    calendar.router,
    prayer.router,
    zakat.router,
    recency.router,
    websub.router,
    feedback.router,
    conversations.router,
    files.router,
    collections.router,
    tokens.router,
    embeddings.router,
    moderations.router,
    health.router,
)


class Application(FastAPI):
    """FastAPI, behind an entrance that a request may pass or not: what stands before FastAPI is no middleware of its own."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  (FastAPI's own)
        super().__init__(**options)
        self.entrance: ASGIApp = super().__call__

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request."""
        await self.entrance(scope, receive, send)


def create_app(open_platform: Callable[[], AbstractAsyncContextManager[Platform]], *, settings: Settings) -> FastAPI:
    """Return the application. `open_platform` is entered when it starts and left when it stops."""
    state = State(settings, Slots(settings.limits.streams))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        """Keep the platform open while requests are answered."""
        async with open_platform() as platform:
            state.platform = platform
            try:
                yield
            finally:
                state.platform = None

    app = Application(title="Fanar", version=version("fanar"), lifespan=lifespan, redirect_slashes=False, docs_url=None, redoc_url=None)
    app.state.fanar = state
    for router in ROUTERS:
        app.include_router(router)
    app.include_router(web.router, dependencies=[Depends(visitor)])
    errors.install(app)
    describe(app, ROUTERS)
    app.add_middleware(HotPath, path=chat.PATH, endpoint=chat.create_chat_completion, route=chat.router.routes[0])
    if settings.allowed_origins:
        app.add_middleware(CORSMiddleware, allow_origins=settings.allowed_origins, allow_methods=["*"], allow_headers=["*"])
    is_own = own_hosts(settings.host, settings.allowed_hosts)
    app.add_middleware(Gate, is_own=is_own, allowed_origins=settings.allowed_origins)
    app.add_middleware(Identity)
    app.entrance = Express(app.entrance, path=chat.PATH, state=state, is_own=is_own)
    return app
