"""Kills a model server under load, lets it come back, and says what those who asked noticed. Knows nothing of what serves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, Protocol

import aiohttp

from tests.load import Load, Outcome, ask, load

ENOUGH = 5  # answers that tell who answers now
EARLY = 10  # frames
KNOCK_SECONDS = 0.1


class Mortal(Protocol):
    """A server that is a process of its own."""

    def kill(self) -> None:
        """Kill it."""

    def start(self) -> None:
        """Start it again."""

    def await_ready(self) -> None:
        """Return when it answers."""


@dataclass(frozen=True)
class Victim:
    """The server to kill: under which name it answers, by which id clients address it, and who is to answer in its place."""

    server: Mortal
    name: str
    addressed: str
    other: str


@dataclass(frozen=True)
class Outage:
    """What was noticed. `recovery` are the seconds from the server's return to its first answer."""

    whole: Sequence[Outcome]
    streams: Sequence[Outcome]
    knocks: Sequence[Outcome]
    recovery: float

    @property
    def failed(self) -> list[Outcome]:
        """Whole answers that somebody waited for in vain."""
        return [outcome for outcome in (*self.whole, *self.knocks) if not outcome.whole]

    @property
    def broken(self) -> list[Outcome]:
        """Streams that did not come to their end."""
        return [stream for stream in self.streams if not stream.whole]

    @property
    def silent(self) -> list[Outcome]:
        """Streams that stopped without saying so: by an error event as the last frame before `[DONE]`, even where no word had come yet."""
        return [stream for stream in self.broken if not (stream.done and stream.frames and "error" in stream.frames[-1])]


async def _nothing() -> None:
    """Look at nothing."""


async def outage(
    url: str,
    victim: Victim,
    *,
    models: Sequence[str],
    whole: int,
    streams: int,
    patience: float,
    while_down: Callable[[], Awaitable[None]] = _nothing,
    streamed: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Outage:
    """Load the gateway at `url`, kill the victim in the middle of its answers, and bring it back. Raises TimeoutError when it stays away.

    Streams should be long, for one has to be cut off: `streamed` are fields of theirs alone.
    When the other one has taken over, `while_down` may look around; then the load ends and one question after the other knocks.
    """
    async with load(url, models, whole=whole, streams=streams, streamed=streamed, **fields) as running:
        await running.until(lambda: _answers(running, victim, victim.name) and _is_read(running, victim), seconds=patience)
        victim.server.kill()
        died = len(running.outcomes)
        await running.until(lambda: _answers(running, victim, victim.other, since=died), seconds=patience)
        await while_down()
    knocking = asyncio.create_task(_knock(url, victim, patience, fields))
    victim.server.start()
    await asyncio.to_thread(victim.server.await_ready)
    back = monotonic()
    knocks = await knocking
    return Outage(running.whole_answers(), running.streams(), knocks, max(0.0, knocks[-1].ended - back))


def _answers(running: Load, victim: Victim, name: str, *, since: int = 0) -> bool:
    outcomes = [outcome for outcome in running.outcomes[since:] if outcome.asked == victim.addressed]
    return sum(outcome.served_by == name for outcome in outcomes) >= ENOUGH


def _is_read(running: Load, victim: Victim) -> bool:
    # At its beginning: of what has come already, more may lie in buffers.
    return any(outcome.asked == victim.addressed and outcome.begun and len(outcome.frames) < EARLY for outcome in running.reading)


async def _knock(url: str, victim: Victim, patience: float, fields: dict[str, Any]) -> list[Outcome]:
    """Ask for the victim until it answers itself."""
    knocks: list[Outcome] = []
    async with asyncio.timeout(patience), aiohttp.ClientSession() as session:
        while not knocks or knocks[-1].served_by != victim.name:
            knocks.append(await ask(session, url, victim.addressed, **{**fields, "max_tokens": 4}))
            await asyncio.sleep(KNOCK_SECONDS)
    return knocks
