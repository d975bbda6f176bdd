"""One at a time, over all processes of a machine: a lock that is given back when its holder dies. Knows nothing of what is done with it."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path

_ASK_AGAIN = 0.1


@asynccontextmanager
async def in_turn(lock: Path, *, waiting: Callable[[], None] = lambda: None) -> AsyncIterator[None]:
    """Hold the lock. Where it has to be waited for, `waiting` is called, once."""
    for attempt in count():
        with held_now(lock) as held:
            if held:
                yield
                return
        if attempt == 0:
            waiting()
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
