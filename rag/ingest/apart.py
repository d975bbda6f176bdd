"""Where files that people hand in are read: in a process of its own, bounded in time, memory and what it may say. Knows no format."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from dataclasses import dataclass
from math import ceil

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.files import FileKind, FilePassage

_LONGEST_LINE = 1_000_000
_BROKEN = Bilingual("The file cannot be read.", "تعذّرت قراءة الملف.")
_TOO_SLOW = Bilingual("Reading the file takes too long.", "تستغرق قراءة الملف وقتًا أطول من المسموح.")
_TOO_LONG = Bilingual("The file holds too much text.", "في الملف نص أكثر مما يُقبل.")
_NO_TEXT = Bilingual(
    "The file holds no text; a scanned page is a picture, and pictures are not read.",
    "لا نص في الملف؛ فالصفحة الممسوحة ضوئيًا صورة لا تُقرأ.",
)


@dataclass(frozen=True, slots=True)
class ReadingBounds:
    """How long reading one file may take, how much memory, and how many passages it may give."""

    seconds: float = 120.0
    memory: int = 2_000_000_000
    passages: int = 20_000


class ApartReader:
    """Reads files, each in a new process."""

    def __init__(self, *, bounds: ReadingBounds) -> None:
        self._bounds = bounds

    async def read(self, kind: FileKind, content: bytes) -> list[FilePassage]:
        """Return the passages of a file. Raises UnprocessableError with what is wrong with it."""
        bounds = self._bounds
        # -P: what lies in the folder we happen to be started in must not be imported.
        command = [sys.executable, "-P", "-m", "rag.ingest.extraction", kind, str(ceil(bounds.seconds)), str(bounds.memory)]
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=_LONGEST_LINE)
        feeding = asyncio.create_task(_feed(process, content))
        try:
            async with asyncio.timeout(bounds.seconds):
                passages = [passage async for passage in self._said(process)]
                await process.wait()
        except TimeoutError:
            raise UnprocessableError(_TOO_SLOW, param="file") from None
        finally:
            await _ended(process, feeding)
        if process.returncode:
            raise UnprocessableError(_BROKEN, param="file")
        if not passages:
            raise UnprocessableError(_NO_TEXT, param="file")
        return passages

    async def _said(self, process: asyncio.subprocess.Process) -> AsyncIterator[FilePassage]:
        assert process.stdout  # noqa: S101  (it was asked for)
        number = 0
        try:
            async for line in process.stdout:
                number += 1
                if number > self._bounds.passages:
                    raise UnprocessableError(_TOO_LONG, param="file")
                yield _passage(json.loads(line))
        except (ValueError, TypeError) as cause:
            raise UnprocessableError(_BROKEN, param="file") from cause


def _passage(said: object) -> FilePassage:
    match said:
        case [str(text), str(place), int() | None as page]:
            return FilePassage(text, place, page)
        case {"en": str(en), "ar": str(ar)}:
            raise UnprocessableError(Bilingual(en, ar), param="file")
        case _:
            raise ValueError(said)


async def _feed(process: asyncio.subprocess.Process, content: bytes) -> None:
    assert process.stdin  # noqa: S101  (it was asked for)
    try:
        process.stdin.write(content)
        await process.stdin.drain()
        process.stdin.close()
    except (BrokenPipeError, ConnectionResetError):
        # It has said already what is wrong with the file.
        return


async def _ended(process: asyncio.subprocess.Process, feeding: asyncio.Task[None]) -> None:
    if process.returncode is None:
        process.kill()
    feeding.cancel()
    await asyncio.wait([feeding])
    await process.wait()
