"""The stream below its frames: keep-alive, silence, departure, a client that reads nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from fanar.errors import ClientClosedError
from fanar.events import Event, ResponseCompleted, TextDelta
from orchestrator.api import sse
from orchestrator.api.chunks import KEEP_ALIVE, ChunkWriter
from orchestrator.api.sse import EventStream, unless_disconnected

SCOPE: dict[str, Any] = {"type": "http", "headers": []}


def writer() -> ChunkWriter:
    return ChunkWriter(id="x", created=1, model="m")


async def never() -> dict[str, str]:
    await asyncio.Event().wait()
    raise AssertionError


async def gone() -> dict[str, str]:
    return {"type": "http.disconnect"}


class Sent:
    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    async def __call__(self, message: dict[str, Any]) -> None:
        self.messages.append(message)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages)


async def test_silence_is_filled_with_comments_until_the_first_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "KEEP_ALIVE_SECONDS", 0.02)
    sent = Sent()

    async def slow() -> AsyncIterator[Event]:
        while sent.body.count(KEEP_ALIVE) < 3:
            await asyncio.sleep(0.01)
        yield TextDelta("a")
        yield ResponseCompleted("m")

    await EventStream(slow(), writer())(SCOPE, never, sent)  # type: ignore[arg-type]
    assert sent.messages[0]["status"] == 200
    assert sent.body.startswith(KEEP_ALIVE)
    assert sent.body.endswith(b"data: [DONE]\n\n")
    assert sent.messages[-1] == {"type": "http.response.body", "body": b"", "more_body": False}


async def test_client_that_leaves_before_the_first_word_is_noted_as_gone() -> None:
    closed = asyncio.Event()

    async def waiting() -> AsyncIterator[Event]:
        try:
            await asyncio.Event().wait()
            yield TextDelta("a")
        finally:
            closed.set()

    with pytest.raises(ClientClosedError):
        await EventStream(waiting(), writer())(SCOPE, gone, Sent())  # type: ignore[arg-type]
    assert closed.is_set()


async def test_client_that_reads_nothing_for_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "KEEP_ALIVE_SECONDS", 0.02)
    monkeypatch.setattr(sse, "STALLED_SECONDS", 0.05)
    closed = asyncio.Event()

    async def talking() -> AsyncIterator[Event]:
        try:
            while True:
                yield TextDelta("a")
        finally:
            closed.set()

    async def stuck(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    await EventStream(talking(), writer())(SCOPE, never, stuck)  # type: ignore[arg-type]
    assert closed.is_set()


async def test_work_for_a_client_that_left_is_cancelled() -> None:
    cancelled = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    with pytest.raises(ClientClosedError):
        await unless_disconnected(gone, work())  # type: ignore[arg-type]
    assert cancelled.is_set()


async def test_cancelling_the_server_cancels_the_work() -> None:
    started, ended = asyncio.Event(), asyncio.Event()

    async def work() -> AsyncIterator[Event]:
        try:
            started.set()
            await asyncio.Event().wait()
            yield TextDelta("a")
        finally:
            ended.set()

    serving = asyncio.create_task(EventStream(work(), writer())(SCOPE, never, Sent()))  # type: ignore[arg-type]
    await started.wait()
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
    assert ended.is_set()
