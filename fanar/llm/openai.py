"""A language model behind any OpenAI-compatible server: vLLM first, then llama.cpp, Ollama, LM Studio. Knows nothing of routing.

Limits in time are the phases of `ModelSettings`: connecting, the first byte, and the silence between two pieces.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from yarl import URL

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, ModelUnavailableError
from fanar.events import Event
from fanar.llm.bodies import MAX_WHOLE_BYTES, AnswerBody, Patience, bounded
from fanar.llm.chunks import ChunkReader
from fanar.llm.faults import TRANSPORT_ERRORS, mapped_errors, status_fault
from fanar.llm.fit import fit_request
from fanar.llm.served import served_models
from fanar.llm.sse import EventParser
from fanar.llm.tokenize import ABSENT, TokenCount, no_tokenizer, read_count, tokenizer_url
from fanar.llm.wire import encode, request_body
from fanar.messages import ChatRequest
from fanar.settings import ModelSettings

MAX_ERROR_BYTES = 65_536
MAX_LIST_BYTES = 1_000_000
_LAST_FRAMES = (b"data: [DONE]\n\n", b"data: [DONE]\r\n\r\n")
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
        self._chat_url = URL(f"{self._url}/chat/completions")
        self._headers = {"Authorization": f"Bearer {settings.api_key.get_secret_value()}"} if settings.api_key else {}
        self._chat_headers = {**self._headers, "Content-Type": "application/json"}
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
        reader = ChunkReader(choices=request.sampling.n)
        async with self._answer(request) as body:
            if not request.streamed:
                for event in reader.read_whole(await body.whole()):
                    yield event
            parser = EventParser()
            while request.streamed and (piece := await body.next(ended=reader.done)):
                for payload in parser.feed(piece):
                    for event in reader.read(payload):
                        yield event
        yield reader.completed()

    async def pieces(self, request: ChatRequest) -> AsyncIterator[bytes]:
        """Yield the bytes of the server's stream of events as they come, cut anywhere; what they say is for the caller to read.

        Raises what `stream` raises before the first event. Closing the iterator closes the connection.
        """
        async with self._answer(request) as body:
            ended = False
            while piece := await body.next(ended=ended):
                ended = piece.endswith(_LAST_FRAMES)
                yield piece

    async def count_tokens(self, text: str) -> TokenCount:
        """Return how many tokens the server's own tokenizer finds in a text. Raises NotConfiguredError when it counts none."""
        with mapped_errors():
            async with asyncio.timeout(self._settings.first_byte_timeout):
                body = encode({"model": self.name or await self._ask_name(), "prompt": text, "add_special_tokens": False})
                async with self._session.post(
                    tokenizer_url(self._url), data=body, headers=self._chat_headers, timeout=self._timeout, allow_redirects=False
                ) as response:
                    if response.status in ABSENT:
                        raise no_tokenizer()
                    told = await bounded(response, MAX_WHOLE_BYTES)
        if response.status != _OK:
            raise status_fault(response.status, told, retry_after=response.headers.get("Retry-After"))
        return read_count(told, limit=self._settings.context_tokens)

    @asynccontextmanager
    async def _answer(self, request: ChatRequest) -> AsyncIterator[AnswerBody]:
        fitted = fit_request(request, context_tokens=self._settings.context_tokens)
        patience = Patience(self._settings, streamed=request.streamed)
        with mapped_errors():
            async with asyncio.timeout_at(patience.begin):
                body = request_body(fitted, model=self.name or await self._ask_name())
                response = await self._post(encode(body))
        try:
            if response.status != _OK:
                if response.status == _NOT_FOUND:
                    # The server may have been restarted with another model: ask it again next time.
                    self._found = None
                with mapped_errors():
                    async with asyncio.timeout_at(patience.begin):
                        told = await bounded(response, MAX_ERROR_BYTES)
                raise status_fault(response.status, told, retry_after=response.headers.get("Retry-After"), sent=body)
            yield AnswerBody(response, patience)
        finally:
            # Without this the connection would be drained for reuse, and the server would go on writing.
            response.close()

    async def _post(self, body: bytes) -> aiohttp.ClientResponse:
        try:
            return await self._send(body)
        except (aiohttp.ServerDisconnectedError, ConnectionResetError):
            # The server had closed a connection that was kept for reuse, or died at this moment; a second look tells which.
            return await self._send(body)

    async def _send(self, body: bytes) -> aiohttp.ClientResponse:
        return await self._session.post(
            self._chat_url,
            data=body,
            headers=self._chat_headers,
            timeout=self._timeout,
            allow_redirects=False,
        )

    async def _ask_name(self) -> str:
        """Ask the server which model it serves. Raises ModelUnavailableError when it is none that chats."""
        async with self._get("/models") as response:
            if response.status != _OK:
                raise status_fault(response.status)
            told = await bounded(response, MAX_LIST_BYTES)
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
