"""Runs coroutines for callers that are not asynchronous. Knows nothing of what they do.

One loop in one thread serves all of them: connections that a coroutine opened stay usable for the next one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from functools import lru_cache
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Wait for `work` and return its result; safe to call where an event loop runs, which it then holds up."""
    return asyncio.run_coroutine_threadsafe(work, _loop()).result()


def iterate(stream: AsyncIterator[T]) -> Iterator[T]:
    """Yield what `stream` yields; leaving early closes it."""
    try:
        while True:
            try:
                item = run(_next(stream))
            except StopAsyncIteration:
                return
            yield item
    finally:
        run(_close(stream))


async def _next(stream: AsyncIterator[T]) -> T:
    return await anext(stream)


async def _close(stream: AsyncIterator[T]) -> None:
    close = getattr(stream, "aclose", None)
    if close is not None:
        await close()


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="fanar-langchain", daemon=True).start()
    return loop
