"""The sockets of speech and pictures; those of everything else are in `fanar.protocols`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Protocol

from fanar.events import TranscriptEvent
from fanar.media import Sound, SpeakingOptions, TranscriptionOptions, Voice


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


class SpeechSynthesizer(Protocol):
    """Reads a text aloud. It knows nothing of what may be read: whoever asks has made sure that the text is no scripture."""

    @property
    def name(self) -> str:
        """What speaks."""
        ...

    @property
    def voices(self) -> Sequence[Voice]:
        """The voices that can be asked for."""
        ...

    def speak(self, text: str, options: SpeakingOptions) -> AsyncIterator[Sound]:
        """Yield the sound of `text` in pieces, in order; nothing for a text without a word. Closing the iterator stops the work.

        Raises NotFoundError for a voice that is not among `voices`, OverloadedError when too many wait, ModelUnavailableError.
        """
        ...

    async def available(self) -> bool:
        """Whether it would speak now."""
        ...
