"""The newsroom in a process of its own: as it runs there, and as everybody else sees it. Knows nothing of sockets or of feeds.

One owner looks at the sources, whichever process asks; it has an event loop, whose thread its callers wait for.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict
from typing import Any, Protocol, TypeVar

from fanar.errors import FanarError
from rag.recency.newsroom import Newsroom
from rag.recency.websub import Verification

METHODS = ("poll", "confirm", "pushed")
"""What a caller in another process may call."""

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


class Caller(Protocol):
    """Calls a method of the owner process and returns its result; raises the owner's error as itself."""

    async def call(self, method: str, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - what a method takes is the target's matter
        """Call `method`. Raises ModelUnavailableError when the owner is gone, OverloadedError when its queue is full."""
        ...


class OwnedNewsroom:
    """The newsroom, as who does not own it sees it. All methods raise ModelUnavailableError while there is no owner."""

    def __init__(self, *, owner: Caller) -> None:
        self._owner = owner

    async def poll(self, urls: Sequence[str] = ()) -> None:
        """Look at sources now; all of them without `urls`. Raises NotFoundError, StorageError."""
        await self._owner.call("poll", list(urls))

    async def confirm(self, token: str, asked: Verification) -> str:
        """Return what a hub is to hear that asks whether we subscribed. Raises NotFoundError when we did not."""
        return str(await self._owner.call("confirm", token, asdict(asked)))

    async def pushed(self, token: str, body: bytes, *, signature: str, media_type: str) -> bool:
        """Take in what a hub sent, durably; return whether it was the hub. Raises NotFoundError for an unknown token."""
        return bool(await self._owner.call("pushed", token, body, signature, media_type))
