"""Servers elsewhere that speak or listen: what they send, and what they refuse with."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from fanar.errors import ConfigurationError, FanarError, ModelUnavailableError, OverloadedError, TooLargeError, UnprocessableError
from fanar.events import TranscriptDelta
from fanar.media import SpeakingOptions, TranscriptionOptions
from fanar.media_settings import SpeechSettings, VoiceSettings
from speech.remote_transcriber import RemoteTranscriber
from speech.remote_voice import RemoteVoice
from speech.wave_stream import NoWaveError, WaveReader
from tests.unit.speech.sounds import noise, wav

Answer = Callable[[], web.Response]


@asynccontextmanager
async def server(answer: Answer, seen: list[Any]) -> AsyncIterator[tuple[str, aiohttp.ClientSession]]:
    async def respond(request: web.Request) -> web.Response:
        seen.append(await (request.json() if request.content_type == "application/json" else request.post()))
        return answer()

    app = web.Application()
    app.router.add_post("/v1/audio/{kind}", respond)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with aiohttp.ClientSession() as session:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1", session
    finally:
        await runner.cleanup()


async def heard(answer: Answer, sound: Path, **options: Any) -> tuple[list[TranscriptDelta], list[Any]]:
    seen: list[Any] = []
    async with server(answer, seen) as (url, session):
        listener = RemoteTranscriber(session=session, settings=SpeechSettings(url=url, model="toy"))
        events = [event async for event in listener.transcribe(sound, TranscriptionOptions(**options))]
    return [event for event in events if isinstance(event, TranscriptDelta)], seen


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    (tmp_path / "sound.wav").write_bytes(wav(noise(2.0)))
    return tmp_path / "sound.wav"


async def test_words_go_to_the_segment_in_which_they_are_said(sound: Path) -> None:
    parts = [{"start": 0, "end": 1, "text": "one"}, {"start": 1, "end": 2, "text": "two"}]
    words = [{"word": "one", "start": 0.1, "end": 0.6}, {"word": "two", "start": 1.1, "end": 1.6}]
    found, seen = await heard(
        lambda: web.json_response({"text": "one two", "segments": parts, "words": words}), sound, words=True, language="en", prompt="hint"
    )
    assert [[word.text for word in event.segment.words] for event in found] == [[" one"], [" two"]]
    assert (seen[0]["language"], seen[0]["prompt"]) == ("en", "hint")


async def test_a_text_without_times_is_one_segment(sound: Path) -> None:
    found, _ = await heard(lambda: web.json_response({"text": "all of it"}), sound)
    assert [(event.segment.start, event.segment.end, event.segment.text) for event in found] == [(0.0, 2.0, " all of it")]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (lambda: web.Response(status=401), ModelUnavailableError),
        (lambda: web.Response(status=404), ModelUnavailableError),
        (lambda: web.Response(status=400), UnprocessableError),
        (lambda: web.Response(status=503, headers={"Retry-After": "7"}), OverloadedError),
        (lambda: web.Response(status=500), ModelUnavailableError),
        (lambda: web.Response(text="<html>"), ModelUnavailableError),
        (lambda: web.json_response([]), ModelUnavailableError),
        (lambda: web.json_response({"text": "x", "segments": [{"start": "soon"}]}), ModelUnavailableError),
    ],
)
async def test_what_a_server_says_wrong_is_an_error_of_ours(answer: Answer, error: type[FanarError], sound: Path) -> None:
    with pytest.raises(error):
        await heard(answer, sound)
    async with server(answer, []) as (url, session):
        voice = RemoteVoice(session=session, settings=VoiceSettings(url=url, model="toy"))
        with pytest.raises(FanarError):
            [piece async for piece in voice.speak("hello", SpeakingOptions("Huda"))]


async def test_what_is_too_long_is_not_sent(sound: Path) -> None:
    with pytest.raises(TooLargeError):
        await heard(lambda: web.json_response({"text": "x"}), sound, longest=1.0)


async def test_a_server_without_a_model_is_a_wrong_setting() -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(ConfigurationError):
            RemoteTranscriber(session=session, settings=SpeechSettings(url="http://127.0.0.1:9/v1"))
        with pytest.raises(ConfigurationError):
            RemoteVoice(session=session, settings=VoiceSettings(url="http://127.0.0.1:9/v1"))


async def test_voices_are_called_what_the_server_calls_them() -> None:
    seen: list[Any] = []
    async with server(lambda: web.Response(body=wav(noise(0.2))), seen) as (url, session):
        voice = RemoteVoice(session=session, settings=VoiceSettings(url=url, model="toy", voices={"Huda": "af_heart"}))
        assert [each.name for each in voice.voices] == ["Huda"]
        assert [piece async for piece in voice.speak("hello", SpeakingOptions("sage", 1.5))]
    assert (seen[0]["voice"], seen[0]["speed"]) == ("af_heart", 1.5)


def test_a_wave_is_read_as_it_comes_in() -> None:
    reader, data = WaveReader(), wav(noise(0.1))
    sounds = [reader.add(data[place : place + 7]) for place in range(0, len(data), 7)]
    assert b"".join(sound.samples for sound in sounds if sound) == data[44:]
    for broken in (b"ID3" + bytes(20), data[:22] + b"\x09\x00" + data[24:]):
        with pytest.raises(NoWaveError):
            WaveReader().add(broken)
