"""Listens through any server of OpenAI's POST /v1/audio/transcriptions: vLLM with Qwen3-ASR or Whisper, speaches, OpenAI itself.

The recording is sent as it came, one file at a time. Knows nothing of who asks, nor of how the server listens.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import orjson

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, FanarError, UnprocessableError
from fanar.events import TranscriptCompleted, TranscriptDelta, TranscriptEvent
from fanar.llm.bodies import bounded
from fanar.llm.faults import Misset, mapped_errors, status_fault, too_large, unreadable
from fanar.media import Segment, TranscriptionOptions, Word
from fanar.media_settings import SpeechSettings
from speech.audio import SAMPLE_RATE, SoundLimits, read_blocks

_OK = 200
_MOST_BYTES = 64_000_000
_INCOMPLETE = Bilingual(
    "A server that listens needs its URL and its model: set FANAR_SPEECH__URL and FANAR_SPEECH__MODEL.",
    "يحتاج خادم السماع إلى عنوان ونموذج: اضبط FANAR_SPEECH__URL وFANAR_SPEECH__MODEL.",
)
_SETTINGS = Misset.of(Bilingual("server that listens", "خادم السماع"), "SPEECH")


class RemoteTranscriber:
    """A Transcriber elsewhere. The session is shared and belongs to the caller.

    Channels are not told apart by such servers. One that knows no times gives one segment.
    """

    def __init__(self, *, session: aiohttp.ClientSession, settings: SpeechSettings) -> None:
        """Raises ConfigurationError when the settings name no server or no model."""
        if not settings.url or not settings.model:
            raise ConfigurationError(_INCOMPLETE)
        self._session = session
        self._settings = settings
        self._base = settings.url.rstrip("/")
        self._model = settings.model
        self._limits = SoundLimits(settings.bytes, settings.seconds, settings.channels)
        key = settings.api_key.get_secret_value() if settings.api_key else ""
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._timeout = aiohttp.ClientTimeout(total=None, sock_connect=10.0, sock_read=settings.answer_timeout)

    @property
    def name(self) -> str:
        """The model id at the server."""
        return self._model

    async def transcribe(self, sound: Path, options: TranscriptionOptions) -> AsyncIterator[TranscriptEvent]:
        """Yield what the server heard. Closing the iterator closes the connection.

        The recording is decoded here first: what is no sound, too long or damaged is refused before it is sent.
        """
        seconds = await asyncio.to_thread(self._seconds, sound, options)
        answer = await self._ask(sound, options)
        segments = _segments(answer, seconds)
        for segment in segments:
            yield TranscriptDelta(segment)
        language = answer.get("language")
        yield TranscriptCompleted(language if isinstance(language, str) and language else options.language or "und", seconds, self._model)

    async def available(self) -> bool:
        """Whether the server answers."""
        try:
            with mapped_errors(_SETTINGS):
                async with asyncio.timeout(10.0), self._session.get(f"{self._base}/models", headers=self._headers) as response:
                    return response.status == _OK
        except FanarError:
            return False

    def _seconds(self, sound: Path, options: TranscriptionOptions) -> float:
        longest = self._limits.seconds if options.longest is None else min(options.longest, self._limits.seconds)
        limits = SoundLimits(self._limits.bytes, longest, self._limits.channels)
        samples: int = sum(block.shape[1] for block in read_blocks(sound, limits))
        return samples / SAMPLE_RATE

    async def _ask(self, sound: Path, options: TranscriptionOptions) -> dict[str, Any]:
        path = "translations" if options.task == "translate" else "transcriptions"
        with sound.open("rb") as file:
            form = _form(file, options, self._model)
            with mapped_errors(_SETTINGS):
                async with self._session.post(
                    f"{self._base}/audio/{path}", data=form, headers=self._headers, timeout=self._timeout, allow_redirects=False
                ) as response:
                    told = await bounded(response, _MOST_BYTES)
        if response.status != _OK:
            fault = status_fault(response.status, told, retry_after=response.headers.get("Retry-After"), settings=_SETTINGS)
            raise UnprocessableError(fault.message, param="file") if isinstance(fault, UnprocessableError) else fault
        if len(told) >= _MOST_BYTES:
            raise too_large()
        return _object(told)


def _form(file: Any, options: TranscriptionOptions, model: str) -> aiohttp.FormData:  # noqa: ANN401 - an open file of bytes
    form = aiohttp.FormData()
    form.add_field("model", model)
    form.add_field("response_format", "verbose_json")
    if options.language and options.task == "transcribe":
        form.add_field("language", options.language)
    if options.prompt or options.hotwords:
        form.add_field("prompt", " ".join(filter(None, (options.prompt, options.hotwords))))
    if options.temperature is not None:
        form.add_field("temperature", f"{options.temperature:g}")
    for kind in ("segment", "word") if options.words else ("segment",):
        form.add_field("timestamp_granularities[]", kind)
    form.add_field("file", file, filename="recording", content_type="application/octet-stream")
    return form


def _object(told: bytes) -> dict[str, Any]:
    try:
        answer = orjson.loads(told)
    except orjson.JSONDecodeError:
        raise unreadable() from None
    if not isinstance(answer, dict) or not isinstance(answer.get("text"), str):
        raise unreadable()
    return answer


def _segments(answer: dict[str, Any], seconds: float) -> list[Segment]:
    """Return what was said, with such times as the server gave. Raises ModelUnavailableError for times that are none."""
    try:
        words = [Word(f" {str(word['word']).strip()}", float(word["start"]), float(word["end"]), 1.0) for word in answer.get("words") or ()]
        given = [(float(part["start"]), float(part["end"]), str(part["text"])) for part in answer.get("segments") or ()]
    except (KeyError, TypeError, ValueError):
        raise unreadable() from None
    if not given:
        text = answer["text"].strip()
        given = [(0.0, seconds, f" {text}")] if text else []
    found = []
    for number, (start, end, text) in enumerate(given):
        own = tuple(word for word in words if start <= (word.start + word.end) / 2 < end)
        found.append(Segment(number, start, end, text if text.startswith(" ") else f" {text}", own))
    return found
