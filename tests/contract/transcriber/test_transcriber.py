"""What every Transcriber keeps to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import torch
from aiohttp import web

from fanar.events import TranscriptCompleted, TranscriptDelta, TranscriptProgressed
from fanar.media import TranscriptionOptions
from fanar.media_protocols import Transcriber
from fanar.media_settings import SpeechSettings
from speech.conversion import convert
from speech.faster_desk import open_faster_desk
from speech.owned import OwnedTranscriber
from speech.reference_desk import open_reference_desk
from speech.remote_transcriber import RemoteTranscriber
from tests.fakes.speech import FakeTranscriber
from tests.unit.rag.library import WiredCaller
from tests.unit.speech.checkpoints import random_checkpoint
from tests.unit.speech.sounds import noise, wav

SHARED = {
    "device": "cpu", "precision": "float32", "beam": 1, "threads": 1, "name": "random", "limits": {}, "speech_only": False, "most": 4,
    "idle": 0.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.set_num_threads(1)
    path = random_checkpoint(tmp_path_factory.mktemp("whisper") / "random.pt")
    convert(path, path.with_suffix(""))
    return path


async def _server(request: web.Request) -> web.Response:
    form = await request.post()
    assert (form["model"], form["response_format"]) == ("toy", "verbose_json")
    said = [{"start": 0.0, "end": 1.5, "text": "السلام عليكم"}, {"start": 2.0, "end": 3.0, "text": " وعليكم السلام"}]
    return web.json_response({"text": "السلام عليكم وعليكم السلام", "language": "ar", "segments": said})


async def _models(_request: web.Request) -> web.Response:
    return web.json_response({"data": []})


@asynccontextmanager
async def _remote() -> AsyncIterator[RemoteTranscriber]:
    app = web.Application()
    app.router.add_post("/v1/audio/transcriptions", _server)
    app.router.add_get("/v1/models", _models)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as session:
        settings = SpeechSettings(url=f"http://127.0.0.1:{runner.addresses[0][1]}/v1", model="toy")
        yield RemoteTranscriber(session=session, settings=settings)
    await runner.cleanup()


@pytest.fixture(params=["fake", "faster", "reference", "remote"])
async def transcriber(request: pytest.FixtureRequest, checkpoint: Path) -> AsyncIterator[Transcriber]:
    if request.param == "remote":
        async with _remote() as elsewhere:
            yield elsewhere
    else:
        yield _own(request.param, checkpoint)


def _own(kind: str, checkpoint: Path) -> Transcriber:
    if kind == "fake":
        return FakeTranscriber()
    if kind == "faster":
        return OwnedTranscriber(owner=WiredCaller(open_faster_desk(model=str(checkpoint.with_suffix("")), **SHARED)), name="random")
    return OwnedTranscriber(owner=WiredCaller(open_reference_desk(model=str(checkpoint), **SHARED)), name="random")


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    (tmp_path / "sound.wav").write_bytes(wav(noise(4.0)))
    return tmp_path / "sound.wav"


async def test_segments_come_in_order_and_one_completion_ends_them(transcriber: Transcriber, sound: Path) -> None:
    events = [event async for event in transcriber.transcribe(sound, TranscriptionOptions(guards=False))]
    segments = [event.segment for event in events if isinstance(event, TranscriptDelta)]
    assert segments
    assert [segment.id for segment in segments] == list(range(len(segments)))
    assert all(isinstance(event, TranscriptDelta | TranscriptProgressed) for event in events[:-1])
    end = events[-1]
    assert isinstance(end, TranscriptCompleted)
    assert end.model == transcriber.name
    assert end.duration > 0


async def test_a_transcription_can_be_left_and_another_begun(transcriber: Transcriber, sound: Path) -> None:
    for _ in range(6):
        events = transcriber.transcribe(sound, TranscriptionOptions(guards=False))
        async for _ in events:
            break
        await events.aclose()


async def test_several_are_heard_at_once(transcriber: Transcriber, sound: Path) -> None:
    async def heard() -> list[str]:
        events = transcriber.transcribe(sound, TranscriptionOptions(guards=False))
        return [event.segment.text async for event in events if isinstance(event, TranscriptDelta)]

    first, second = await asyncio.gather(heard(), heard())
    assert first == second


async def test_it_says_whether_it_is_there(transcriber: Transcriber) -> None:
    assert await transcriber.available()
