"""One at a time, over all processes of a machine: a lock that is given back when its holder dies. Knows nothing of what is done with it."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

_ASK_AGAIN = 0.1


@asynccontextmanager
async def in_turn(lock: Path) -> AsyncIterator[None]:
    """Hold the lock, waiting for it where need be."""
    while True:
        with held_now(lock) as held:
            if held:
                yield
                return
        await asyncio.sleep(_ASK_AGAIN)


@contextmanager
def held_now(lock: Path) -> Iterator[bool]:
    """Hold the lock if nobody else does; yields whether it is held."""
    lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
