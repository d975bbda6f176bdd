"""POST /v1/audio/transcriptions and /v1/audio/translations: sound files written down, in OpenAI's form and in Fanar's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from fanar import errors
from fanar.events import TranscriptEvent
from fanar.media import Task
from fanar.streams import closing
from orchestrator.api.dependencies import LENIENT_HEADER, Caller, CurrentPlatform, admitted, state_of
from orchestrator.api.errors import documented
from orchestrator.api.faults import Model, validated
from orchestrator.api.forms import read_form
from orchestrator.api.identity import new_id
from orchestrator.api.openapi import events_of, submits
from orchestrator.api.schemas.audio import Transcription, TranscriptionEvent, TranscriptionRequest, TranslationRequest, fields_of
from orchestrator.api.sse import EventStream, unless_disconnected
from orchestrator.api.transcripts import TranscriptWriter, answer
from orchestrator.platform import Platform
from orchestrator.transcription import collected

router = APIRouter(tags=["Audio"])
_FAILURES = documented(
    errors.NotFoundError, errors.RateLimitedError, errors.NotConfiguredError, errors.OverloadedError, errors.UpstreamTimeoutError
)


@router.post(
    "/v1/audio/transcriptions",
    summary="Write down what is said in a sound file",
    response_model=Transcription,
    responses={200: {"content": {"text/event-stream": events_of(TranscriptionEvent), "text/plain": {}, "text/vtt": {}}}, **_FAILURES},
    openapi_extra=submits(TranscriptionRequest, "file"),
)
async def create_transcription(request: Request, platform: CurrentPlatform, key: Caller) -> Response:
    """Write down what is said. Any container and length; in `diarized_json` and in Fanar's `format=json` channels are speakers.

    Where all is one sound and an embedder is set (`FANAR_SPEECH__EMBEDDER`), voices are.

    `include[]=logprobs` weighs words, not the model's tokens. `Fanar-Aura-STT-1` takes short recordings, `Fanar-Aura-STT-LF-1` long ones.
    """
    return await _written(request, platform, TranscriptionRequest, task="transcribe")


@router.post(
    "/v1/audio/translations",
    summary="Write down in English what is said in a sound file",
    response_model=Transcription,
    responses={200: {"content": {"text/plain": {}, "text/vtt": {}}}, **_FAILURES},
    openapi_extra=submits(TranslationRequest, "file"),
)
async def create_translation(request: Request, platform: CurrentPlatform, key: Caller) -> Response:
    """Write down in English what is said in any language that the model knows."""
    return await _written(request, platform, TranslationRequest, task="translate")


async def _written(
    request: Request, platform: Platform, kind: type[TranscriptionRequest] | type[TranslationRequest], *, task: Task
) -> Response:
    desk = platform.transcription
    with ExitStack() as stack:
        file = stack.enter_context(desk.received())
        seconds = platform.settings.limits.body_seconds
        form = await read_form(request, file, most_bytes=desk.most_bytes, seconds=seconds)
        wanted = _wanted(kind, fields_of(form.fields), request)
        wanted.check()
        request.state.id = new_id("transcription")
        desk.require(wanted.model)
        await admitted(request, platform, wanted.model)
        work = desk.transcribe(Path(file.name), wanted.options(task=task), model=wanted.model)
        events = state_of(request).slots.held(work)
        if wanted.stream:
            # The file lives as long as the stream that is made of it.
            return EventStream(_with(events, stack.pop_all()), TranscriptWriter(wanted))
        transcript = await unless_disconnected(request.receive, collected(events))
        return answer(transcript, wanted, id=request.state.id, task=task)


def _wanted(kind: type[Model], fields: dict[str, Any], request: Request) -> TranscriptionRequest:
    found = validated(kind, fields, lenient=request.headers.get(LENIENT_HEADER) == "true")
    if isinstance(found, TranslationRequest):
        return found.transcription()
    assert isinstance(found, TranscriptionRequest)  # noqa: S101 - one of the two
    return found


async def _with(events: AsyncIterator[TranscriptEvent], stack: ExitStack) -> AsyncIterator[TranscriptEvent]:
    with stack:
        async with closing(events):
            async for event in events:
                yield event
