"""POST /v1/audio/speech and the voices: texts read aloud, in OpenAI's form and in Fanar's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from fanar import errors
from fanar.bilingual import Bilingual
from orchestrator.aloud import SoundFormat, encoded
from orchestrator.api.dependencies import Caller, CurrentPlatform, admitted, body_as, state_of
from orchestrator.api.errors import documented
from orchestrator.api.identity import new_id
from orchestrator.api.openapi import reads
from orchestrator.api.schemas.speech import SpeechRequest, VoiceList
from orchestrator.api.sounding import SoundStream
from orchestrator.api.sse import unless_disconnected
from orchestrator.api.wire import json_answer
from orchestrator.streams import closing

router = APIRouter(tags=["Audio"])
MEDIA_TYPES: dict[SoundFormat, str] = {
    "mp3": "audio/mpeg",
    "opus": "audio/ogg",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "pcm": "audio/pcm",
}
_FAILURES = documented(
    errors.NotFoundError, errors.RateLimitedError, errors.NotConfiguredError, errors.OverloadedError, errors.UpstreamTimeoutError
)
_LONGEST_HEADER = 7000  # many clients bear no longer one
_NO_CLONING = Bilingual(
    "Personal voices need an engine that learns voices, and none is connected to this platform.",
    "تحتاج الأصوات الشخصية إلى محرك يتعلم الأصوات، ولا محرك متصل بهذه المنصة.",
)
_NOT_YOURS = Bilingual("You have no personal voice of this name.", "ليس لديك صوت شخصي بهذا الاسم.")


@router.post(
    "/v1/audio/speech",
    summary="Read a text aloud",
    response_class=Response,
    responses={200: {"content": {media_type: {} for media_type in MEDIA_TYPES.values()}}, **_FAILURES},
    openapi_extra=reads(SpeechRequest),
)
async def create_speech(request: Request, platform: CurrentPlatform, key: Caller) -> Response:
    """Read a text aloud. It is sent while it is read, but for `wav` without `stream`, whose head tells its length.

    A verse of the Quran is never synthesised: `Fanar-Sadiq-TTS-1` plays a reciter's recording of it and says in `X-Revised-Input`,
    percent-encoded, how the text was read.
    """
    wanted = await body_as(SpeechRequest, request)
    wanted.check()
    request.state.id = new_id("speech")
    await admitted(request, platform, wanted.model)
    reading = await platform.voice.read(wanted.input, wanted.options(), model=wanted.model, reciter=wanted.quran_reciter)
    whole = wanted.stream is False or (wanted.response_format == "wav" and not wanted.stream)
    encoder = platform.voice.encoder(wanted.response_format, whole=whole)
    pieces = state_of(request).slots.held(encoded(reading.sounds, encoder))
    headers, media_type = _told(reading.revised), MEDIA_TYPES[wanted.response_format]
    if not whole:
        return SoundStream(pieces, media_type=media_type, headers=headers)
    sound = await unless_disconnected(request.receive, _joined(pieces))
    return Response(sound, media_type=media_type, headers=headers)


@router.get("/v1/audio/voices", summary="List the voices", response_model=VoiceList, responses=documented())
async def list_voices(platform: CurrentPlatform, key: Caller) -> Response:
    """List the voices that can be asked for now."""
    rows = [
        {
            "name": voice.name,
            "name_ar": voice.name_ar,
            "gender": voice.gender,
            "accent": voice.accent,
            "languages": list(voice.languages),
            "type": "public",
            "emotion": voice.emotion,
        }
        for voice in platform.voice.voices
    ]
    return json_answer({"voices": rows})


@router.post("/v1/audio/voices", summary="Make a personal voice", response_class=Response, responses=documented(errors.NotConfiguredError))
async def create_voice(key: Caller) -> Response:
    """Refuse: nothing here learns voices. What was sent is neither read nor kept."""
    raise errors.NotConfiguredError(_NO_CLONING)


@router.delete(
    "/v1/audio/voices/{name}", summary="Delete a personal voice", response_class=Response, responses=documented(errors.NotFoundError)
)
async def delete_voice(name: str, key: Caller) -> Response:
    """Refuse: nobody has personal voices here."""
    raise errors.NotFoundError(_NOT_YOURS, param="name")


async def _joined(pieces: AsyncIterator[bytes]) -> bytes:
    async with closing(pieces):
        return b"".join([piece async for piece in pieces])


def _told(revised: str | None) -> dict[str, str]:
    told = quote(revised, safe=" <>/[]():_,.") if revised is not None else ""
    return {"X-Revised-Input": told} if told and len(told) <= _LONGEST_HEADER else {}
