"""Asks a platform again and again, so many at once, and keeps what became of every question. Knows nothing of who answers.

For tests and benchmarks of what must not be noticed: a model that dies, one that comes back.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import aiohttp

CHAT = "/chat/completions"
_OK = 200


@dataclass
class Outcome:
    """What became of one question. `frames` are the JSON frames of a streamed answer; `done` says that the last frame was `[DONE]`."""

    asked: str
    began: float
    streamed: bool
    status: int = 0
    ended: float = 0.0
    served_by: str = ""
    text: str = ""
    frames: list[dict[str, Any]] = field(default_factory=list)
    arrived: list[float] = field(default_factory=list)
    done: bool = False
    error: dict[str, Any] | None = None
    broken: str | None = None

    @property
    def begun(self) -> bool:
        """Whether any of a streamed answer's text arrived."""
        return bool(self.text)

    @property
    def whole(self) -> bool:
        """Whether the answer came, and came to its end."""
        return self.status == _OK and self.error is None and self.broken is None and (self.done or not self.streamed)


async def ask(
    session: aiohttp.ClientSession,
    url: str,
    model: str,
    *,
    stream: bool = False,
    prompt: str = "hi",
    hear: Callable[[Outcome], None] = lambda _outcome: None,
    **fields: Any,
) -> Outcome:
    """Ask once and return what became of it, whatever that was. `hear` is told of each frame that arrives."""
    body = {"model": model, "stream": stream, "messages": [{"role": "user", "content": prompt}], **fields}
    found = Outcome(model, monotonic(), stream)
    try:
        async with session.post(f"{url}{CHAT}", json=body) as response:
            found.status = response.status
            if stream and response.status == _OK:
                await _read(response, found, hear)
            else:
                _take(found, await response.json())
    except (aiohttp.ClientError, TimeoutError) as fault:
        found.broken = repr(fault)
    found.ended = monotonic()
    return found


async def _read(response: aiohttp.ClientResponse, found: Outcome, hear: Callable[[Outcome], None]) -> None:
    async for line in response.content:
        payload = line.removeprefix(b"data: ").strip()
        if not line.startswith(b"data: "):
            continue
        found.done = payload == b"[DONE]"
        if found.done:
            continue
        frame = json.loads(payload)
        found.arrived.append(monotonic())
        found.frames.append(frame)
        found.error = frame.get("error") or found.error
        found.text += "".join(choice["delta"].get("content") or "" for choice in frame["choices"])
        found.served_by = _server(frame) or found.served_by
        hear(found)


def _take(found: Outcome, answer: dict[str, Any]) -> None:
    found.error = answer.get("error")
    found.served_by = _server(answer)
    found.text = "".join(choice["message"]["content"] or "" for choice in answer.get("choices", ()))


def _server(answer: dict[str, Any]) -> str:
    return str(((answer.get("metadata") or {}).get("routing") or {}).get("answered_by") or "")


class Load:
    """Questions that are being asked. `outcomes` are those that are over; `reading` are the streams of which something has come."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []
        self.reading: list[Outcome] = []
        self._changed = asyncio.Event()

    def heard(self, outcome: Outcome) -> None:
        """Note that a stream has begun, or goes on."""
        if not any(each is outcome for each in self.reading):
            self.reading.append(outcome)
        self._changed.set()

    def over(self, outcome: Outcome) -> None:
        """Keep one more outcome."""
        self.reading = [each for each in self.reading if each is not outcome]
        self.outcomes.append(outcome)
        self._changed.set()

    async def until(self, holds: Callable[[], bool], *, seconds: float) -> None:
        """Return when something holds, which is looked at whenever something has come. Raises TimeoutError when it never does."""
        async with asyncio.timeout(seconds):
            while not holds():
                self._changed.clear()
                await self._changed.wait()

    def whole_answers(self) -> list[Outcome]:
        """Return the outcomes of the questions that were not streamed."""
        return [outcome for outcome in self.outcomes if not outcome.streamed]

    def streams(self) -> list[Outcome]:
        """Return the outcomes of the questions that were streamed."""
        return [outcome for outcome in self.outcomes if outcome.streamed]


@asynccontextmanager
async def load(
    url: str, models: Sequence[str], *, whole: int, streams: int, streamed: Mapping[str, Any] | None = None, **fields: Any
) -> AsyncIterator[Load]:
    """Ask so many whole and so many streamed answers at once until the end of the block, then wait for those under way.

    `fields` go with each question, `streamed` besides with those whose answers are streamed.
    """
    more = {True: {**fields, **(streamed or {})}, False: fields}
    running, enough = Load(), asyncio.Event()
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=60)) as session:

        async def keep_asking(place: int, *, stream: bool) -> None:
            for model in itertools.islice(itertools.cycle(models), place % len(models), None):
                if enough.is_set():
                    return
                running.over(await ask(session, url, model, stream=stream, hear=running.heard, **more[stream]))

        async with asyncio.TaskGroup() as tasks:
            for place in range(whole + streams):
                tasks.create_task(keep_asking(place, stream=place >= whole))
            try:
                yield running
            finally:
                enough.set()
