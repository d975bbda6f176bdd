"""Keeps samples of people's voices for their owners. Knows nothing of HTTP or of what speaks with them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Protocol

from fanar.arabic.script import language_hint
from fanar.bilingual import Bilingual
from fanar.errors import ConflictError
from fanar.keeping_protocols import VoiceRepository
from fanar.media import PersonalVoice, VoiceSample
from speech.voice_sample import read_sample
from speech.voices import is_public

_PUBLIC = Bilingual("A public voice has this name.", "هذا اسم صوت عام.")


class VoiceKeeping(Protocol):
    """Keeps voices; what is somebody else's is not found. What a method has returned from survives a crash."""

    async def keep(self, name: str, recording: bytes, transcript: str, *, owner: str) -> PersonalVoice:
        """Keep the voice in a recording. Raises UnprocessableError, ConflictError for a name that is taken and beyond the bounds."""
        ...

    async def voices(self, owner: str) -> Sequence[PersonalVoice]:
        """Return voices, in the order in which they came."""
        ...

    async def sample(self, name: str, *, owner: str) -> VoiceSample:
        """Return how a voice sounds. Raises NotFoundError."""
        ...

    async def remove(self, name: str, *, owner: str) -> None:
        """Forget a voice. Raises NotFoundError."""
        ...


class PersonalVoices:
    """A VoiceKeeping over a repository."""

    def __init__(self, *, voices: VoiceRepository, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._voices = voices
        self._now = now

    async def keep(self, name: str, recording: bytes, transcript: str, *, owner: str) -> PersonalVoice:
        """Keep the voice in a recording: a WAV file."""
        if is_public(name):
            raise ConflictError(_PUBLIC, param="name")
        sound = await asyncio.to_thread(read_sample, recording)
        voice = PersonalVoice(owner, name, language_hint(transcript), self._now())
        await asyncio.to_thread(self._voices.add, voice, VoiceSample(sound, transcript))
        return voice

    async def voices(self, owner: str) -> Sequence[PersonalVoice]:
        """Return voices, in the order in which they came."""
        return await asyncio.to_thread(self._voices.voices, owner)

    async def sample(self, name: str, *, owner: str) -> VoiceSample:
        """Return how a voice sounds."""
        return await asyncio.to_thread(self._voices.sample, name, owner=owner)

    async def remove(self, name: str, *, owner: str) -> None:
        """Forget a voice."""
        await asyncio.to_thread(self._voices.remove, name, owner=owner)
