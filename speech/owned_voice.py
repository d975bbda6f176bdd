"""The voice as everybody but its owner hears it. Knows nothing of libraries or of sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import asdict

from fanar.errors import FanarError
from fanar.media import Origin, Sound, SpeakingOptions, Voice
from fanar.workers.caller import Caller
from speech.voices import VOICES, find_voice


class OwnedSynthesizer:
    """A SpeechSynthesizer whose library lies with an owner process."""

    def __init__(self, *, owner: Caller, name: str) -> None:
        self._owner = owner
        self._name = name

    @property
    def name(self) -> str:
        """What speaks."""
        return self._name

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
            await asyncio.shield(asyncio.ensure_future(self._end(reading)))

    async def available(self) -> bool:
        """Whether it would speak now."""
        try:
            await self._owner.call("rate")
        except FanarError:
            return False
        return True

    async def _end(self, reading: str) -> None:
        with suppress(FanarError):
            await self._owner.call("end", reading)
