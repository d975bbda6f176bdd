"""A language model behind any OpenAI-compatible server: vLLM first, then llama.cpp, Ollama, LM Studio. Knows nothing of routing.

Limits in time are the phases of `ModelSettings`: connecting, the first byte, and the silence between two pieces.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, ModelUnavailableError
from fanar.events import Event
from fanar.llm.chunks import ChunkReader
from fanar.llm.faults import TRANSPORT_ERRORS, mapped_errors, status_fault
from fanar.llm.fit import fit_request
from fanar.llm.served import served_models
from fanar.llm.sse import EventParser
from fanar.llm.wire import encode, request_body
from fanar.messages import ChatRequest
from fanar.settings import ModelSettings

MAX_ERROR_BYTES = 65_536
MAX_LIST_BYTES = 1_000_000
# After the announced end only the end of the connection is awaited, so that it can be used again.
_CLOSING_SECONDS = 0.2
_OK = 200
_NOT_FOUND = 404


class OpenAIChatModel:
    """A ChatModel over HTTP. The session is shared and belongs to the caller."""

    def __init__(self, *, session: aiohttp.ClientSession, settings: ModelSettings) -> None:
        """Raises ConfigurationError when the settings name no server."""
        if not settings.url:
            raise ConfigurationError(
                Bilingual(
                    "A model server needs its URL: set FANAR_STAR__URL or FANAR_PRIME__URL.",
                    "ينقص عنوان خادم النموذج: اضبط FANAR_STAR__URL أو FANAR_PRIME__URL.",
                )
            )
        self._session = session
        self._settings = settings
        self._url = settings.url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {settings.api_key.get_secret_value()}"} if settings.api_key else {}
        self._timeout = aiohttp.ClientTimeout(total=None, sock_connect=settings.connect_timeout)
        self._found: str | None = None

    @property
    def name(self) -> str:
        """The id under which its server knows it; empty until the server was asked when the settings name none."""
        return self._settings.model or self._found or ""

    async def available(self) -> bool:
        """Whether its server answers now."""
        try:
            async with asyncio.timeout(self._settings.connect_timeout), self._get("/models") as response:
                return response.status == _OK
        except TRANSPORT_ERRORS:
            return False

    async def stream(self, request: ChatRequest) -> AsyncIterator[Event]:
        """Yield the answer; see ChatModel. Closing the iterator closes the connection, which stops the server's work."""
        deadline = asyncio.get_running_loop().time() + self._settings.first_byte_timeout
        reader = ChunkReader(choices=request.sampling.n)
        async with self._answer(request, deadline) as response:
            parser = EventParser()
            piece = await self._read(response, deadline)
            while piece:
                for payload in parser.feed(piece):
                    for event in reader.read(payload):
                        yield event
                piece = await self._finish(response) if reader.done else await self._read(response)
        yield reader.completed()

    @asynccontextmanager
    async def _answer(self, request: ChatRequest, deadline: float) -> AsyncIterator[aiohttp.ClientResponse]:
        fitted = fit_request(request, context_tokens=self._settings.context_tokens)
        with mapped_errors():
            async with asyncio.timeout_at(deadline):
                body = request_body(fitted, model=self.name or await self._ask_name())
                response = await self._session.post(
                    f"{self._url}/chat/completions",
                    data=encode(body),
                    headers={**self._headers, "Content-Type": "application/json"},
                    timeout=self._timeout,
                    allow_redirects=False,
                )
        try:
            if response.status != _OK:
                if response.status == _NOT_FOUND:
                    # The server may have been restarted with another model: ask it again next time.
                    self._found = None
                with mapped_errors():
                    async with asyncio.timeout_at(deadline):
                        told = await _bounded(response, MAX_ERROR_BYTES)
                raise status_fault(response.status, told, retry_after=response.headers.get("Retry-After"), sent=body)
            yield response
        finally:
            # Without this the connection would be drained for reuse, and the server would go on writing.
            response.close()

    async def _read(self, response: aiohttp.ClientResponse, deadline: float | None = None) -> bytes:
        """Return the next bytes, empty at the end."""
        with mapped_errors():
            async with asyncio.timeout(self._settings.idle_timeout) if deadline is None else asyncio.timeout_at(deadline):
                return await response.content.readany()

    async def _finish(self, response: aiohttp.ClientResponse) -> bytes:
        """Await the end of the connection's answer; what comes late or breaks now was not part of it."""
        try:
            async with asyncio.timeout(_CLOSING_SECONDS):
                while await response.content.readany():
                    pass
        except TRANSPORT_ERRORS:
            response.close()
        return b""

    async def _ask_name(self) -> str:
        """Ask the server which model it serves. Raises ModelUnavailableError when it is none that chats."""
        async with self._get("/models") as response:
            if response.status != _OK:
                raise status_fault(response.status)
            told = await _bounded(response, MAX_LIST_BYTES)
        self._found = next((model.id for model in served_models(told) if model.chats), None)
        if self._found is None:
            raise ModelUnavailableError(
                Bilingual("The model server serves no model that answers conversations.", "لا يقدّم خادم النموذج نموذجًا يجيب عن المحادثات.")
            )
        return self._found

    @asynccontextmanager
    async def _get(self, path: str) -> AsyncIterator[aiohttp.ClientResponse]:
        async with self._session.get(f"{self._url}{path}", headers=self._headers, timeout=self._timeout, allow_redirects=False) as response:
            yield response


async def _bounded(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """Return the body, or its first `limit` bytes and a little more."""
    body = bytearray()
    async for piece in response.content.iter_any():
        body += piece
        if len(body) >= limit:
            break
    return bytes(body)
