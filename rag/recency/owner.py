"""The newsroom as it runs in a process of its own: one owner looks at the sources, whichever process asks. Knows nothing of sockets.

It has an event loop, whose thread its callers wait for.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

from fanar.errors import FanarError
from rag.recency.newsroom import Newsroom
from rag.recency.websub import Verification

Result = TypeVar("Result")


class NewsroomOwner:
    """A newsroom at work in a thread of its own, until it is closed. `opened` is entered there; its error is raised here."""

    def __init__(self, opened: Callable[[], AbstractAsyncContextManager[Newsroom]]) -> None:
        self._opened = opened
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._failure: FanarError | None = None
        self._room: Newsroom | None = None
        self._ending = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._run(),), name="newsroom", daemon=True)
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure

    def poll(self, urls: Sequence[str]) -> None:
        """Look at sources now; all of them without `urls`."""
        self._call(lambda room: room.poll(urls))

    def confirm(self, token: str, asked: dict[str, Any]) -> str:
        """Return what a hub is to hear."""
        return self._call(lambda room: room.confirm(token, Verification(**asked)))

    def pushed(self, token: str, body: bytes, signature: str, media_type: str) -> bool:
        """Take in what a hub sent."""
        return self._call(lambda room: room.pushed(token, body, signature=signature, media_type=media_type))

    def close(self) -> None:
        """End the work."""
        self._loop.call_soon_threadsafe(self._ending.set)
        self._thread.join()
        self._loop.close()

    def _call(self, work: Callable[[Newsroom], Coroutine[Any, Any, Result]]) -> Result:
        assert self._room is not None  # noqa: S101 - it is there once it is ready
        return asyncio.run_coroutine_threadsafe(work(self._room), self._loop).result()

    async def _run(self) -> None:
        try:
            async with self._opened() as self._room:
                self._ready.set()
                working = asyncio.create_task(self._room.run())
                await self._ending.wait()
                working.cancel()
                await asyncio.wait([working])
        except FanarError as error:
            self._failure = error
        finally:
            self._ready.set()
