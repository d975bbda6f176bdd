"""A language model with a door: a bounded queue, a circuit breaker, and a record of how it does. Knows nothing of seats or routes.

Health comes from real requests. Nothing is sent twice here: who else may answer is for others to say.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Protocol

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, ModelUnavailableError, OverloadedError, UnprocessableError, UpstreamTimeoutError
from fanar.events import Event
from fanar.llm.tokenize import TokenCount, no_tokenizer
from fanar.messages import ChatRequest
from fanar.protocols import ChatModel
from orchestrator.backends.breaker import CircuitBreaker, State
from orchestrator.backends.latency import Latencies
from orchestrator.backends.queue import BoundedQueue
from orchestrator.streams import closing

_FAILING = Bilingual(
    "The model server has been failing and is given a moment; try again.", "يتعطّل خادم النموذج وقد أُمهل قليلًا؛ أعد المحاولة."
)
_UNWELL = (ModelUnavailableError, UpstreamTimeoutError)


class Relaying(Protocol):
    """A model whose server can be asked for more than events: its stream as it comes, its count of tokens."""

    def pieces(self, request: ChatRequest) -> AsyncIterator[bytes]:
        """Yield the bytes of the stream. Raises what `ChatModel.stream` raises; closing the iterator stops the work upstream."""
        ...

    async def count_tokens(self, text: str) -> TokenCount:
        """Return how many tokens its tokenizer finds in a text. Raises NotConfiguredError when its server counts none."""
        ...


@dataclass(frozen=True, slots=True)
class BackendStatus:
    """How a model server has been doing. `failures` are those in a row; `answers` begin with the first byte."""

    model: str
    state: State
    failures: int
    requests: int
    failed: int
    in_flight: int
    waiting: int
    retry_in: float
    first_byte_ms: Mapping[str, float]
    last_error: str | None
    last_error_seconds_ago: float | None


@dataclass(slots=True)
class _Record:
    """What happened so far."""

    requests: int = 0
    failed: int = 0
    last_error: str | None = None
    last_error_at: float = 0.0
    latencies: Latencies = field(default_factory=Latencies)


class Backend:
    """A ChatModel, guarded. `relay` is the model's raw stream, where it has one."""

    def __init__(
        self,
        model: ChatModel,
        *,
        queue: BoundedQueue,
        breaker: CircuitBreaker,
        relay: Relaying | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._model = model
        self._relay = relay
        self._queue = queue
        self._breaker = breaker
        self._clock = clock
        self._record = _Record()

    @property
    def name(self) -> str:
        """The id under which its server knows the model."""
        return self._model.name

    @property
    def relays(self) -> bool:
        """Whether the server's own stream can be had."""
        return self._relay is not None

    async def available(self) -> bool:
        """Whether its server answers now."""
        return await self._model.available()

    async def stream(self, request: ChatRequest) -> AsyncIterator[Event]:
        """Yield the answer; see ChatModel. Raises OverloadedError when the queue is full."""
        async with self._admitted() as visit, closing(self._model.stream(request)) as events:
            async for event in events:
                visit.begun()
                yield event

    async def pieces(self, request: ChatRequest) -> AsyncIterator[bytes]:
        """Yield the bytes of the server's stream as they come; see Relaying."""
        assert self._relay is not None, "asked only where it relays"  # noqa: S101
        async with self._admitted() as visit, closing(self._relay.pieces(request)) as pieces:
            async for piece in pieces:
                visit.begun()
                yield piece

    async def count_tokens(self, text: str) -> TokenCount:
        """Return how many tokens the model's tokenizer finds in a text. Raises NotConfiguredError when nobody there counts."""
        if self._relay is None:
            raise no_tokenizer()
        return await self._relay.count_tokens(text)

    def status(self) -> BackendStatus:
        """Say how it has been doing."""
        record, breaker = self._record, self._breaker
        return BackendStatus(
            model=self.name,
            state=breaker.state,
            failures=breaker.failures,
            requests=record.requests,
            failed=record.failed,
            in_flight=self._queue.inside,
            waiting=self._queue.waiting,
            retry_in=round(breaker.retry_in, 3),
            first_byte_ms=record.latencies.milliseconds(),
            last_error=record.last_error,
            last_error_seconds_ago=None if record.last_error is None else round(self._clock() - record.last_error_at, 3),
        )

    @asynccontextmanager
    async def _admitted(self) -> AsyncIterator[_Visit]:
        if not self._breaker.enter():
            raise ModelUnavailableError(_FAILING)
        trial = self._breaker.state == "half_open"
        visit = _Visit(self._breaker, self._record, self._clock)
        try:
            entered = await self._queue.enter()
            try:
                # A server that came back says so at once; one that hangs must not take a client's question with it.
                if trial and not await self._model.available():
                    raise ModelUnavailableError(_FAILING)
                yield visit
                visit.begun()
            finally:
                self._queue.leave(entered)
        except FanarError as error:
            visit.failed(error)
            raise
        finally:
            visit.over()


class _Visit:
    """One request at the door, and what it teaches of the server."""

    def __init__(self, breaker: CircuitBreaker, record: _Record, clock: Callable[[], float]) -> None:
        self._breaker = breaker
        self._record = record
        self._clock = clock
        self._since = clock()
        self._told = False
        self._begun = False
        record.requests += 1

    def begun(self) -> None:
        """Note that the answer has begun, once."""
        if not self._begun:
            self._begun = self._told = True
            self._record.latencies.add(self._clock() - self._since)
            self._breaker.succeeded()

    def failed(self, error: FanarError) -> None:
        """Note an error. A full queue says nothing of the server's health, and a refusal says that it is well."""
        if isinstance(error, (*_UNWELL, OverloadedError)):
            self._record.failed += 1
            self._record.last_error, self._record.last_error_at = error.code, self._clock()
        if isinstance(error, _UNWELL):
            self._told = True
            self._breaker.failed()
        elif isinstance(error, UnprocessableError):
            self._told = True
            self._breaker.succeeded()

    def over(self) -> None:
        """Leave; a client that went away before the answer began has taught nothing."""
        if not self._told:
            self._breaker.left()
