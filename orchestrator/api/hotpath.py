"""Takes the one endpoint that matters for speed past the framework's routing: the same checks, the same answers, a shorter way.

The endpoint stands in the router too, where the OpenAPI document finds it. Knows nothing of how a conversation is answered.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi.security import HTTPBearer
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from fanar.errors import FanarError
from orchestrator.api.dependencies import caller, open_platform
from orchestrator.api.errors import error_response
from orchestrator.platform import Platform

Endpoint = Callable[[Request, Platform, str], Awaitable[Response]]

_bearer = HTTPBearer(auto_error=False)


class HotPath:
    """Answers POST requests for `path` by `endpoint`; everything else goes on to the application. `route` is what the log calls it."""

    def __init__(self, app: ASGIApp, *, path: str, endpoint: Endpoint, route: BaseRoute) -> None:
        self._app = app
        self._path = path
        self._endpoint = endpoint
        self._route = route

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or pass it on."""
        if scope["type"] != "http" or scope["path"] != self._path or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        scope["route"] = self._route
        request = Request(scope, receive, send)
        try:
            response = await self._endpoint(request, open_platform(request), await caller(request, await _bearer(request)))
            await response(scope, receive, send)
        except FanarError as error:
            await error_response(error, request.headers)(scope, receive, send)
