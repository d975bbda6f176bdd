"""Speaks through any server of OpenAI's POST /v1/audio/speech: Kokoro, XTTS, vLLM, OpenAI itself. Knows nothing of what may be said."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace

import aiohttp

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, FanarError
from fanar.llm.bodies import bounded
from fanar.llm.faults import Misset, mapped_errors, status_fault, too_large, unreadable
from fanar.llm.wire import encode
from fanar.media import Origin, Sound, SpeakingOptions, Voice
from fanar.media_settings import VoiceSettings
from speech.riff import wave_head
from speech.voices import VOICES, find_voice
from speech.wave_stream import NoWaveError, WaveReader

_OK = 200
_PIECE = 32_768
_MOST_BYTES = 512_000_000
_FAULT_BYTES = 100_000
_INCOMPLETE = Bilingual(
    "A server of speech needs its URL and its model: set FANAR_VOICE__URL and FANAR_VOICE__MODEL.",
    "يحتاج خادم الكلام إلى عنوان ونموذج: اضبط FANAR_VOICE__URL وFANAR_VOICE__MODEL.",
)
_SETTINGS = replace(
    Misset.of(Bilingual("server of speech", "خادم الكلام"), "VOICE"),
    model=Bilingual(
        "The server of speech does not serve the model or voice it was asked for; correct FANAR_VOICE__MODEL and FANAR_VOICE__VOICES.",
        "لا يقدّم خادم الكلام النموذج أو الصوت المطلوب؛ صحّح FANAR_VOICE__MODEL وFANAR_VOICE__VOICES.",
    ),
)


class RemoteVoice:
    """A SpeechSynthesizer elsewhere. The session is shared and belongs to the caller."""

    def __init__(self, *, session: aiohttp.ClientSession, settings: VoiceSettings) -> None:
        """Raises ConfigurationError when the settings name no server or no model."""
        if not settings.url or not settings.model:
            raise ConfigurationError(_INCOMPLETE)
        self._session = session
        self._settings = settings
        self._base = settings.url.rstrip("/")
        self._model = settings.model
        key = settings.api_key.get_secret_value() if settings.api_key else ""
        self._headers: Mapping[str, str] = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
        self._timeout = aiohttp.ClientTimeout(total=None, sock_connect=settings.connect_timeout, sock_read=settings.answer_timeout)

    @property
    def name(self) -> str:
        """The model id at the server."""
        return self._model

    @property
    def voices(self) -> Sequence[Voice]:
        """The voices of the contract; where the settings say which voices of the server they are, those alone."""
        known = self._settings.voices
        return tuple(voice for voice in VOICES if voice.name in known) if known else VOICES

    @property
    def origin(self) -> Origin:
        """A trained model, as servers of speech serve."""
        return "model"

    @property
    def clones(self) -> bool:
        """Whether the operator says that the server does."""
        return self._settings.clones

    async def speak(self, text: str, options: SpeakingOptions) -> AsyncIterator[Sound]:
        """Yield the sound of `text` as the server sends it. Closing the iterator closes the connection.

        Raises NotFoundError for an unknown voice, ModelUnavailableError, UpstreamTimeoutError, OverloadedError, UnprocessableError.
        """
        body = {"model": self._model, "input": text, "response_format": "wav", "speed": options.speed, **self._voiced(options)}
        with mapped_errors(_SETTINGS):
            response = await self._session.post(
                f"{self._base}/audio/speech", data=encode(body), headers=self._headers, timeout=self._timeout, allow_redirects=False
            )
        try:
            if response.status != _OK:
                raise await _fault(response)
            reader, seen = WaveReader(), 0
            while piece := await _next(response):
                seen += len(piece)
                if seen > _MOST_BYTES:
                    raise too_large()
                if (sound := _read(reader, piece)) is not None:
                    yield sound
            if not reader.begun:
                raise unreadable()
        finally:
            response.close()

    def _voiced(self, options: SpeakingOptions) -> dict[str, str]:
        """Return the fields that say whose voice it is to be."""
        if options.sample is None:
            voice = find_voice(options.voice, self.voices)
            return {"voice": self._settings.voices.get(voice.name, voice.name)}
        sound = options.sample.sound
        wave = base64.b64encode(wave_head(len(sound.samples), rate=sound.rate) + sound.samples).decode("ascii")
        return {"ref_audio": f"data:audio/wav;base64,{wave}", "ref_text": options.sample.transcript}

    async def available(self) -> bool:
        """Whether the server answers."""
        try:
            with mapped_errors(_SETTINGS):
                async with (
                    asyncio.timeout(self._settings.connect_timeout),
                    self._session.get(f"{self._base}/models", headers=self._headers, allow_redirects=False) as response,
                ):
                    return response.status < 500
        except FanarError:
            return False


async def _next(response: aiohttp.ClientResponse) -> bytes:
    with mapped_errors(_SETTINGS):
        return await response.content.read(_PIECE)


async def _fault(response: aiohttp.ClientResponse) -> FanarError:
    with mapped_errors(_SETTINGS):
        told = await bounded(response, _FAULT_BYTES)
    return status_fault(response.status, told, retry_after=response.headers.get("Retry-After"), settings=_SETTINGS)


def _read(reader: WaveReader, piece: bytes) -> Sound | None:
    try:
        return reader.add(piece)
    except NoWaveError:
        raise unreadable() from None
