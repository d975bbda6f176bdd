"""Keeps the news coming: looks at every source when it is due, reads pages, follows pushes, keeps the indexes up to date, forgets the old.

Runs in one process of its own; knows nothing of how that is started. All that must outlast it is in the database: whoever goes on after it
was killed finds what is due there.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, NotFoundError
from fanar.fetch.client import Fetcher
from fanar.fetch.content import Reply
from fanar.news import Change, SourceRecord
from fanar.news_protocols import NewsRepository, SourceRepository
from rag.recency.entries import Reading
from rag.recency.polling import Poller
from rag.recency.reading import read_source
from rag.recency.websub import Verification, is_due, is_signed, new_subscription, subscribe, verified

_log = logging.getLogger(__name__)
_TICK = 0.5
_AT_ONCE = 8
_PAGES_AT_ONCE = 4
_BATCH = 500
_RETAINED_EVERY = timedelta(hours=1)
_NO_SUBSCRIPTION = Bilingual("There is no such subscription.", "لا يوجد هذا الاشتراك.")


class Follower(Protocol):
    """An index that follows what changes."""

    @property
    def followed(self) -> int:
        """The position of the last change that is in it."""
        ...

    async def follow(self, changes: Sequence[Change]) -> None:
        """Take in changes, durably. Raises a FanarError when it cannot now."""
        ...


@dataclass(frozen=True, slots=True)
class Retention:
    """How long articles are kept, and how many."""

    days: int = 90
    articles: int = 200_000


class Newsroom:
    """The work, as methods that one event loop runs. `callback` is our address for hubs, None where none can reach us."""

    def __init__(
        self,
        *,
        sources: SourceRepository,
        repository: NewsRepository,
        poller: Poller,
        fetcher: Fetcher,
        followers: Sequence[Follower],
        retention: Retention,
        clock: Callable[[], datetime],
        callback: str | None = None,
    ) -> None:
        self._sources = sources
        self._repository = repository
        self._poller = poller
        self._fetcher = fetcher
        self._followers = followers
        self._retention = retention
        self._clock = clock
        self._callback = callback
        self._looking: dict[str, asyncio.Task[None]] = {}
        self._reading: dict[str, asyncio.Task[None]] = {}
        self._retained: datetime | None = None

    async def run(self) -> None:
        """Work until cancelled. What fails is tried again at the next turn."""
        async with asyncio.TaskGroup() as group:
            group.create_task(_again(self._turn))
            for follower in self._followers:
                group.create_task(_again(partial(self.catch_up, follower)))

    async def poll(self, urls: Sequence[str] = ()) -> None:
        """Look at sources now, due or not; all of them without `urls`. Raises NotFoundError, StorageError."""
        # A look in progress may have asked before the news was there; one that begins from here on is as good as ours.
        if begun := [look for url, look in self._looking.items() if not urls or url in urls]:
            await asyncio.wait(begun)
        records = {record.source.url: record for record in await asyncio.to_thread(self._sources.sources)}
        if unknown := [url for url in urls if url not in records]:
            raise NotFoundError(Bilingual(f"{len(unknown)} of these are no sources.", f"{len(unknown)} من هذه ليست مصادر."), param="url")
        await asyncio.gather(*(_begin(self._looking, url, self._look(records[url])) for url in urls or records))

    async def confirm(self, token: str, asked: Verification) -> str:
        """Return what a hub is to hear that asks whether we subscribed. Raises NotFoundError when we did not."""
        record = await self._subscribed(token)
        assert record.subscription is not None  # noqa: S101 - found by it
        confirmed = verified(record.subscription, asked, now=self._clock())
        if confirmed is None:
            raise NotFoundError(_NO_SUBSCRIPTION)
        await asyncio.to_thread(self._sources.subscribe, record.source.url, confirmed)
        return asked.challenge

    async def pushed(self, token: str, body: bytes, *, signature: str, media_type: str) -> bool:
        """Take in what a hub sent; when this returns, it survives a crash. Return whether it was the hub. Raises NotFoundError.

        Without a body, or with one that cannot be read, the feed itself is looked at.
        """
        record = await self._subscribed(token)
        assert record.subscription is not None  # noqa: S101 - found by it
        if not is_signed(record.subscription, body, signature):
            return False
        reading = await self._read_pushed(record, body, media_type)
        if reading is None or not reading.entries:
            await self.poll([record.source.url])
        else:
            # The marks of the last look name the feed without this: by them, one that loses it again would seem unchanged.
            await asyncio.to_thread(self._sources.looked, record.source.url, replace(record.look, etag="", modified=""))
            await self._poller.take(record.source, reading)
        return True

    async def catch_up(self, follower: Follower) -> bool:
        """Have an index take in what it has not yet; return whether there was anything. Raises a FanarError."""
        changes = await asyncio.to_thread(self._repository.changes, after=follower.followed, limit=_BATCH)
        if changes:
            await follower.follow(changes)
        return bool(changes)

    async def _turn(self) -> bool:
        now = self._clock()
        for record in await asyncio.to_thread(self._sources.sources):
            if record.look.due is not None and record.look.due <= now and len(self._looking) < _AT_ONCE:
                _begin(self._looking, record.source.url, self._look(record))
        for kept in await asyncio.to_thread(self._repository.unread, now=now, limit=2 * _PAGES_AT_ONCE):
            if len(self._reading) < _PAGES_AT_ONCE:
                _begin(self._reading, kept.article.id, self._poller.page(kept))
        if self._retained is None or now - self._retained >= _RETAINED_EVERY:
            before = now - timedelta(days=self._retention.days)
            await asyncio.to_thread(self._repository.retain, before=before, most=self._retention.articles, now=now)
            self._retained = now
        return False

    async def _look(self, record: SourceRecord) -> None:
        _, reading = await self._poller.look(record)
        if reading is None or self._callback is None:
            return
        now = self._clock()
        if is_due(record.subscription, reading.hub, reading.topic, now=now):
            wanted = new_subscription(record.subscription, reading.hub, reading.topic, now=now)
            # Kept before the hub is asked: it may ask back before it answers.
            await asyncio.to_thread(self._sources.subscribe, record.source.url, wanted)
            try:
                await subscribe(wanted, callback=self._callback, fetcher=self._fetcher)
            except FanarError as error:
                _log.info("a hub could not be asked: %s", error)

    async def _subscribed(self, token: str) -> SourceRecord:
        for record in await asyncio.to_thread(self._sources.sources):
            if record.subscription is not None and record.subscription.token == token:
                return record
        raise NotFoundError(_NO_SUBSCRIPTION)

    async def _read_pushed(self, record: SourceRecord, body: bytes, media_type: str) -> Reading | None:
        reply = Reply(record.source.url, 200, {}, media_type, body)
        try:
            reading = await asyncio.to_thread(read_source, record.source.kind, reply, url=record.source.url)
        except FanarError:
            return None
        # A hub sends what is new, not the whole feed: what is missing says nothing.
        return Reading(reading.entries, reading.title, reading.language, whole=False, withdrawn=reading.withdrawn)


async def _again(work: Callable[[], Awaitable[bool]]) -> None:
    """Do `work` for ever: at once when there was something to do, after a while when there was not, or when it failed."""
    while True:
        try:
            busy = await work()
        except FanarError as error:
            _log.warning("the newsroom goes on after: %s", error)
            busy = False
        if not busy:
            await asyncio.sleep(_TICK)


def _begin(running: dict[str, asyncio.Task[None]], name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Return the work of this name that is running, which is `work` where none was."""
    if name in running:
        work.close()
        return running[name]
    task = running[name] = asyncio.create_task(work)
    task.add_done_callback(lambda done: _ended(running, name, done))
    return task


def _ended(running: dict[str, asyncio.Task[None]], name: str, task: asyncio.Task[None]) -> None:
    del running[name]
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.warning("the newsroom goes on after: %s", error)
