"""Reads in the background what was handed in, and indexes it. Knows nothing of formats or of HTTP.

What waits is what the database says waits: a file whose reader died with its process is read by the next one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractContextManager, asynccontextmanager
from typing import Any

from fanar.bilingual import Bilingual
from fanar.errors import ConflictError, FanarError, NotFoundError, UnprocessableError
from fanar.files import StoredFile, library_name
from fanar.keeping_protocols import FileRepository
from orchestrator.library.keeping import IndexKeeping, PassageReader

ATTEMPTS = 3
_AT_ONCE = 2
_LOOK_AGAIN = 30.0
_GIVEN_UP = Bilingual("Reading the file was interrupted too often.", "انقطعت قراءة الملف مرات كثيرة.")
_log = logging.getLogger(__name__)


class BackgroundReading:
    """Reads files one or two at a time. `holding` takes a file for this process alone, and says whether it did."""

    def __init__(
        self,
        *,
        files: FileRepository,
        reader: PassageReader,
        index: IndexKeeping,
        holding: Callable[[str], AbstractContextManager[bool]],
    ) -> None:
        self._files = files
        self._reader = reader
        self._index = index
        self._holding = holding
        self._something = asyncio.Event()
        self._working: dict[str, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(_AT_ONCE)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Read until the end of the block; what is not done by then waits for the next process."""
        looking = asyncio.create_task(self._run())
        try:
            yield
        finally:
            tasks = [looking, *self._working.values()]
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    def look(self) -> None:
        """Look for files that were not read yet."""
        self._something.set()

    def tidy(self, library: str) -> None:
        """Bring the index of a library up to what is in it, from which something went."""
        self._begin(library, self._indexed(library))

    async def _run(self) -> None:
        while True:
            self._something.clear()
            try:
                for file in await asyncio.to_thread(self._files.waiting):
                    if file.id not in self._working:
                        self._begin(file.id, self._read_in_turn(file))
            except FanarError as fault:
                _log.warning("files that wait to be read could not be looked for", extra={"error": str(fault)})
            try:
                async with asyncio.timeout(_LOOK_AGAIN):
                    await self._something.wait()
            except TimeoutError:
                # Another process may have died over a file meanwhile.
                continue

    def _begin(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._working[name] = task
        task.add_done_callback(lambda done: self._ended(name, done))

    def _ended(self, name: str, task: asyncio.Task[None]) -> None:
        if self._working.get(name) is task:
            del self._working[name]
        if not task.cancelled() and (fault := task.exception()) is not None:
            _log.error("reading what was handed in failed", exc_info=fault)

    async def _read_in_turn(self, file: StoredFile) -> None:
        async with self._places:
            with self._holding(file.id) as held:
                if held:
                    await self._read(file)
        await self._indexed(library_name(file.owner))

    async def _read(self, file: StoredFile) -> None:
        try:
            if await asyncio.to_thread(self._files.begin, file.id) > ATTEMPTS:
                await asyncio.to_thread(self._files.fail, file.id, _GIVEN_UP)
                return
            passages = await self._reader.read(file.kind, await asyncio.to_thread(self._files.content, file.id, owner=file.owner))
            pages = max((passage.page or 0 for passage in passages), default=0) or None
            await asyncio.to_thread(self._files.finish, file.id, passages, pages=pages)
        except NotFoundError:
            # It was removed meanwhile, or another process has read it.
            return
        except (UnprocessableError, ConflictError) as refused:
            await asyncio.to_thread(self._files.fail, file.id, refused.message)

    async def _indexed(self, library: str) -> None:
        try:
            await self._index.ensure(library)
        except FanarError as fault:
            # The next search tries again, and says what is wrong if it still is.
            _log.warning("a library could not be indexed", extra={"error": str(fault)})
