"""The sockets of speech and pictures; those of everything else are in `fanar.protocols`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

from fanar.events import TranscriptEvent
from fanar.media import TranscriptionOptions


class Transcriber(Protocol):
    """Writes down what is said in a recording."""

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    def transcribe(self, sound: Path, options: TranscriptionOptions) -> AsyncIterator[TranscriptEvent]:
        """Yield segments as they are understood, and one final `TranscriptCompleted`. Closing the iterator stops the work.

        `sound` is a file in any container, readable until the iterator is closed. Raises UnprocessableError for what is no sound,
        TooLargeError beyond the bounds, OverloadedError when too many wait, ModelUnavailableError.
        """
        ...

    async def available(self) -> bool:
        """Whether a transcription would begin now."""
        ...
