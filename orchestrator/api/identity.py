"""Gives every request an id, sends it back as `x-id`, and counts and logs what became of the request; never what it said."""

from __future__ import annotations

import uuid

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def new_id(kind: str) -> str:
    """Return a fresh id of a kind of object, as in `chatcmpl-…`."""
    return f"{kind}-{uuid.uuid4().hex}"


class Identity:
    """Puts the request's id and a dict of headers into the scope's state, and both onto the answer, errors included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["id"] = new_id("req")
        state["headers"] = {}

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["x-id"] = state["id"]
                for name, value in state["headers"].items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, send_with_id)
