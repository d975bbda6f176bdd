"""Records the router's decisions where the operator asks for it, without holding up the answers. Knows nothing of databases.

What is kept is bounded: of a long conversation the last turns, of an attachment its kind. Decisions wait in a bounded queue and are
written together; those of the last moment are lost when the process is killed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from fanar.errors import FanarError
from fanar.events import Event, RouteSelected, RoutingDecision
from fanar.feedback import RecordedDecision
from fanar.messages import ChatMessage, ContentPart, TextPart
from fanar.protocols import DecisionRepository
from fanar.streams import closing

MOST_CHARACTERS = 20_000
"""Of one conversation."""
_WAITING = 1000
_TOGETHER = 200
_log = logging.getLogger(__name__)


class DecisionLog:
    """Takes decisions in and writes them. With `on` false it keeps nothing."""

    def __init__(
        self,
        *,
        repository: DecisionRepository,
        on: bool,
        days: int,
        routes: Callable[[str], bool] = lambda model: True,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`routes` says of a model id whether it asks for routing: where a model is named, nothing is decided."""
        self._repository = repository
        self._on = on
        self._days = timedelta(days=days)
        self._routes = routes
        self._now = now
        self._waiting: asyncio.Queue[RecordedDecision] = asyncio.Queue(_WAITING)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """Write what is noted until the block ends, all of it. What has grown old is forgotten at the start, even with recording off."""
        await self._write([])
        writer = asyncio.create_task(self._run())
        try:
            yield
        finally:
            await self._waiting.join()
            writer.cancel()
            await asyncio.wait({writer})

    async def note(self, messages: Sequence[ChatMessage], decision: RoutingDecision, *, answer: str, owner: str, model: str) -> None:
        """Take in where a conversation that named `model` went; waits only while the queue is full."""
        if self._on and self._routes(model):
            kept, whole = abridged(messages)
            await self._waiting.put(RecordedDecision(answer, owner, self._now(), model, kept, decision, whole))

    async def noted(
        self, events: AsyncIterator[Event], messages: Sequence[ChatMessage], *, answer: str, owner: str, model: str
    ) -> AsyncIterator[Event]:
        """Yield the events of an answer, unchanged, and note the decision among them."""
        async with closing(events):
            async for event in events:
                if isinstance(event, RouteSelected):
                    await self.note(messages, event.decision, answer=answer, owner=owner, model=model)
                yield event

    async def _run(self) -> None:
        while True:
            batch = [await self._waiting.get()]
            while len(batch) < _TOGETHER and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            await self._write(batch)
            for _ in batch:
                self._waiting.task_done()

    async def _write(self, batch: list[RecordedDecision]) -> None:
        try:
            await asyncio.to_thread(self._repository.record, batch, since=self._now() - self._days)
        except FanarError:
            # An answer must not fail because its route could not be written down.
            _log.warning("decisions could not be recorded", extra={"decisions": len(batch)})


def abridged(messages: Sequence[ChatMessage], *, most: int = MOST_CHARACTERS) -> tuple[tuple[ChatMessage, ...], bool]:
    """Return the last turns that hold at most so many characters, and whether they are all; the last of them may be cut."""
    kept: list[ChatMessage] = []
    room = most
    for message in reversed(messages):
        if len(message.text) > room:
            if not kept:
                kept.append(_cut(message, room))
            return tuple(reversed(kept)), False
        room -= len(message.text)
        kept.append(message)
    return tuple(reversed(kept)), True


def _cut(message: ChatMessage, room: int) -> ChatMessage:
    attached: list[ContentPart] = [part for part in message.content if not isinstance(part, str | TextPart)]
    text = message.text[:room]
    return replace(message, content=(TextPart(text), *attached) if attached else text)
