"""What interfaces ask of whatever reads aloud, and a platform that does not. Knows nothing of voices or of scripture."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from fanar.bilingual import Bilingual
from fanar.errors import NotConfiguredError
from fanar.media import Maker, Sound, SpeakingOptions, Voice
from fanar.streams import closing

SoundFormat = Literal["mp3", "opus", "aac", "flac", "wav", "pcm"]
MOST_CHARACTERS = 8_000
"""Of the longest text that is read at once: about ten minutes of speech."""
REMEDY = "make run EXTRAS=voice"
NO_VOICE = Bilingual(
    f"Reading aloud needs a voice, and none is installed: `{REMEDY}` installs one, and FANAR_VOICE__URL names a server of speech.",
    f"تحتاج القراءة الجهرية إلى صوت، ولا صوت مثبَّت: يثبّت الأمر `{REMEDY}` واحدًا، ويسمّي FANAR_VOICE__URL خادمًا للكلام.",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text on its way to the ear. `revised` is how it is read where that is not how it came: verses whole, between tags.

    `maker` is what makes the sound; nothing makes what is all recorded.
    """

    sounds: AsyncIterator[Sound]
    revised: str | None = None
    maker: Maker | None = None


class Encoding(Protocol):
    """Writes one sound in a form that clients asked for."""

    def add(self, sound: Sound) -> bytes:
        """Take a piece in and return what can be sent."""
        ...

    def finish(self) -> bytes:
        """Return the rest."""
        ...


class ReadingAloud(Protocol):
    """Reads texts aloud for clients. The Quran is never synthesised."""

    @property
    def voices(self) -> Sequence[Voice]:
        """The voices that can be asked for."""
        ...

    async def read(
        self, text: str, options: SpeakingOptions, *, model: str, reciter: str | None = None, owner: str | None = None
    ) -> Reading:
        """Return the sound of a text, of which nothing is made yet. Raises a FanarError; so may the sounds."""
        ...

    def encoder(self, form: SoundFormat, *, whole: bool, maker: Maker | None = None) -> Encoding:
        """Return what writes one sound in this form; of a `whole` sound nothing is written before its end.

        A whole WAV states, signed, what its `maker` is.
        """
        ...


class Silent:
    """Reads nothing aloud."""

    @property
    def voices(self) -> Sequence[Voice]:
        """No voice."""
        return ()

    async def read(
        self, text: str, options: SpeakingOptions, *, model: str, reciter: str | None = None, owner: str | None = None
    ) -> Reading:
        """Raise NotConfiguredError."""
        raise NotConfiguredError(NO_VOICE)

    def encoder(self, form: SoundFormat, *, whole: bool, maker: Maker | None = None) -> Encoding:
        """Raise NotConfiguredError."""
        raise NotConfiguredError(NO_VOICE)


async def encoded(sounds: AsyncIterator[Sound], encoder: Encoding) -> AsyncIterator[bytes]:
    """Yield sounds as one file, piece by piece. Encoding takes time, so it is done beside the event loop."""
    async with closing(sounds):
        async for sound in sounds:
            if piece := await asyncio.to_thread(encoder.add, sound):
                yield piece
    yield await asyncio.to_thread(encoder.finish)
