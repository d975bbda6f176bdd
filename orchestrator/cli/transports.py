"""Two ways to the same API: a server over HTTP, and the application within this process. Knows nothing of what is asked.

Neither looks at statuses: an answer that failed says so in its body.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, Protocol

import aiohttp

from fanar.bilingual import Bilingual, Language
from fanar.errors import ModelUnavailableError, UpstreamTimeoutError
from orchestrator.cli.terminal import Json

STREAM = "text/event-stream"

_CONNECT_SECONDS = 5.0
_SILENT_SECONDS = 120.0  # the platform sends a sign of life every few seconds; other servers may not
_OURS = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer on its way: its media type, and its body in pieces."""

    media_type: str
    pieces: AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class Upload:
    """A form with one file, and its other fields."""

    name: str
    content: bytes
    fields: Mapping[str, str]

    def written(self) -> tuple[str, bytes]:
        """Return its media type and its bytes."""
        boundary = token_hex(16)
        parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in self.fields.items()]
        shown = "".join(c for c in self.name if c.isalnum() or c in "._-") or "file"
        parts.append(f'name="file"; filename="{shown}"\r\n\r\n'.encode() + self.content)
        head = f"--{boundary}\r\nContent-Disposition: form-data; ".encode()
        return f"multipart/form-data; boundary={boundary}", b"".join(
            head + part + b"\r\n" for part in parts
        ) + f"--{boundary}--\r\n".encode()


class Transport(Protocol):
    """Carries one request to the API and its answer back."""

    def send(self, method: str, path: str, body: Json | Upload | None = None) -> AbstractAsyncContextManager[Reply]:
        """Send a request; leaving the block stops the work on it. Raises ModelUnavailableError, UpstreamTimeoutError."""
        ...


class HttpTransport:
    """A server at `url`, its address without /v1."""

    def __init__(self, session: aiohttp.ClientSession, *, url: str, language: Language, key: str | None = None) -> None:
        self._session = session
        self._url = url
        self._headers = {"accept-language": language} | ({"authorization": f"Bearer {key}"} if key else {})

    @asynccontextmanager
    async def send(self, method: str, path: str, body: Json | Upload | None = None) -> AsyncIterator[Reply]:
        """Send a request; leaving the block stops the work on it. Raises ModelUnavailableError, UpstreamTimeoutError."""
        timeout = aiohttp.ClientTimeout(sock_connect=_CONNECT_SECONDS, sock_read=_SILENT_SECONDS)
        try:
            kind, content = _written(body)
            headers = self._headers | ({"content-type": kind} if body is not None else {})
            asked = self._session.request(method, self._url + path, data=content, headers=headers, timeout=timeout, allow_redirects=False)
            async with asked as response:
                yield Reply(response.content_type, response.content.iter_any())
        except TimeoutError as cause:
            raise UpstreamTimeoutError(Bilingual(f"{self._url} did not answer in time.", f"لم يُجب {self._url} في الوقت المحدد.")) from cause
        except aiohttp.ClientError as cause:
            raise ModelUnavailableError(
                Bilingual(
                    f"{self._url} does not answer. `fanar serve` starts a server on this machine; FANAR_BASE_URL names another.",
                    f"لا يُجيب {self._url}. يشغّل الأمر `fanar serve` خادمًا على هذا الجهاز، ويحدد FANAR_BASE_URL غيره.",
                )
            ) from cause


def _written(body: Json | Upload | None) -> tuple[str, bytes]:
    if isinstance(body, Upload):
        return body.written()
    return "application/json", b"" if body is None else json.dumps(body).encode("ascii")


class InProcessTransport:
    """The application itself, called as a server would call it: the same checks, the same answers."""

    def __init__(self, app: Any, *, language: Language) -> None:  # noqa: ANN401  (any ASGI application)
        self._app = app
        self._headers = {"host": _OURS, "accept-language": language}

    @asynccontextmanager
    async def send(self, method: str, path: str, body: Json | Upload | None = None) -> AsyncIterator[Reply]:
        """Send a request; leaving the block stops the work on it."""
        kind, content = _written(body)
        exchange = _Exchange(content)
        work = asyncio.create_task(self._app(self._scope(method, path, kind, exchange), exchange.receive, exchange.send))
        # An application that fails without an answer must not leave us waiting for one.
        work.add_done_callback(exchange.end)
        try:
            headers = await exchange.started()
            yield Reply(headers.get("content-type", "").partition(";")[0], exchange.pieces())
        finally:
            exchange.gone.set()
            work.cancel()
            # What it failed with was answered in the envelope and is in the log.
            await asyncio.wait({work})
            if not work.cancelled():
                work.exception()

    def _scope(self, method: str, path: str, kind: str, exchange: _Exchange) -> Mapping[str, Any]:
        headers = self._headers | {"content-length": str(len(exchange.body)), "content-type": kind}
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode("ascii"),
            "query_string": b"",
            "root_path": "",
            "headers": [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()],
            "client": (_OURS, 0),
            "server": (_OURS, 0),
        }


class _Exchange:
    """One request and its answer. The application is held back until each piece is read."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.gone = asyncio.Event()
        self._told = False
        self._messages: asyncio.Queue[Mapping[str, Any] | None] = asyncio.Queue()
        self._taken = asyncio.Event()

    async def receive(self) -> Mapping[str, Any]:
        if not self._told:
            self._told = True
            return {"type": "http.request", "body": self.body, "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Mapping[str, Any]) -> None:
        self._taken.clear()
        self._messages.put_nowait(message)
        await self._taken.wait()

    def end(self, _work: asyncio.Task[None]) -> None:
        self._messages.put_nowait(None)

    async def started(self) -> dict[str, str]:
        message = await self._messages.get()
        self._taken.set()
        if message is None:
            return {}
        return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in message["headers"]}

    async def pieces(self) -> AsyncIterator[bytes]:
        while (message := await self._messages.get()) is not None:
            yield message.get("body", b"")
            self._taken.set()
            if not message.get("more_body"):
                return
