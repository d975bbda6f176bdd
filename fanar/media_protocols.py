"""The sockets of speech and pictures; those of everything else are in `fanar.protocols`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Protocol

from fanar.events import ImageEvent, TranscriptEvent
from fanar.media import ImageOptions, Origin, Sound, SpeakingOptions, TranscriptionOptions, Voice


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


class LiveListening(Protocol):
    """One speaker who is being listened to."""

    async def hear(self, sound: Sound, *, final: bool = False) -> tuple[str, float]:
        """Take in the next stretch, and return the words that are believed from now on and the seconds since the last word ended.

        Believed words never change; the pieces joined are the transcript. With `final` everything is believed: a turn is over.
        Raises ModelUnavailableError, NotFoundError when the session was forgotten.
        """
        ...

    async def close(self) -> None:
        """Leave; nothing more is heard."""
        ...


class LiveTranscriber(Protocol):
    """Writes down what is being said."""

    async def listen(self, options: TranscriptionOptions) -> LiveListening:
        """Begin to listen. Raises OverloadedError when too many speak, NotConfiguredError, ModelUnavailableError."""
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

    @property
    def origin(self) -> Origin:
        """Of which kind it is."""
        ...

    @property
    def clones(self) -> bool:
        """Whether it can speak with a voice that it has nothing of but the sample in the options."""
        ...

    def speak(self, text: str, options: SpeakingOptions) -> AsyncIterator[Sound]:
        """Yield the sound of `text` in pieces, in order; nothing for a text without a word. Closing the iterator stops the work.

        Raises NotFoundError for a voice that is not among `voices`, OverloadedError when too many wait, ModelUnavailableError.
        """
        ...

    async def available(self) -> bool:
        """Whether it would speak now."""
        ...


class ImageGenerator(Protocol):
    """Draws pictures from words."""

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    def generate(self, prompt: str, options: ImageOptions) -> AsyncIterator[ImageEvent]:
        """Yield what there is on the way, then one final `ImageCreated`. Closing the iterator stops the work at the next step.

        Every picture bears its marks: a signed statement of its origin and, unless it is SVG, an invisible watermark. The same prompt,
        options and seed make the same picture. Raises UnprocessableError for what it cannot draw, OverloadedError when too many wait,
        ModelUnavailableError.
        """
        ...

    async def available(self) -> bool:
        """Whether a picture would be begun now."""
        ...
