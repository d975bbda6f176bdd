"""Who may knock: on loopback, requests whose Host and Origin are this machine's (no page of a foreign site can reach in by DNS rebinding).

Knows nothing of keys or of endpoints.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from fanar.bilingual import Bilingual
from fanar.errors import AuthorizationError
from orchestrator.api.errors import error_response

_HOST = re.compile(r"^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::\d{1,5})?$")
_FOREIGN_HOST = Bilingual(
    "This host name is not one of the platform's; FANAR_ALLOWED_HOSTS adds it.",
    "اسم المضيف هذا ليس من أسماء المنصة؛ يضيفه FANAR_ALLOWED_HOSTS.",
)
_FOREIGN_ORIGIN = Bilingual(
    "Pages of this origin may not call the platform; FANAR_ALLOWED_ORIGINS adds it.",
    "لا يُسمح لصفحات هذا المصدر باستدعاء المنصة؛ يضيفه FANAR_ALLOWED_ORIGINS.",
)


@lru_cache(maxsize=256)
def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine itself."""
    name = host.strip("[]").lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def own_hosts(host: str, allowed_hosts: Sequence[str]) -> Callable[[str], bool]:
    """Return what tells whether a Host header is the platform's.

    `host` is the address the server listens on: beyond loopback any Host is right, unless `allowed_hosts` names them.
    """
    hosts = {name.lower() for name in (*allowed_hosts, host)}
    any_is_right = not is_loopback(host) and not allowed_hosts

    @lru_cache(maxsize=256)
    def is_own(given: str) -> bool:
        """Whether it is."""
        match = _HOST.match(given)
        return match is not None and (any_is_right or is_loopback(match[1]) or match[1].lower() in hosts)

    return is_own


class Gate:
    """Refuses requests with a foreign Host or Origin before anything else looks at them."""

    def __init__(self, app: ASGIApp, *, is_own: Callable[[str], bool], allowed_origins: Sequence[str]) -> None:
        self._app = app
        self._is_own = is_own
        self._origins = set(allowed_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with 403 in the envelope."""
        if scope["type"] == "websocket" and self._fault(Headers(scope=scope)):
            # Closed before it stands, which the server answers with 403.
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] == "http" and (fault := self._fault(Headers(scope=scope))):
            await error_response(AuthorizationError(fault), Headers(scope=scope))(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _fault(self, headers: Headers) -> Bilingual | None:
        if not self._is_own(headers.get("host", "")):
            return _FOREIGN_HOST
        origin = headers.get("origin")
        if origin is None or origin in self._origins or self._same(origin, headers["host"]):
            return None
        return _FOREIGN_ORIGIN

    def _same(self, origin: str, host: str) -> bool:
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        if parts.scheme not in ("http", "https"):
            return False
        return parts.netloc.lower() == host.lower()
