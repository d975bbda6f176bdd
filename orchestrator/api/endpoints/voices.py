"""/v1/audio/voices: the voices that read aloud, and samples of people's own voices, each its owner's alone."""

from __future__ import annotations

import re

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from fanar import errors
from fanar.media import NO_SUCH_VOICE
from orchestrator.api.dependencies import LENIENT_HEADER, CurrentPlatform, admitted
from orchestrator.api.errors import documented
from orchestrator.api.faults import validated
from orchestrator.api.forms import read_upload
from orchestrator.api.openapi import submits
from orchestrator.api.owners import Owner
from orchestrator.api.schemas.conversations import Deleted
from orchestrator.api.schemas.speech import VOICE_NAME
from orchestrator.api.schemas.voices import VoiceEntry, VoiceList, VoiceUpload, personal_json, public_json
from orchestrator.api.wire import json_answer
from orchestrator.limits import VOICES
from speech.voice_sample import MOST_BYTES

PATH = "/v1/audio/voices"
router = APIRouter(tags=["Audio"])
_FAILURES = documented(errors.NotFoundError, errors.ConflictError, errors.RateLimitedError, errors.StorageError)


@router.get(PATH, summary="List the voices", response_model=VoiceList, responses=documented(errors.StorageError))
async def list_voices(platform: CurrentPlatform, owner: Owner) -> Response:
    """List the voices that can be asked for now, and those that the caller handed in."""
    personal = await platform.voices.voices(owner)
    return json_answer({"voices": [*map(public_json, platform.voice.voices), *map(personal_json, personal)]})


@router.post(
    PATH, summary="Hand in a personal voice", response_model=VoiceEntry, responses=_FAILURES, openapi_extra=submits(VoiceUpload, "audio")
)
async def create_voice(request: Request, platform: CurrentPlatform, owner: Owner) -> Response:
    """Keep a sample of a voice, a WAV file of 1 to 60 seconds, and the words in it. No answer bears it, and nobody else knows of it.

    `POST /v1/audio/speech` speaks with it where the voice that is connected can.
    """
    await admitted(request, platform, VOICES)
    seconds = platform.settings.limits.body_seconds
    form, recording = await read_upload(request, most_bytes=MOST_BYTES, seconds=seconds, part="audio")
    wanted = validated(VoiceUpload, form.single(), lenient=request.headers.get(LENIENT_HEADER) == "true")
    return json_answer(personal_json(await platform.voices.keep(wanted.name, recording, wanted.transcript, owner=owner)))


@router.delete(PATH + "/{name}", summary="Delete a personal voice", responses=_FAILURES)
async def delete_voice(name: str, platform: CurrentPlatform, owner: Owner) -> Deleted:
    """Forget a voice of the caller's and its sample."""
    if re.fullmatch(VOICE_NAME, name) is None:
        raise errors.NotFoundError(NO_SUCH_VOICE, param="name")
    await platform.voices.remove(name, owner=owner)
    return Deleted(id=name, object="audio.voice", deleted=True)
