"""A model behind its door: what its requests teach of it, and whom it lets in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, ModelUnavailableError, OverloadedError, UnprocessableError, UpstreamTimeoutError
from fanar.events import Event, TextDelta
from fanar.llm.openai import WriteBody
from fanar.llm.tokenize import TokenCount
from fanar.messages import ChatMessage, ChatRequest
from orchestrator.backends.backend import Answer, Backend
from orchestrator.backends.breaker import CircuitBreaker
from orchestrator.backends.queue import BoundedQueue
from tests.fakes.models import SayingModel, collected, text_of

ASK = ChatRequest((ChatMessage("user", "why?"),))
SAID = Bilingual("Said.", "قيل.")
GONE = ModelUnavailableError(SAID)


class Switch:
    """A model that answers or fails as it is told, and says truly whether it is there."""

    name = "switch"

    def __init__(self, error: FanarError | None = None) -> None:
        self.error = error
        self.asked = 0

    async def available(self) -> bool:
        return self.error is None

    async def stream(self, request: ChatRequest) -> AsyncIterator[Event]:
        self.asked += 1
        if self.error is not None:
            raise self.error
        for event in await collected(SayingModel(self.name, "yes").stream(request)):
            yield event

    async def count_tokens(self, text: str) -> TokenCount:
        return TokenCount(1, 2)

    async def ask(self, write: WriteBody, *, streamed: bool) -> Answer:
        self.asked += 1
        if self.error is not None:
            raise self.error
        return Said(write(self.name, 8)["said"])


class Said:
    """An answer of one piece."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = list(pieces)

    async def next(self) -> bytes:
        return self._pieces.pop(0) if self._pieces else b""

    async def whole(self) -> bytes:
        return b"".join(self._pieces)

    async def finish(self) -> None:
        self._pieces.clear()

    def close(self) -> None:
        self._pieces.clear()


def behind(model: Switch, *, places: int = 4, waiting: int = 0, pause: float = 0.0, failures: int = 2) -> Backend:
    queue = BoundedQueue(places=places, waiting=waiting, seconds=1)
    return Backend(model, queue=queue, breaker=CircuitBreaker(failures=failures, pause=pause), relay=model)


async def ask(backend: Backend) -> str:
    return text_of(await collected(backend.stream(ASK)))


async def test_answers_are_counted_and_timed() -> None:
    backend = behind(Switch())
    assert await ask(backend) == "yes"
    async with backend.visit():
        answer = await backend.ask(lambda model, tokens: {"said": f"{model} {tokens}".encode()}, streamed=False)
        assert await answer.whole() == b"switch 8"
    status = backend.status()
    assert (status.model, status.state, status.requests, status.failed, status.in_flight) == ("switch", "closed", 2, 0, 0)
    assert set(status.first_byte_ms) == {"p50", "p90", "p99"}


@pytest.mark.parametrize("error", [GONE, UpstreamTimeoutError(SAID)])
async def test_server_that_fails_is_not_asked_for_a_while(error: FanarError) -> None:
    model = Switch(error)
    backend = behind(model, pause=60)
    for _ in range(3):
        with pytest.raises((ModelUnavailableError, UpstreamTimeoutError)):
            await ask(backend)
    assert model.asked == 2
    status = backend.status()
    assert (status.state, status.failures, status.failed, status.last_error) == ("open", 2, 2, error.code)
    assert status.retry_in > 0


async def test_server_that_is_back_is_asked_again() -> None:
    model = Switch(GONE)
    backend = behind(model)
    for _ in range(2):
        with pytest.raises(ModelUnavailableError):
            await ask(backend)
    with pytest.raises(ModelUnavailableError):
        await ask(backend)
    # The one that tried looked first whether anybody is there, and spent no question.
    assert model.asked == 2
    model.error = None
    assert await ask(backend) == "yes"
    assert backend.status().state == "closed"


@pytest.mark.parametrize("error", [UnprocessableError(SAID), OverloadedError(SAID)])
async def test_refusals_are_no_sign_of_illness(error: FanarError) -> None:
    backend = behind(Switch(error), failures=1)
    for _ in range(3):
        with pytest.raises(type(error)):
            await ask(backend)
    assert backend.status().state == "closed"


async def test_full_server_sends_the_rest_away() -> None:
    backend = behind(Switch(), places=1)
    held = backend.stream(ASK)
    await anext(held)
    assert backend.status().in_flight == 1
    with pytest.raises(OverloadedError):
        await ask(backend)
    await held.aclose()  # type: ignore[attr-defined]
    assert await ask(backend) == "yes"
    assert backend.status().in_flight == 0


async def test_client_that_leaves_before_the_answer_says_nothing_of_the_server() -> None:
    class Silent(Switch):
        async def stream(self, request: ChatRequest) -> AsyncIterator[Event]:
            await asyncio.Event().wait()
            yield TextDelta("never")

    backend = behind(Silent())
    asking = asyncio.create_task(ask(backend))
    await asyncio.sleep(0)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    status = backend.status()
    assert (status.failures, status.failed, status.in_flight) == (0, 0, 0)
