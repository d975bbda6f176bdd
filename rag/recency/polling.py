"""One look at one source: asks its server, reads what it says, takes it in. Knows nothing of when to look next but what its pace says.

What goes wrong with a source is its own matter: it is noted in its status and changes nothing else.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, ForbiddenAddressError, NotFoundError, StorageError, UnprocessableError
from fanar.fetch.client import Fetcher
from fanar.fetch.content import Reply
from fanar.news import Kept, Look, Source, SourceKind, SourceRecord
from fanar.news_protocols import SourceRepository
from rag.recency.entries import Reading
from rag.recency.intake import Intake, Taken
from rag.recency.pace import Pace, retry_after
from rag.recency.pages import WebPages
from rag.recency.reading import read_source

_log = logging.getLogger(__name__)
_LARGEST: Mapping[SourceKind, int] = {"feed": 4_000_000, "sitemap": 10_000_000, "page": 3_000_000}
_UNCHANGED, _GONE = 304, 410
_REFUSED = Bilingual("The server answered with an error ({status}).", "أجاب الخادم بخطأ ({status}).")
_WITHDRAWN = Bilingual("The server says that this source is no more (410).", "يقول الخادم إن هذا المصدر لم يعد موجودًا (410).")


class Poller:
    """Looks at sources and at the pages that they point at. What is written is written by one task at a time."""

    def __init__(
        self, *, sources: SourceRepository, intake: Intake, fetcher: Fetcher, pages: WebPages, pace: Pace, clock: Callable[[], datetime]
    ) -> None:
        self._sources = sources
        self._intake = intake
        self._fetcher = fetcher
        self._pages = pages
        self._pace = pace
        self._clock = clock
        self._writing = asyncio.Lock()

    async def look(self, record: SourceRecord) -> tuple[Taken, Reading | None]:
        """Look at a source now and note how it went; return what was taken in, and what it said, if anything. Raises StorageError."""
        taken, reading, look = Taken(), None, record.look
        try:
            reply = await self._ask(record)
            if reply.status == _GONE:
                look = self._pace.gone(look, _WITHDRAWN, now=self._clock())
            elif reply.status == _UNCHANGED:
                look = self._pace.heard(look, now=self._clock(), news=False, etag=look.etag, modified=look.modified)
            elif not 200 <= reply.status < 300:
                look = self._failed(record, _REFUSED.format(status=reply.status), rest=retry_after(reply.headers, now=self._clock()))
            else:
                reading = await self._read(record.source, reply)
                taken = await self.take(record.source, reading)
                look = self._heard(look, reply, reading, news=bool(taken.fresh))
        except StorageError:
            raise
        except FanarError as error:
            look = self._failed(record, error.message)
        await asyncio.to_thread(self._sources.looked, record.source.url, look)
        return taken, reading

    async def take(self, source: Source, reading: Reading) -> Taken:
        """Take in what a source said, and ask the pages of what it no longer names. Raises NotFoundError, StorageError."""
        async with self._writing:
            taken = await asyncio.to_thread(self._intake.take, source, reading)
        gone = await asyncio.gather(*(self._vanished(kept) for kept in taken.doubted))
        return replace(taken, withdrawn=(*taken.withdrawn, *(id_ for id_ in gone if id_)))

    async def page(self, kept: Kept) -> None:
        """Read the page of an article, now that it is due. Raises StorageError."""
        try:
            page = await self._pages.text(kept.article.url)
        except NotFoundError:
            # A link that never worked says nothing; a page that was there and is not was withdrawn.
            gone = "." in kept.digest
            await self._write(lambda: self._intake.vanished(kept, gone=True) if gone else self._intake.unreadable(kept))
        except FanarError as error:
            _log.info("a page could not be read: %s", error)
            await self._write(lambda: self._intake.unreadable(kept))
        else:
            await self._write(lambda: self._intake.read(kept, page))

    async def _vanished(self, kept: Kept) -> str | None:
        """Return the id of an article that is not there any more, None for one that is, or of which nobody can tell now."""
        try:
            gone = await self._pages.gone(kept.article.url)
        except ForbiddenAddressError:
            # Nobody will ever tell: what its own outlet no longer names is not told here either.
            gone = True
        except FanarError:
            return None
        await self._write(lambda: self._intake.vanished(kept, gone=gone))
        return kept.article.id if gone else None

    async def _write(self, work: Callable[[], object]) -> None:
        async with self._writing:
            try:
                await asyncio.to_thread(work)
            except NotFoundError:
                _log.info("a source was removed while its articles were read")

    async def _ask(self, record: SourceRecord) -> Reply:
        headers = {"If-None-Match": record.look.etag, "If-Modified-Since": record.look.modified}
        sent = {name: value for name, value in headers.items() if value}
        return await self._fetcher.ask(record.source.url, headers=sent, max_bytes=_LARGEST[record.source.kind])

    async def _read(self, source: Source, reply: Reply) -> Reading:
        reading = await asyncio.to_thread(read_source, source.kind, reply, url=source.url)
        if not reading.further:
            return reading
        parts = [await self._further(source, url) for url in reading.further]
        return replace(reading, entries=tuple({each.key: each for part in parts for each in part.entries}.values()))

    async def _further(self, source: Source, url: str) -> Reading:
        reply = await self._fetcher.ask(url, max_bytes=_LARGEST[source.kind])
        if not 200 <= reply.status < 300:
            raise UnprocessableError(_REFUSED.format(status=reply.status))
        return await asyncio.to_thread(read_source, source.kind, reply, url=url)

    def _heard(self, look: Look, reply: Reply, reading: Reading, *, news: bool) -> Look:
        etag, modified = reply.headers.get("etag", ""), reply.headers.get("last-modified", "")
        return self._pace.heard(look, now=self._clock(), news=news, rest=reading.rest, etag=etag[:200], modified=modified[:100])

    def _failed(self, record: SourceRecord, error: Bilingual, *, rest: float = 0.0) -> Look:
        _log.info("a source could not be read: %s", error)
        return self._pace.failed(record.look, error, now=self._clock(), url=record.source.url, rest=rest)
