"""Star and Prime as clients of the suites meet them: two real model servers, each in a loop of its own thread.

What they do depends on the last message, so that one server serves every scenario of every client.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.fakes.upstream import Behaviour, Upstream, upstream

ANSWER = "Doha is the capital of Qatar."
LONG = 400
PATIENCE_SECONDS = 5.0  # the long story takes longer

BEHAVIOURS: dict[str, Behaviour] = {
    "capital of Qatar": Behaviour(reply=ANSWER),
    "العاصمة": Behaviour(reply="الدوحة هي عاصمة قطر."),
    "weather": Behaviour(reply="", tool_calls=(("weather", '{"city": "Doha"}'),), finish="tool_calls"),
    "as JSON": Behaviour(reply='{"city": "Doha", "country": "Qatar"}'),
    "a long story": Behaviour(reply="word " * LONG, between=0.02),
    "think aloud": Behaviour(reply=ANSWER, reasoning=("Qatar is a peninsula. ", "Its capital is on the coast.")),
    "break off": Behaviour(reply="word " * LONG, dies_after=4000),
    "too much": Behaviour(status=400, body={"error": {"message": "Please reduce the length of the messages.", "code": 400}}),
}


class ScenarioUpstream(Upstream):
    """A model server that picks what it does by what it is asked. `abandoned` are the last messages whose askers left early."""

    def __init__(self, behaviour: Behaviour | None = None, *, model: str = "tiny") -> None:
        super().__init__(behaviour, model=model)
        self.abandoned: list[str] = []

    def behaviour_for(self, body: dict[str, Any]) -> Behaviour:
        """Return the first behaviour whose words stand in the last message; what a tool returned is repeated."""
        last = body["messages"][-1]
        if last["role"] == "tool":
            return Behaviour(reply=f"The tool says: {last['content']}")
        return next((found for words, found in BEHAVIOURS.items() if words in str(last["content"])), self.behaviour)

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        words = str((await request.json())["messages"][-1]["content"])
        try:
            return await super()._chat(request)
        except (ConnectionResetError, asyncio.CancelledError):
            self.abandoned.append(words)
            raise


@dataclass(frozen=True)
class ModelServers:
    """Both servers. What they were asked and who left is read from the thread of the tests."""

    star: ScenarioUpstream
    prime: ScenarioUpstream

    def asked(self, words: str) -> list[dict[str, Any]]:
        """Return the bodies of all requests whose last message holds `words`."""
        bodies = [*self.star.requests, *self.prime.requests]
        return [body for body in bodies if words in str(body["messages"][-1]["content"])]

    def abandoned(self, words: str) -> bool:
        """Whether somebody who asked with `words` left before the end; waits a while for it."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if any(words in left for left in (*self.star.abandoned, *self.prime.abandoned)):
                return True
            time.sleep(0.02)
        return False


@contextmanager
def model_servers() -> Iterator[ModelServers]:
    """Run both servers until the end of the block."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="model-servers")
    thread.start()
    stack = AsyncExitStack()

    async def started() -> ModelServers:
        star, prime = [
            await stack.enter_async_context(upstream(Behaviour(models=((name, "vllm"),)), model=name, kind=ScenarioUpstream))
            for name in ("star-tiny", "prime-tiny")
        ]
        return ModelServers(star, prime)  # type: ignore[arg-type]

    try:
        yield asyncio.run_coroutine_threadsafe(started(), loop).result()
    finally:
        asyncio.run_coroutine_threadsafe(stack.aclose(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
