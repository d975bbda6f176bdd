"""A server of a guard model that calls unsafe whatever holds one word, in the forms of Llama Guard and of vLLM's classification."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class Guard:
    """The server: where it is, what it was asked, and what it says in place of a verdict."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    says: web.Response | None = None


@asynccontextmanager
async def guard_server(*, bad: str, hazards: str = "S10") -> AsyncIterator[Guard]:
    """Yield a server on loopback for which `bad` is the word."""
    guard = Guard("")

    async def answer(request: web.Request) -> web.Response:
        body = await request.json()
        guard.asked.append(body)
        if guard.says is not None:
            return guard.says
        unsafe = bad in "".join(message["content"] for message in body["messages"])
        if request.path.endswith("/classify"):
            return web.json_response({"data": [{"index": 0, "probs": [0.4, 1.5] if unsafe else [4.8, 5.3]}]})
        text = f"\n\nunsafe\n{hazards}" if unsafe else "\n\nsafe"
        return web.json_response({"choices": [{"message": {"role": "assistant", "content": text}}]})

    app = web.Application()
    app.router.add_post("/v1/chat/completions", answer)
    app.router.add_post("/classify", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        guard.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
        yield guard
    finally:
        await runner.cleanup()
