"""Gives every request an id, sends it back as `x-id`, and logs what became of the request; never what it said.

Knows nothing of endpoints: what is logged of a path is its template.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from time import perf_counter

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fanar.telemetry.logs import request_id

_log = logging.getLogger(__name__)
_ID_BYTES = 16
_IDS_AT_ONCE = 256


def _random_ids() -> Iterator[str]:
    # Asking the system for random bits is dear, for few as for many.
    while True:
        bits = secrets.token_bytes(_ID_BYTES * _IDS_AT_ONCE).hex()
        yield from (bits[at : at + 2 * _ID_BYTES] for at in range(0, len(bits), 2 * _ID_BYTES))


_ids = _random_ids()


def new_id(kind: str) -> str:
    """Return a fresh id of a kind of object, as in `chatcmpl-…`."""
    return f"{kind}-{next(_ids)}"


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
        began = perf_counter()
        status = 0

        async def send_with_id(message: Message) -> None:
            """Send on, the id added."""
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-id"] = state["id"]
                for name, value in state["headers"].items():
                    headers[name] = value
            await send(message)

        with request_id(state["id"]):
            try:
                await self._app(scope, receive, send_with_id)
            finally:
                milliseconds = round((perf_counter() - began) * 1000, 1)
                told = {
                    "method": scope["method"],
                    "endpoint": _template(scope),
                    "status": status,
                    "ms": milliseconds,
                    "answer": state["id"],
                }
                _log.info("served", extra=told)


def _template(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", "-"))
