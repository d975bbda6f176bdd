"""A transcriber that knows beforehand what is said."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from fanar.errors import FanarError
from fanar.events import TranscriptCompleted, TranscriptDelta, TranscriptEvent, TranscriptProgressed
from fanar.media import Segment, Sound, TranscriptionOptions, Word

GREETING = (
    Segment(0, 0.0, 1.5, " السلام عليكم", (Word(" السلام", 0.0, 0.7, 0.9), Word(" عليكم", 0.8, 1.5, 0.5)), "A", (1, 2), avg_logprob=-0.2),
    Segment(1, 2.0, 3.0, " وعليكم السلام", (Word(" وعليكم", 2.0, 2.4, 1.0), Word(" السلام", 2.5, 3.0, 0.25)), "B", (3, 4)),
)


class FakeTranscriber:
    """Hears `segments` in every recording, after that fails with `error` if there is one; `asked` is what it was asked for."""

    name = "fake-whisper"

    def __init__(self, segments: Sequence[Segment] = GREETING, *, error: FanarError | None = None) -> None:
        self._segments = segments
        self._error = error
        self.asked: list[tuple[bytes, TranscriptionOptions]] = []
        self.closed = 0

    async def transcribe(self, sound: Path, options: TranscriptionOptions) -> AsyncIterator[TranscriptEvent]:
        self.asked.append((sound.read_bytes(), options))
        try:
            for segment in self._segments:
                yield TranscriptDelta(segment)
                yield TranscriptProgressed(segment.end, 3.2)
            if self._error is not None:
                raise self._error
            yield TranscriptCompleted("ar", 3.2, self.name)
        finally:
            self.closed += 1

    async def available(self) -> bool:
        return True


class FakeLive:
    """Believes one more number with each stretch; `silence` is how long nobody has spoken. `asked` is how it was to listen."""

    def __init__(self) -> None:
        self.asked: list[TranscriptionOptions] = []
        self.heard = 0
        self.silence = 0.0
        self.closed = 0

    async def listen(self, options: TranscriptionOptions) -> FakeLive:
        self.asked.append(options)
        return self

    async def hear(self, sound: Sound, *, final: bool = False) -> tuple[str, float]:
        if not sound.samples:
            return "", self.silence
        self.heard += 1
        return f" {self.heard - 1}", self.silence

    async def close(self) -> None:
        self.closed += 1
