"""A small real OpenAI-compatible server for tests and benchmarks: answers from a `Behaviour`, records what it was asked and who left.

Run it by hand with `python -m tests.fakes.upstream --port 8001 --reply "..."`. Knows nothing of our code.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class Behaviour:
    """What the server does when it is asked. A test changes it at any time; the next request meets the change."""

    reply: str | Sequence[str] = "Doha is the capital of Qatar."
    """The answer, streamed word by word, or in the given pieces."""
    reasoning: Sequence[str] = ()
    """Pieces of reasoning before the answer, in the field `reasoning_field`."""
    reasoning_field: str = "reasoning_content"
    tool_calls: Sequence[tuple[str, str]] = ()
    """Name and JSON arguments of each call."""
    finish: str | None = "stop"
    """The reason each choice ends with; None sends none."""
    done: bool = True
    """Whether the stream ends with `[DONE]`."""
    usage: bool = True
    models: Sequence[tuple[str, str]] = (("tiny", "vllm"),)
    """Id and owner of each model in the list."""
    honours_n: bool = True
    counts: bool = True
    """Whether it counts tokens."""
    status: int = 200
    body: Any = None
    """With another status than 200: its JSON body."""
    headers: dict[str, str] = field(default_factory=dict)
    whole: Any = None
    """In place of a proper answer that comes whole."""
    frames: Sequence[bytes] | None = None
    """Raw writes in place of a proper answer."""
    first_byte_after: float = 0.0
    between: float = 0.0
    comments: bool = False
    """Whether a comment stands between the chunks."""
    line_end: bytes = b"\n"
    cut: int | None = None
    """Bytes in one write: 1 cuts inside letters."""
    dies_after: int | None = None
    """Bytes after which the connection is reset."""
    hangs: bool = False
    """Whether the stream stays open, silent, after its last piece."""


class Upstream:
    """The server. `requests` are the bodies it received, `aborts` counts clients that left early, `sent` bytes of streams."""

    def __init__(self, behaviour: Behaviour | None = None, *, model: str = "tiny") -> None:
        self.behaviour = behaviour or Behaviour()
        self.model = model
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.connections: set[Any] = set()
        self.aborts = 0
        self.sent = 0
        self.left = asyncio.Event()
        self.port = 0

    @property
    def url(self) -> str:
        """Base URL, as an operator would set it."""
        return f"http://127.0.0.1:{self.port}/v1"

    def app(self) -> web.Application:
        """The application."""
        app = web.Application(client_max_size=64_000_000)
        app.router.add_get("/health", self._health)
        app.router.add_get("/v1/models", self._models)
        app.router.add_post("/v1/chat/completions", self._chat)
        app.router.add_post("/tokenize", self._tokenize)
        app.router.add_post("/v1/embeddings", self._embeddings)
        return app

    def behaviour_for(self, _body: dict[str, Any]) -> Behaviour:
        """What to do with this request. A subclass may look at it."""
        return self.behaviour

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response({})

    async def _models(self, _request: web.Request) -> web.Response:
        if self.behaviour.status != 200:
            return web.json_response(self.behaviour.body, status=self.behaviour.status)
        rows = [{"id": name, "object": "model", "created": 1, "owned_by": owner} for name, owner in self.behaviour.models]
        return web.json_response({"object": "list", "data": rows})

    async def _tokenize(self, request: web.Request) -> web.Response:
        body = await request.json()
        if not self.behaviour.counts:
            return web.json_response({}, status=404)
        return web.json_response({"count": len(body["prompt"].split()), "max_model_len": 512})

    async def _embeddings(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.requests.append(body)
        self.headers.append(dict(request.headers))
        behaviour = self.behaviour
        await asyncio.sleep(behaviour.first_byte_after)
        if behaviour.status != 200 or behaviour.body is not None:
            return web.json_response(behaviour.body, status=behaviour.status)
        size = body.get("dimensions") or 4
        rows = [{"object": "embedding", "index": at, "embedding": [float(at)] * size} for at in range(len(body["input"]))]
        usage = {"prompt_tokens": sum(len(each) for each in body["input"]), "total_tokens": 0}
        # Servers may answer in any order: the index says which is which.
        return web.json_response({"object": "list", "data": rows[::-1], "model": body["model"], "usage": usage})

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.requests.append(body)
        self.headers.append(dict(request.headers))
        self.connections.add(request.transport)
        try:
            return await self._answer(request, body, self.behaviour_for(body))
        except (ConnectionResetError, asyncio.CancelledError):
            self.aborts += 1
            self.left.set()
            raise

    async def _answer(self, request: web.Request, body: dict[str, Any], behaviour: Behaviour) -> web.StreamResponse:
        if behaviour.first_byte_after:
            await asyncio.sleep(behaviour.first_byte_after)
        if behaviour.status != 200:
            return web.json_response(behaviour.body, status=behaviour.status, headers=behaviour.headers)
        if not body.get("stream"):
            return web.json_response(behaviour.whole or _whole(body, behaviour, self.model))
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
        await response.prepare(request)
        sent = 0
        for piece in _pieces(body, behaviour, self.model):
            if behaviour.dies_after is not None and sent + len(piece) > behaviour.dies_after:
                await response.write(piece[: behaviour.dies_after - sent])
                assert request.transport is not None
                request.transport.abort()
                return response
            await response.write(piece)
            sent += len(piece)
            self.sent += len(piece)
            # Also without a pause others get a turn, so that pieces leave apart.
            await asyncio.sleep(behaviour.between)
        if behaviour.hangs:
            await asyncio.Event().wait()
        return response


@asynccontextmanager
async def upstream(
    behaviour: Behaviour | None = None, *, port: int = 0, model: str = "tiny", kind: type[Upstream] = Upstream
) -> AsyncIterator[Upstream]:
    """Run the server on loopback; port 0 takes a free one."""
    server = kind(behaviour, model=model)
    # A handler is cancelled when its client leaves: that is how an abort is seen.
    runner = web.AppRunner(server.app(), handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port, backlog=1024)
    await site.start()
    server.port = runner.addresses[0][1]
    try:
        yield server
    finally:
        await runner.cleanup()


def _words(reply: str | Sequence[str]) -> list[str]:
    return re.findall(r"\s*\S+|\s+$", reply) if isinstance(reply, str) else list(reply)


def _pieces(body: dict[str, Any], behaviour: Behaviour, model: str) -> list[bytes]:
    if behaviour.frames is not None:
        return list(behaviour.frames)
    end = behaviour.line_end
    frames = [b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + end * 2 for chunk in _chunks(body, behaviour, model)]
    if behaviour.done:
        frames.append(b"data: [DONE]" + end * 2)
    if behaviour.comments:
        frames = [part for frame in frames for part in (b": ping" + end * 2, frame)]
    if behaviour.cut is None:
        return frames
    stream = b"".join(frames)
    return [stream[i : i + behaviour.cut] for i in range(0, len(stream), behaviour.cut)]


def _chunks(body: dict[str, Any], behaviour: Behaviour, model: str) -> list[dict[str, Any]]:
    base = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": body.get("model") or model}
    choices = range(body.get("n", 1) if behaviour.honours_n else 1)

    def chunk(index: int, delta: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {**base, "choices": [{"index": index, "delta": delta, "logprobs": None, "finish_reason": None, **more}]}

    chunks = [chunk(i, {"role": "assistant", "content": ""}) for i in choices]
    chunks += [chunk(i, {behaviour.reasoning_field: piece}) for piece in behaviour.reasoning for i in choices]
    words = _words(behaviour.reply)
    limit = body.get("max_tokens") or len(words)
    for word in words[:limit]:
        logprobs = _logprobs(word, body.get("top_logprobs") or 0) if body.get("logprobs") else None
        chunks += [chunk(i, {"content": word}, logprobs=logprobs) for i in choices]
    for number, (name, arguments) in enumerate(behaviour.tool_calls):
        opening = {"index": number, "id": f"call_{number}", "type": "function", "function": {"name": name, "arguments": ""}}
        chunks.append(chunk(0, {"tool_calls": [opening]}))
        halves = (arguments[: len(arguments) // 2], arguments[len(arguments) // 2 :])
        chunks += [chunk(0, {"tool_calls": [{"index": number, "function": {"arguments": half}}]}) for half in halves]
    if behaviour.finish:
        chunks += [chunk(i, {}, finish_reason="length" if limit < len(words) else behaviour.finish) for i in choices]
    if behaviour.usage and (body.get("stream_options") or {}).get("include_usage"):
        chunks.append({**base, "choices": [], "usage": _usage(body, words[:limit], len(choices))})
    return chunks


def _whole(body: dict[str, Any], behaviour: Behaviour, model: str) -> dict[str, Any]:
    words = _words(behaviour.reply)
    limit = body.get("max_tokens") or len(words)
    said = words[:limit]
    message: dict[str, Any] = {"role": "assistant", "content": "".join(said)}
    if behaviour.reasoning:
        message[behaviour.reasoning_field] = "".join(behaviour.reasoning)
    if behaviour.tool_calls:
        message["tool_calls"] = [
            {"id": f"call_{number}", "type": "function", "function": {"name": name, "arguments": arguments}}
            for number, (name, arguments) in enumerate(behaviour.tool_calls)
        ]
    entries = [entry for word in said for entry in _logprobs(word, body.get("top_logprobs") or 0)["content"]]
    logprobs = {"content": entries, "refusal": None} if body.get("logprobs") else None
    reason = "length" if limit < len(words) else behaviour.finish
    choices = [{"index": i, "message": message, "logprobs": logprobs, "finish_reason": reason} for i in range(body.get("n", 1))]
    base = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": body.get("model") or model}
    return {**base, "choices": choices, "usage": _usage(body, said, len(choices))}


def _usage(body: dict[str, Any], words: Sequence[str], choices: int) -> dict[str, int]:
    prompt = sum(len(str(message.get("content")).split()) for message in body.get("messages", ()))
    completion = len(words) * choices
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _logprobs(word: str, top: int) -> dict[str, Any]:
    entry = {"token": word, "logprob": -0.5, "bytes": list(word.encode())}
    return {"content": [{**entry, "top_logprobs": [entry] * top}], "refusal": None}


async def _serve(port: int, behaviour: Behaviour) -> None:
    async with upstream(behaviour, port=port) as server:
        print(f"ready {server.url}", flush=True)
        await asyncio.Event().wait()


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", choices=("127.0.0.1",), default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--reply", default=Behaviour.reply)
    parser.add_argument("--model", default="tiny")
    parser.add_argument("--first-byte-after", type=float, default=0.0)
    parser.add_argument("--between", type=float, default=0.0)
    options = parser.parse_args()
    behaviour = Behaviour(
        reply=options.reply, models=((options.model, "vllm"),), first_byte_after=options.first_byte_after, between=options.between
    )
    asyncio.run(_serve(options.port, behaviour))


if __name__ == "__main__":
    main()
