"""What endpoints ask of a request: the platform behind it, whose key it bears, its body as a model."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, TypeVar, cast

from fastapi import Depends, Security
from fastapi.security import HTTPBearer
from fastapi.security.http import HTTPAuthorizationCredentials
from pydantic import BaseModel
from starlette.requests import Request

from fanar.bilingual import Bilingual
from fanar.errors import AuthenticationError
from fanar.keys import ApiKey
from fanar.settings import Settings
from orchestrator.api.body import read_object
from orchestrator.api.faults import validated
from orchestrator.api.gate import is_loopback
from orchestrator.api.limits import Slots, admit
from orchestrator.limits import NOBODY
from orchestrator.platform import Platform

Model = TypeVar("Model", bound=BaseModel)

KEY_PREFIX = "fanar-"
LENIENT_HEADER = "x-fanar-lenient"
MAX_KEY = 256

_NO_KEY = Bilingual(
    "An API key is required: send Authorization: Bearer <key>. `fanar keys create` makes one.",
    "مفتاح الواجهة مطلوب: أرسل Authorization: Bearer <key>. ينشئه الأمر `fanar keys create`.",
)
_BAD_KEY = Bilingual("The API key is not valid.", "مفتاح الواجهة غير صالح.")


@dataclass(slots=True)
class State:
    """What the application holds between requests. `platform` is set while it is open."""

    settings: Settings
    slots: Slots
    platform: Platform | None = field(default=None)


def state_of(request: Request) -> State:
    """Return the application's state."""
    return cast("State", request.app.state.fanar)


def open_platform(request: Request) -> Platform:
    """Return the platform behind this application, which is open while requests are answered."""
    platform = state_of(request).platform
    assert platform is not None, "requests are answered between start and stop only"  # noqa: S101
    return platform


def keys_required(settings: Settings) -> bool:
    """Whether requests need a key: as set, else beyond loopback."""
    return not is_loopback(settings.host) if settings.require_key is None else settings.require_key


async def caller(
    request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Security(HTTPBearer(auto_error=False))] = None
) -> str:
    """Return the id of the caller's key, or "anonymous" where none is needed; the key itself is kept with the request.

    Raises AuthenticationError.
    """
    request.state.key = key = await shown_key(open_platform(request), given.credentials if given else "")
    return key.id if key else NOBODY


async def shown_key(platform: Platform, secret: str) -> ApiKey | None:
    """Return the key that `secret` is, None where none is needed and none of ours is shown. Raises AuthenticationError.

    Clients must send some key even to a server that wants none, so there only what looks like one of ours is checked.
    """
    if keys_required(platform.settings):
        if not secret:
            raise AuthenticationError(_NO_KEY)
    elif not secret.startswith(KEY_PREFIX):
        return None
    if len(secret) > MAX_KEY or not secret.isascii():
        raise AuthenticationError(_BAD_KEY)
    return await platform.keys.verify(secret)


async def admitted(request: Request, platform: Platform, model: str) -> None:
    """Count a request of the caller for `model`; its answer says what it met. Raises RateLimitedError, QuotaExceededError."""
    await admit(platform.limits, request.state.key, model, request.state.headers)


async def body_as(model: type[Model], request: Request) -> Model:
    """Return the body as `model`. Raises an InvalidRequestError that names what is wrong."""
    data = await read_object(request, state_of(request).settings.limits)
    return validated(model, data, lenient=request.headers.get(LENIENT_HEADER) == "true")


Caller = Annotated[str, Depends(caller)]
CurrentPlatform = Annotated[Platform, Depends(open_platform)]
