"""Which model id listens to what, and the place where recordings lie meanwhile. Knows nothing of HTTP or of how a model listens."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from fanar.bilingual import Bilingual
from fanar.errors import NotConfiguredError, NotFoundError
from fanar.events import TranscriptCompleted, TranscriptDelta, TranscriptEvent
from fanar.llm.catalog import ModelCatalog, Service
from fanar.media import Segment, Transcript, TranscriptionOptions
from fanar.media_protocols import LiveListening, LiveTranscriber, Transcriber
from fanar.streams import closing

SHORT = "Fanar-Aura-STT-1"
LONG = "Fanar-Aura-STT-LF-1"
REMEDY = "fanar models pull whisper-large-v3-turbo && export FANAR_SPEECH__MODEL=whisper-large-v3-turbo"
NO_MODEL = Bilingual(
    "Writing speech down needs a model, and none is set: `fanar models pull whisper-large-v3-turbo` pulls one "
    "(whisper-small for a laptop), and FANAR_SPEECH__MODEL names it.",
    "يحتاج تفريغ الكلام إلى نموذج، ولا نموذج مضبوط: ينزّل الأمر `fanar models pull whisper-large-v3-turbo` واحدًا "
    "(وwhisper-small للحاسوب المحمول)، ويسمّيه FANAR_SPEECH__MODEL.",
)
NO_LIVE = Bilingual(
    "The model that is set listens to whole recordings only; a Whisper model of this machine (FANAR_SPEECH__MODEL) listens live.",
    "النموذج المضبوط يسمع التسجيلات الكاملة فقط؛ ويسمع مباشرةً نموذج Whisper على هذا الجهاز (FANAR_SPEECH__MODEL).",
)
_NO_LISTENER = Bilingual("No model of this id listens; Fanar-Aura-STT-LF-1 does.", "لا نموذج بهذا المعرّف يسمع؛ يسمع Fanar-Aura-STT-LF-1.")


class Transcriptions:
    """Transcribes for clients with `transcriber`, and with `live` what is being spoken, where they are there.

    Recordings lie in `folder` while they are listened to.
    """

    def __init__(
        self,
        *,
        catalog: ModelCatalog,
        transcriber: Transcriber | None,
        folder: Path,
        most_bytes: int,
        short_seconds: float,
        live: LiveTranscriber | None = None,
    ) -> None:
        self._catalog = catalog
        self._transcriber = transcriber
        self._live = live
        self._folder = folder
        self._short_seconds = short_seconds
        self.most_bytes = most_bytes

    @property
    def name(self) -> str | None:
        """What really listens, if anything does."""
        return self._transcriber.name if self._transcriber is not None else None

    def require(self, model: str) -> None:
        """Raise NotFoundError for a model id that does not listen, NotConfiguredError when nothing does."""
        if self._catalog.find(model).service is not Service.STT:
            raise NotFoundError(_NO_LISTENER, param="model")
        if self._transcriber is None:
            raise NotConfiguredError(NO_MODEL)

    @contextmanager
    def received(self) -> Iterator[BinaryIO]:
        """Yield an empty file for a recording, which is gone at the end."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._folder, prefix="recording-") as file:
            yield file  # type: ignore[misc]  # typeshed has a wrapper here

    async def listen(self, options: TranscriptionOptions, *, model: str) -> LiveListening:
        """Begin to listen to somebody who is speaking. Raises what `require` and the listener raise, NotConfiguredError for none."""
        self.require(model)
        if self._live is None:
            raise NotConfiguredError(NO_LIVE)
        return await self._live.listen(options)

    async def transcribe(self, sound: Path, options: TranscriptionOptions, *, model: str) -> AsyncIterator[TranscriptEvent]:
        """Yield what is understood of a recording. Raises what `require` and the transcriber raise; closing it stops the work."""
        self.require(model)
        assert self._transcriber is not None  # noqa: S101 - required above
        if self._catalog.find(model).id == SHORT:
            options = replace(options, longest=self._short_seconds)
        async with closing(self._transcriber.transcribe(sound, options)) as events:
            async for event in events:
                yield event


async def collected(events: AsyncIterator[TranscriptEvent]) -> Transcript:
    """Return what a stream of events says, whole."""
    segments: list[Segment] = []
    language, duration = "und", 0.0
    async with closing(events):
        async for event in events:
            match event:
                case TranscriptDelta(segment):
                    segments.append(segment)
                case TranscriptCompleted():
                    language, duration = event.language, event.duration
                case _:
                    continue
    return Transcript(text_of(segments), language, duration, tuple(segments))


def text_of(segments: list[Segment]) -> str:
    """Return the text of segments as one."""
    return "".join(segment.text for segment in segments).strip()
