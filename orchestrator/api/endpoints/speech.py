"""POST /v1/audio/speech: texts read aloud, in OpenAI's form and in Fanar's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from fanar import errors
from fanar.streams import closing
from orchestrator.aloud import SoundFormat, encoded
from orchestrator.api.dependencies import CurrentPlatform, admitted, body_as, state_of
from orchestrator.api.errors import documented
from orchestrator.api.identity import new_id
from orchestrator.api.openapi import reads
from orchestrator.api.owners import Owner
from orchestrator.api.schemas.speech import SpeechRequest
from orchestrator.api.sounding import SoundStream
from orchestrator.api.sse import unless_disconnected

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


@router.post(
    "/v1/audio/speech",
    summary="Read a text aloud",
    response_class=Response,
    responses={200: {"content": {media_type: {} for media_type in MEDIA_TYPES.values()}}, **_FAILURES},
    openapi_extra=reads(SpeechRequest),
)
async def create_speech(request: Request, platform: CurrentPlatform, owner: Owner) -> Response:
    """Read a text aloud. It is sent while it is read, but for `wav` without `stream`, whose head tells its length.

    A verse of the Quran is never synthesised: `Fanar-Sadiq-TTS-1` plays a reciter's recording of it and says in `X-Revised-Input`,
    percent-encoded, how the text was read.
    """
    wanted = await body_as(SpeechRequest, request)
    wanted.check()
    request.state.id = new_id("speech")
    await admitted(request, platform, wanted.model)
    reading = await platform.voice.read(wanted.input, wanted.options(), model=wanted.model, reciter=wanted.quran_reciter, owner=owner)
    whole = wanted.stream is False or (wanted.response_format == "wav" and not wanted.stream)
    encoder = platform.voice.encoder(wanted.response_format, whole=whole, maker=reading.maker)
    pieces = state_of(request).slots.held(encoded(reading.sounds, encoder))
    headers, media_type = _told(reading.revised), MEDIA_TYPES[wanted.response_format]
    if not whole:
        return SoundStream(pieces, media_type=media_type, headers=headers)
    sound = await unless_disconnected(request.receive, _joined(pieces))
    return Response(sound, media_type=media_type, headers=headers)


async def _joined(pieces: AsyncIterator[bytes]) -> bytes:
    async with closing(pieces):
        return b"".join([piece async for piece in pieces])


def _told(revised: str | None) -> dict[str, str]:
    told = quote(revised, safe=" <>/[]():_,.") if revised is not None else ""
    return {"X-Revised-Input": told} if told and len(told) <= _LONGEST_HEADER else {}
