"""A model server lost after the first bytes of its answer: who was told nothing hears the other one, who was told something hears why."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from fanar.settings import ModelSettings
from orchestrator.api import sse
from tests.fakes.upstream import Behaviour, upstream
from tests.integration.llm.test_exchange import raw_server
from tests.integration.reliability.standing import STAR, gateway_here, lenient_policy
from tests.load import CHAT, ask

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
END_OF_BODY = b"0\r\n\r\n"
WORDS = "one two three"
SILENCE_SECONDS = 0.4
BOTH_WAYS = pytest.mark.parametrize("headers", [{}, {"x-fanar-lenient": "false"}], ids=["short", "ordinary"])


def part(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(body), body)


def event(delta: dict[str, Any], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    whole = {"id": "theirs", "object": "chat.completion.chunk", "created": 5, "model": "star-7b", "choices": [choice]}
    return b"data: " + json.dumps(whole).encode() + b"\n\n"


ROLE, THOUGHT, TEXT = event({"role": "assistant", "content": ""}), event({"reasoning_content": "hm"}), event({"content": "lost"})
# What a server says that clients are not told, and what they are.
UNTOLD = {
    "half a head": HEAD[:20],
    "a head": HEAD,
    "a role": HEAD + part(ROLE),
    "a role and a thought": HEAD + part(ROLE) + part(THOUGHT),
    "a thought among the text": HEAD + part(ROLE) + part(event({"content": "<think>hm"})),
    "half an event": HEAD + part(ROLE) + part(TEXT[:-1]),
    "half a part": HEAD + part(ROLE) + part(TEXT)[:-20],
    "an end without a reason": HEAD + part(ROLE) + END_OF_BODY,
    "its own failure": HEAD + part(ROLE) + part(b'data: {"error": {"message": "gone", "code": 500}}\n\n') + END_OF_BODY,
}
TOLD = {
    "a word": HEAD + part(ROLE) + part(TEXT),
    "a word and half an event": HEAD + part(ROLE + TEXT) + part(TEXT[:-1]),
    "a word and half a part": HEAD + part(ROLE + TEXT) + part(TEXT)[:9],
    "a word and an end without a reason": HEAD + part(ROLE + TEXT) + END_OF_BODY,
}


@asynccontextmanager
async def before_prime(folder: Path, said: bytes, *, silence: float = 0.0) -> AsyncIterator[str]:
    """Run a gateway whose first model says only this, byte for byte, and then is silent and gone; the other one answers."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]))
        writer.write(said)
        await asyncio.sleep(silence)

    async with (
        raw_server(serve) as star,
        upstream(Behaviour(reply=WORDS), model="prime-27b") as prime,
        gateway_here(
            data=folder,
            policy=lenient_policy(folder),
            star=ModelSettings(url=star.url, model="star-7b"),
            prime=ModelSettings(url=prime.url, model="prime-27b"),
        ) as url,
    ):
        yield url


@BOTH_WAYS
@pytest.mark.parametrize("said", UNTOLD.values(), ids=UNTOLD.keys())
async def test_who_was_told_nothing_hears_the_other_model(tmp_path: Path, said: bytes, headers: dict[str, str]) -> None:
    async with before_prime(tmp_path, said) as url, aiohttp.ClientSession(headers=headers) as session:
        outcome = await ask(session, url, STAR, stream=True)
    assert outcome.whole, outcome
    assert (outcome.text, outcome.served_by) == (WORDS, "prime-27b")
    assert [choice["delta"].get("role") for frame in outcome.frames for choice in frame["choices"]].count("assistant") == 1


@BOTH_WAYS
@pytest.mark.parametrize("said", TOLD.values(), ids=TOLD.keys())
async def test_who_was_told_something_hears_why_there_is_no_more(tmp_path: Path, said: bytes, headers: dict[str, str]) -> None:
    async with before_prime(tmp_path, said) as url, aiohttp.ClientSession(headers=headers) as session:
        outcome = await ask(session, url, STAR, stream=True)
    assert (outcome.status, outcome.text, outcome.broken, outcome.done) == (200, "lost", None, True)
    assert outcome.frames[-1]["error"]["code"] == "overloaded"


async def test_end_of_an_answer_without_a_word_leaves_nothing_to_the_next_one(tmp_path: Path) -> None:
    said = HEAD + part(ROLE) + part(event({}, "length"))
    async with before_prime(tmp_path, said) as url, aiohttp.ClientSession() as session:
        outcome = await ask(session, url, STAR, stream=True)
    assert outcome.whole, outcome
    assert outcome.text == WORDS
    assert [choice["finish_reason"] for choice in outcome.frames[-1]["choices"]] == ["stop"]


@BOTH_WAYS
async def test_sign_of_life_does_not_bind_to_the_model_that_was_waited_for(
    tmp_path: Path, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sse, "KEEP_ALIVE_SECONDS", SILENCE_SECONDS / 8)
    async with (
        before_prime(tmp_path, HEAD + part(ROLE), silence=SILENCE_SECONDS) as url,
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{url}{CHAT}", json={"model": STAR, "stream": True, "messages": [{"role": "user", "content": "hi"}]}) as response,
    ):
        told = await response.text()
    assert told.startswith(": keep-alive\n\n")
    assert '"answered_by":"prime-27b"' in told
    assert '"error"' not in told
    assert told.endswith("data: [DONE]\n\n")
