"""The voice as everybody but its owner hears it. Knows nothing of libraries or of sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict

from fanar.media import Origin, Sound, SpeakingOptions, Voice
from fanar.workers.owned import OwnedModel
from speech.voices import VOICES, find_voice


class OwnedSynthesizer(OwnedModel):
    """A SpeechSynthesizer whose library lies with an owner process."""

    @property
    def voices(self) -> Sequence[Voice]:
        """The voices of the contract."""
        return VOICES

    @property
    def origin(self) -> Origin:
        """A rule: the library learned from no recordings."""
        return "rule"

    @property
    def clones(self) -> bool:
        """Never: the library has the voices that it was made with."""
        return False

    async def speak(self, text: str, options: SpeakingOptions) -> AsyncIterator[Sound]:
        """Yield the sound of `text`, passage by passage. Closing the iterator stops the work."""
        find_voice(options.voice)
        rate: int = await self._owner.call("rate")
        reading = await self._owner.call("begin", text, asdict(options))
        try:
            # Each passage is a call of its own: between two of them others have their turn.
            while samples := await self._owner.call("advance", reading):
                yield Sound(samples, rate)
        finally:
            await self._end(reading)

    async def available(self) -> bool:
        """Whether it would speak now."""
        return await self._answers("rate")
