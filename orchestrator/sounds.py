"""Brings the sound of a conversation's last turn in and has it written down. Knows nothing of models or of how they listen."""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Sequence
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, UnprocessableError
from fanar.fetch.content import Fetching
from fanar.media import Transcript, TranscriptionOptions
from fanar.messages import AudioPart, ChatRequest
from orchestrator.platform import Transcribing
from orchestrator.transcription import LONG, collected

MOST_SOUNDS = 4
MOST_BYTES = 25_000_000
"""Of one recording within a conversation; longer ones have an endpoint of their own."""

_TOO_MANY = Bilingual(f"The message holds more than {MOST_SOUNDS} recordings.", f"في الرسالة أكثر من {MOST_SOUNDS} تسجيلات.")
_NOT_BASE64 = Bilingual("The sound is not base64.", "الصوت ليس بترميز base64.")


class Sounds:
    """Writes sounds down by `transcription`; `fetcher` brings those in that stand elsewhere."""

    def __init__(self, fetcher: Fetching, transcription: Transcribing) -> None:
        self._fetcher = fetcher
        self._transcription = transcription

    def attached(self, request: ChatRequest) -> Sequence[AudioPart]:
        """Return the recordings of the last user message. Raises NotConfiguredError, UnprocessableError for too many."""
        self._transcription.require(LONG)
        last = next((message for message in reversed(request.messages) if message.role in ("user", "thinking_user")), None)
        content = () if last is None or isinstance(last.content, str) else last.content
        parts = [part for part in content if isinstance(part, AudioPart)]
        if len(parts) > MOST_SOUNDS:
            raise UnprocessableError(_TOO_MANY, param="messages")
        return parts

    async def written(self, parts: Sequence[AudioPart]) -> list[Transcript]:
        """Return what is said in recordings. Raises what bringing them in and listening to them raise."""
        return [await self._one(part) for part in parts]

    async def _one(self, part: AudioPart) -> Transcript:
        try:
            with self._transcription.received() as file:
                content = await self._content(part)
                await asyncio.to_thread(file.write, content)
                file.flush()
                return await collected(self._transcription.transcribe(Path(file.name), TranscriptionOptions(), model=LONG))
        except FanarError as error:
            error.param = "messages" if error.param in (None, "file") else error.param
            raise

    async def _content(self, part: AudioPart) -> bytes:
        if part.url is not None:
            return (await self._fetcher.fetch(part.url, max_bytes=MOST_BYTES)).content
        try:
            return base64.b64decode("".join((part.data or "").split()), validate=True)
        except binascii.Error:
            raise UnprocessableError(_NOT_BASE64, param="messages") from None
