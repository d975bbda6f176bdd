"""A language model behind any OpenAI-compatible server: vLLM first, then llama.cpp, Ollama, LM Studio. Knows nothing of routing.

Limits in time are the phases of `ModelSettings`: connecting, the first byte, and the silence between two pieces.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, ModelUnavailableError
from fanar.events import Event
from fanar.llm.bodies import bounded
from fanar.llm.chunks import ChunkReader
from fanar.llm.connections import USER_AGENT, ModelConnections
from fanar.llm.exchange import MAX_WHOLE_BYTES, Exchange, Patience
from fanar.llm.faults import OF_CHAT, TRANSPORT_ERRORS, Misset, broken_off, mapped_errors, status_fault
from fanar.llm.fit import fit_request
from fanar.llm.pool import ServerUrl
from fanar.llm.served import served_models
from fanar.llm.sse import EventParser
from fanar.llm.thinking import Reasoning
from fanar.llm.tokenize import ABSENT, TokenCount, no_tokenizer, read_count, tokenizer_url
from fanar.llm.wire import encode, request_body
from fanar.messages import ChatRequest
from fanar.settings import ModelSettings

MAX_ERROR_BYTES = 65_536
MAX_LIST_BYTES = 1_000_000
_OK = 200
_NOT_FOUND = 404

WriteBody = Callable[[str, int], dict[str, Any]]
"""Returns the body of a request, as JSON, for a model of this name and this many tokens of context."""


class OpenAIChatModel:
    """A ChatModel over HTTP. The connections are shared and belong to the caller; `misset` says which setting a fault is of."""

    def __init__(self, *, connections: ModelConnections, settings: ModelSettings, misset: Misset = OF_CHAT) -> None:
        """Raises ConfigurationError when the settings name no server, or a key that cannot stand in a header."""
        if not settings.url:
            raise ConfigurationError(
                Bilingual(
                    "A model server needs its URL: set FANAR_STAR__URL or FANAR_PRIME__URL.",
                    "ينقص عنوان خادم النموذج: اضبط FANAR_STAR__URL أو FANAR_PRIME__URL.",
                )
            )
        self._session = connections.session
        self._pool = connections.pool
        self._settings = settings
        self._misset = misset
        self._url = settings.url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {_key(settings)}"} if settings.api_key else {}
        self._timeout = aiohttp.ClientTimeout(total=None, sock_connect=settings.connect_timeout)
        self._found: str | None = None
        self._server: ServerUrl | None = None
        self._head = b""
        self.reasoning = Reasoning()

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
        reader = ChunkReader(choices=request.sampling.n, reasoning=self.reasoning, asked=bool(request.enable_thinking))
        exchange = await self.ask(lambda model, tokens: _body(request, model, tokens), streamed=request.streamed)
        try:
            if not request.streamed:
                for event in reader.read_whole(await exchange.whole()):
                    yield event
            parser = EventParser()
            while not reader.done and (piece := await exchange.next()):
                for payload in parser.feed(piece):
                    for event in reader.read(payload):
                        yield event
            await exchange.finish()
        finally:
            exchange.close()
        yield reader.completed()

    async def ask(self, write: WriteBody, *, streamed: bool) -> Exchange:
        """Send a request and return the exchange once the server has begun to answer it; the caller closes it.

        Raises what `stream` raises before the first event.
        """
        patience = Patience(self._settings, streamed=streamed)
        model = self._settings.model or self._found or await self._asked_name(patience)
        body = write(model, self._settings.context_tokens)
        exchange = await self._sent(encode(body), patience)
        if exchange.status == _OK:
            return exchange
        try:
            if exchange.status == _NOT_FOUND:
                # The server may have been restarted with another model: ask it again next time.
                self._found = None
            told = await exchange.beginning(limit=MAX_ERROR_BYTES)
        finally:
            exchange.close()
        retry_after = exchange.headers.get(b"retry-after", b"").decode("latin-1")
        raise status_fault(exchange.status, told, retry_after=retry_after, sent=body, settings=self._misset)

    async def count_tokens(self, text: str) -> TokenCount:
        """Return how many tokens the server's own tokenizer finds in a text. Raises NotConfiguredError when it counts none."""
        with mapped_errors(self._misset):
            async with asyncio.timeout(self._settings.first_byte_timeout):
                body = encode({"model": self.name or await self._ask_name(), "prompt": text, "add_special_tokens": False})
                async with self._session.post(
                    tokenizer_url(self._url),
                    data=body,
                    headers={**self._headers, "Content-Type": "application/json"},
                    timeout=self._timeout,
                    allow_redirects=False,
                ) as response:
                    if response.status in ABSENT:
                        raise no_tokenizer()
                    told = await bounded(response, MAX_WHOLE_BYTES)
        if response.status != _OK:
            raise status_fault(response.status, told, retry_after=response.headers.get("Retry-After"), settings=self._misset)
        return read_count(told, limit=self._settings.context_tokens)

    async def _sent(self, body: bytes, patience: Patience) -> Exchange:
        server = self._server or self._read_url()
        request = b"%b%d\r\n\r\n%b" % (self._head, len(body), body)
        # A connection that was kept may have been closed by the server, or it died at this moment; a second look tells which.
        for kept in (self._pool.idle(server.address), None):
            exchange = kept or await self._pool.connect(server.address, seconds=self._settings.connect_timeout)
            answered = False
            try:
                exchange.ask(request, patience)
                answered = await exchange.head()
            finally:
                if not answered:
                    exchange.close()
            if answered:
                return exchange
        raise broken_off()

    def _read_url(self) -> ServerUrl:
        self._server = server = ServerUrl.read(self._url, settings=self._misset)
        authorization = self._headers.get("Authorization") or (server.credentials and f"Basic {server.credentials}")
        lines = (
            f"POST {server.path}/chat/completions HTTP/1.1",
            f"Host: {server.authority}",
            f"User-Agent: {USER_AGENT}",
            "Accept-Encoding: identity",  # a compressed stream is a buffered stream
            "Content-Type: application/json",
            *([f"Authorization: {authorization}"] if authorization else []),
            "Content-Length: ",
        )
        self._head = "\r\n".join(lines).encode("ascii")
        return server

    async def _asked_name(self, patience: Patience) -> str:
        with mapped_errors(self._misset):
            async with asyncio.timeout_at(patience.begin):
                return await self._ask_name()

    async def _ask_name(self) -> str:
        """Ask the server which model it serves. Raises ModelUnavailableError when it is none that chats."""
        async with self._get("/models") as response:
            if response.status != _OK:
                raise status_fault(response.status, settings=self._misset)
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


def _key(settings: ModelSettings) -> str:
    key = settings.api_key.get_secret_value() if settings.api_key else ""
    if not (key.isascii() and key.isprintable()):
        raise ConfigurationError(
            Bilingual(
                "A model server's key holds characters that no key has: correct FANAR_STAR__API_KEY or FANAR_PRIME__API_KEY.",
                "في مفتاح خادم النموذج محارف لا تكون في المفاتيح: صحّح FANAR_STAR__API_KEY أو FANAR_PRIME__API_KEY.",
            )
        )
    return key


def _body(request: ChatRequest, model: str, tokens: int) -> dict[str, Any]:
    return request_body(fit_request(request, context_tokens=tokens), model=model)
