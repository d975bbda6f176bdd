"""Transcription as everybody but the model's owner sees it. Knows nothing of models or of sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from fanar.errors import FanarError
from fanar.events import TranscriptCompleted, TranscriptEvent
from fanar.media import Sound, TranscriptionOptions
from fanar.workers.caller import Caller
from fanar.workers.owned import OwnedModel
from speech.wire import unpack_event


class OwnedListening:
    """A LiveListening whose model lies with an owner process."""

    def __init__(self, owner: Caller, session: str) -> None:
        self._owner = owner
        self._session = session

    async def hear(self, sound: Sound, *, final: bool = False) -> tuple[str, float]:
        """Return what is believed now, and the seconds of silence since the last word."""
        text, silence = await self._owner.call("hear", self._session, sound.samples, sound.rate, final)
        return text, silence

    async def close(self) -> None:
        """Leave."""
        with suppress(FanarError):
            await self._owner.call("end", self._session)


class OwnedTranscriber(OwnedModel):
    """A Transcriber whose model lies with an owner process."""

    async def transcribe(self, sound: Path, options: TranscriptionOptions) -> AsyncIterator[TranscriptEvent]:
        """Yield segments as they are understood, and one final `TranscriptCompleted`. Closing the iterator stops the work."""
        session = await self._owner.call("begin", str(sound), asdict(options))
        try:
            # Each pull is a call of its own: between two of them others have their turn.
            while found := await self._owner.call("advance", session):
                for packed in found:
                    event = unpack_event(packed)
                    yield event
                    if isinstance(event, TranscriptCompleted):
                        return
        finally:
            await self._end(session)

    async def listen(self, options: TranscriptionOptions) -> OwnedListening:
        """Begin to listen to somebody who is speaking."""
        return OwnedListening(self._owner, await self._owner.call("listen", asdict(options)))

    async def available(self) -> bool:
        """Whether a transcription would begin now."""
        return await self._answers("loaded")
