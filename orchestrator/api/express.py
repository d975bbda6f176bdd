"""Takes chat requests that only have to be handed on to a model's server past everything else: the same checks, the same answers.

It takes what is written as clients write it. Whatever is unusual, wrong, or not to be handed on goes the ordinary way, untouched, and
is answered or refused there; so nothing is said in two places. Knows nothing of how an answer is made.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fanar.bilingual import Language
from fanar.errors import FanarError
from fanar.telemetry.logs import request_id
from orchestrator.api.asked import Asked, read_asked
from orchestrator.api.body import OFF_LOOP_BYTES, read_body
from orchestrator.api.dependencies import LENIENT_HEADER, State, shown_key
from orchestrator.api.errors import INTERNAL, error_response, language_of
from orchestrator.api.forward import Client, Forwarding
from orchestrator.api.identity import new_id
from orchestrator.api.limits import admit
from orchestrator.api.server import PEER, Peer
from orchestrator.platform import Platform
from orchestrator.relay import Plan

_log = logging.getLogger(__name__)
_JSON = frozenset((b"application/json", b"application/json; charset=utf-8"))
_UNUSUAL = frozenset((b"origin", b"content-encoding", b"transfer-encoding", LENIENT_HEADER.encode("ascii")))
_BEARER = b"bearer"
_DIGITS = len(str(OFF_LOOP_BYTES))


@dataclass(slots=True)
class _Boarding:
    """A request whose head is as usual, while it is looked at further."""

    platform: Platform
    peer: Peer
    secret: str
    id: str
    headers: dict[str, str]
    language: Language


class Express:
    """Answers POST requests for `path` that can be handed on; all others go on to the application. `is_own` knows the platform's hosts."""

    def __init__(self, app: ASGIApp, *, path: str, state: State, is_own: Callable[[str], bool]) -> None:
        self._app = app
        self._path = path
        self._state = state
        self._is_own = is_own
        self._most = min(OFF_LOOP_BYTES, state.settings.limits.body_bytes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or pass it on."""
        boarding = self._boarding(scope)
        if boarding is None:
            await self._app(scope, receive, send)
            return
        peer, task = boarding.peer, asyncio.current_task()
        assert task is not None  # noqa: S101  (a server runs tasks)
        peer.leaving = leaving = task.cancel
        try:
            with request_id(boarding.id):
                passed_on = await self._answered(boarding, scope, receive, send)
        except asyncio.CancelledError:
            if not peer.left:
                raise
            task.uncancel()
            return
        finally:
            # The next request on the connection may have begun already.
            if peer.leaving is leaving:
                peer.leaving = None
        if passed_on is not None:
            await self._app(scope, passed_on, send)

    def _boarding(self, scope: Scope) -> _Boarding | None:
        """Return what the head says, None when it says anything out of the usual."""
        platform = self._state.platform
        if (
            scope["type"] != "http"
            or scope["path"] != self._path
            or scope["method"] != "POST"
            or platform is None
            or platform.relay is None
        ):
            return None
        extensions, given = scope.get("extensions"), scope["headers"]
        peer = extensions.get(PEER) if extensions else None
        headers = dict(given)
        size = headers.get(b"content-length", b"")
        if (
            peer is None
            or len(headers) != len(given)
            or not _UNUSUAL.isdisjoint(headers)
            or headers.get(b"content-type") not in _JSON
            or not size.isdigit()
            or len(size) > _DIGITS
            or int(size) > self._most
            or not self._is_own(headers.get(b"host", b"").decode("latin-1"))
        ):
            return None
        scheme, _, secret = headers.get(b"authorization", b"").partition(b" ")
        shown = secret.decode("latin-1") if scheme.lower() == _BEARER else ""
        identity = new_id("chatcmpl")
        language = language_of(Headers(scope=scope)) if b"accept-language" in headers else "en"
        return _Boarding(platform, peer, shown, identity, {"x-id": identity}, language)

    async def _answered(self, boarding: _Boarding, scope: Scope, receive: Receive, send: Send) -> Receive | None:
        """Answer the request. Otherwise return what gives the application the request's body once more."""
        began, status, platform = perf_counter(), "", boarding.platform
        forwarding: Forwarding | None = None
        try:
            key = await shown_key(platform, boarding.secret)
            first = await receive()
            if first["type"] == "http.disconnect":
                return _after(first, receive)
            body = first["body"]
            if first["more_body"]:
                body = await read_body(Request(scope, _after(first, receive)), platform.settings.limits)
            asked, plan = await _planned(platform, body)
            if asked is None or plan is None:
                return _after({"type": "http.request", "body": body, "more_body": False}, receive)
            await admit(platform.limits, key, asked.model, boarding.headers)
            client = Client(send, boarding.peer, boarding.id, boarding.headers, boarding.language)
            forwarding = Forwarding(client, asked, plan, platform.metrics)
            with self._state.slots:
                await forwarding.run()
            status = forwarding.status
        except FanarError as error:
            status = error.code
            await error_response(error, Headers(scope=scope), extra=boarding.headers)(scope, receive, send)
        finally:
            # A fault of ours is answered like any other failure, and then goes its way to the log.
            if isinstance(sys.exception(), Exception) and not (forwarding and forwarding.begun):
                await error_response(FanarError(INTERNAL), Headers(scope=scope), extra=boarding.headers)(scope, receive, send)
            _told(boarding.id, status, perf_counter() - began)
        return None


async def _planned(platform: Platform, body: bytes) -> tuple[Asked | None, Plan | None]:
    asked = read_asked(body, platform.settings.limits)
    if asked is None or platform.relay is None:
        return None, None
    return asked, await platform.relay.plan(asked.model, lambda: asked.messages)


def _after(first: Message, receive: Receive) -> Receive:
    """Return what gives `first` once more, then the rest."""
    waiting = [first]

    async def received() -> Message:
        return waiting.pop() if waiting else await receive()

    return received


def _told(identity: str, status: str, seconds: float) -> None:
    """Log a request that did not go well; of those that did, counters tell enough."""
    if status not in ("", "ok") or (status and _log.isEnabledFor(logging.DEBUG)):
        level = logging.DEBUG if status == "ok" else logging.INFO
        _log.log(level, "handed on", extra={"status": status, "ms": round(seconds * 1000, 1), "answer": identity})
