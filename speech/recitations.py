"""Recordings of verses by reciters, one file a verse, in a folder a reciter. Knows nothing of texts or of who may hear them.

The files are named as the common collections name them: surah and verse in three digits each, 002255.mp3.
"""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError, UnprocessableError
from fanar.media import Sound
from speech.audio import SoundLimits, read_blocks

RATE = 24_000
Place = tuple[int, int]
_NAME = re.compile(r"(\d{3})(\d{3})\.(mp3|ogg|opus|m4a|flac|wav)", re.IGNORECASE)
_RECITER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LIMITS = SoundLimits(bytes=50_000_000, seconds=1800.0, channels=2)
_SURAHS, _MOST_VERSES = 114, 286
_NO_NAME = Bilingual(
    "A reciter's name is written in small Latin letters, digits and hyphens: mahmoud-al-husary.",
    "يُكتب اسم القارئ بحروف لاتينية صغيرة وأرقام وشرطات: mahmoud-al-husary.",
)
_NO_FILES = Bilingual(
    "The folder holds no recording named as verses are: 002255.mp3 is the surah in three digits and the verse in three.",
    "ليس في المجلد تسجيل مسمّى باسم آية: 002255.mp3 هو السورة بثلاثة أرقام ثم الآية بثلاثة.",
)
_NOT_HERE = Bilingual("No such recitation is installed.", "لا تلاوة مثبَّتة كهذه.")


@dataclass(frozen=True, slots=True)
class Reciter:
    """Whose recordings are installed, and of how many verses."""

    name: str
    verses: int


class RecitationStore:
    """The recordings below `folder`. Methods block but for what plays."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def reciters(self) -> list[Reciter]:
        """Return whose recordings are installed, by name."""
        folders = sorted(self._folder.iterdir()) if self._folder.is_dir() else []
        return [Reciter(folder.name, len(list(_recordings(folder)))) for folder in folders if _RECITER.fullmatch(folder.name)]

    def add(self, source: Path, reciter: str, *, progress: Callable[[int, int], None] = lambda _done, _all: None) -> Reciter:
        """Take a folder of recordings in; each is listened to before it counts. Recordings that are there are replaced.

        Raises UnprocessableError for a name that is none, a folder without recordings, and a file that is no sound.
        """
        if not _RECITER.fullmatch(reciter):
            raise UnprocessableError(_NO_NAME)
        found = list(_recordings(source)) if source.is_dir() else []
        if not found:
            raise UnprocessableError(_NO_FILES)
        target = self._folder / reciter
        target.mkdir(parents=True, exist_ok=True)
        for done, (place, path) in enumerate(found, 1):
            for _ in read_blocks(path, _LIMITS):
                pass
            self._take(target, place, path)
            progress(done, len(found))
        return Reciter(reciter, len(list(_recordings(target))))

    def remove(self, reciter: str) -> None:
        """Remove a reciter's recordings. Raises NotFoundError."""
        if not _RECITER.fullmatch(reciter) or not (self._folder / reciter).is_dir():
            raise NotFoundError(_NOT_HERE)
        shutil.rmtree(self._folder / reciter)

    def find(self, reciter: str | None, verses: Sequence[Place]) -> list[Path] | None:
        """Return the recordings of these verses by `reciter`, or else by the first who has them all; None where nobody has."""
        names = [each.name for each in self.reciters()] if reciter is None else [reciter]
        for name in names:
            paths = dict(_recordings(self._folder / name)) if _RECITER.fullmatch(name) else {}
            if verses and all(place in paths for place in verses):
                return [paths[place] for place in verses]
        return None

    def _take(self, target: Path, place: Place, path: Path) -> None:
        name = f"{place[0]:03}{place[1]:03}"
        kept = target / f"{name}{path.suffix.lower()}"
        shutil.copyfile(path, kept.with_suffix(".new"))
        for old in target.glob(f"{name}.*"):
            if old.suffix != ".new":
                old.unlink()
        kept.with_suffix(".new").replace(kept)


async def played(paths: Sequence[Path]) -> AsyncIterator[Sound]:
    """Yield recordings as sound, one after the other."""
    for path in paths:
        pieces = _decoded(path)
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            yield piece


def _decoded(path: Path) -> Iterator[Sound]:
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(path) as container:
        for frame in container.decode(audio=0):
            assert isinstance(frame, AudioFrame)  # noqa: S101 - streams of sound hold nothing else
            frame.pts = None
            yield from _sounds(resampler.resample(frame))
    yield from _sounds(resampler.resample(None))


def _sounds(frames: Sequence[AudioFrame]) -> Iterator[Sound]:
    samples = [frame.to_ndarray().reshape(-1) for frame in frames]
    if samples:
        yield Sound(np.concatenate(samples).astype("<i2", copy=False).tobytes(), RATE)


def _recordings(folder: Path) -> Iterator[tuple[Place, Path]]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        named = _NAME.fullmatch(path.name)
        if named and 1 <= int(named[1]) <= _SURAHS and 1 <= int(named[2]) <= _MOST_VERSES and path.is_file():
            yield (int(named[1]), int(named[2])), path
