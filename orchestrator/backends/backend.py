"""A language model with a door: a bounded queue, a circuit breaker, and a record of how it does. Knows nothing of seats or routes.

Health comes from real requests. Nothing is sent twice here: who else may answer is for others to say.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from types import TracebackType
from typing import Protocol, Self

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, ModelUnavailableError, OverloadedError, UnprocessableError, UpstreamTimeoutError
from fanar.events import Event
from fanar.llm.openai import WriteBody
from fanar.llm.thinking import Reasoning
from fanar.llm.tokenize import TokenCount, no_tokenizer
from fanar.messages import ChatRequest
from fanar.protocols import ChatModel
from fanar.streams import closing
from orchestrator.backends.breaker import CircuitBreaker, State
from orchestrator.backends.latency import Latencies
from orchestrator.backends.queue import BoundedQueue

_FAILING = Bilingual(
    "The model server has been failing and is given a moment; try again.", "يتعطّل خادم النموذج وقد أُمهل قليلًا؛ أعد المحاولة."
)
_UNWELL = (ModelUnavailableError, UpstreamTimeoutError)


class Answer(Protocol):
    """What a server answers, byte by byte; whoever asked for it closes it."""

    async def next(self) -> bytes:
        """Return the next bytes, empty at the end. Raises UpstreamTimeoutError, ModelUnavailableError."""
        ...

    async def whole(self) -> bytes:
        """Return all of it. Raises as `next` does."""
        ...

    async def finish(self) -> None:
        """Wait a moment for the end of what has said all it has to say."""
        ...

    def close(self) -> None:
        """End it, and with it the server's work."""
        ...


class Relaying(Protocol):
    """A model whose server can be asked for more than events: its answer as it comes, its count of tokens.

    `reasoning` is what is known of how its answers begin.
    """

    reasoning: Reasoning

    async def ask(self, write: WriteBody, *, streamed: bool) -> Answer:
        """Send a request and return the answer once it has begun. Raises what `ChatModel.stream` raises."""
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

    @property
    def reasoning(self) -> Reasoning:
        """What is known of how its answers begin, where it relays; see Relaying."""
        assert self._relay is not None, "asked only where it relays"  # noqa: S101
        return self._relay.reasoning

    async def available(self) -> bool:
        """Whether its server answers now."""
        return await self._model.available()

    async def stream(self, request: ChatRequest) -> AsyncIterator[Event]:
        """Yield the answer; see ChatModel. Raises OverloadedError when the queue is full."""
        async with self.visit() as visit, closing(self._model.stream(request)) as events:
            async for event in events:
                visit.begun()
                yield event

    async def ask(self, write: WriteBody, *, streamed: bool) -> Answer:
        """Ask its server, within a visit; see Relaying."""
        assert self._relay is not None, "asked only where it relays"  # noqa: S101
        return await self._relay.ask(write, streamed=streamed)

    def visit(self) -> Visit:
        """Return what lets one request in, and notes how it ended."""
        return Visit(self._model, self._queue, self._breaker, self._record, self._clock)

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


class Visit:
    """One request at the door, and what it teaches of the server. Entering it raises OverloadedError when the queue is full."""

    __slots__ = ("_begun", "_breaker", "_clock", "_entered", "_model", "_queue", "_record", "_since", "_told")

    def __init__(self, model: ChatModel, queue: BoundedQueue, breaker: CircuitBreaker, record: _Record, clock: Callable[[], float]) -> None:
        self._model = model
        self._queue = queue
        self._breaker = breaker
        self._record = record
        self._clock = clock
        self._entered: float | None = None
        self._told = self._begun = False

    async def __aenter__(self) -> Self:
        """Be let in. Raises OverloadedError, and ModelUnavailableError while the server is given a moment."""
        if not self._breaker.enter():
            raise ModelUnavailableError(_FAILING)
        self._record.requests += 1
        self._since = self._clock()
        trial = self._breaker.state == "half_open"
        entered = False
        try:
            self._entered = await self._queue.enter()
            # A server that came back says so at once; one that hangs must not take a client's question with it.
            if trial and not await self._model.available():
                raise ModelUnavailableError(_FAILING)
            entered = True
        except FanarError as error:
            self._failed(error)
            raise
        finally:
            if not entered:
                self._leave()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """Leave. A client that went away before the answer began has taught nothing."""
        if error is None:
            self.begun()
        elif isinstance(error, FanarError):
            self._failed(error)
        self._leave()

    def begun(self) -> None:
        """Note that the answer has begun, once."""
        if not self._begun:
            self._begun = self._told = True
            self._record.latencies.add(self._clock() - self._since)
            self._breaker.succeeded()

    def _failed(self, error: FanarError) -> None:
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

    def _leave(self) -> None:
        if self._entered is not None:
            self._queue.leave(self._entered)
        if not self._told:
            self._breaker.left()
