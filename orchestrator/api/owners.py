"""Whose the things are that people keep here: the key's that a request bears, else the browser profile's that made them.

A profile is a random token in a cookie that no script can read and no other site can send. Knows nothing of what is kept.
"""

from __future__ import annotations

import re
import secrets
from hashlib import sha256
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError
from orchestrator.api.dependencies import Caller, keys_required, state_of
from orchestrator.api.gate import is_loopback

COOKIE = "fanar_profile"
LOCAL = "local"
"""Who asks on loopback without a key, and is no browser."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_ID = re.compile(r"[a-z]{1,8}-[0-9a-f]{32}")
_MONTHS_13 = 400 * 24 * 3600  # browsers keep none for longer
_NO_SUCH_THING = Bilingual("There is nothing of this id.", "لا يوجد شيء بهذا المعرّف.")


async def owner_of(request: Request, key: Caller) -> str:
    """Return whose the things are that a request is about."""
    if request.state.key is not None:
        return f"key:{key}"
    token = _token(request)
    if token is None:
        if is_loopback(state_of(request).settings.host) and request.headers.get("sec-fetch-site") != "same-origin":
            return LOCAL
        token = _give_token(request)
    return f"profile:{sha256(token.encode()).hexdigest()}"


async def visitor(request: Request) -> None:
    """Give a browser that asks for the page a profile, where none needs a key and it has none yet."""
    if request.url.path == "/" and _token(request) is None and not keys_required(state_of(request).settings):
        _give_token(request)


def own_id(given: str) -> str:
    """Return an id as it stands in a path. Raises NotFoundError for what is none of ours, so that no database is asked for it."""
    if _ID.fullmatch(given) is None:
        raise NotFoundError(_NO_SUCH_THING)
    return given


def _token(request: Request) -> str | None:
    token = request.cookies.get(COOKIE, "")
    return token if _TOKEN.fullmatch(token) else None


def _give_token(request: Request) -> str:
    token = secrets.token_urlsafe(32)
    secure = "; Secure" if request.url.scheme == "https" else ""
    request.state.headers["set-cookie"] = f"{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/; Max-Age={_MONTHS_13}{secure}"
    return token


Owner = Annotated[str, Depends(owner_of)]
