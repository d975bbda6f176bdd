"""What every SpeechSynthesizer keeps to."""

from __future__ import annotations

import base64
import io
import wave
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from fanar.errors import NotFoundError
from fanar.media import Sound, SpeakingOptions, VoiceSample
from fanar.media_protocols import SpeechSynthesizer
from fanar.media_settings import VoiceSettings
from speech.owned_voice import OwnedSynthesizer
from speech.remote_voice import RemoteVoice
from speech.voice_desk import open_voice_desk
from speech.vowelled_desk import open_vowelled_desk
from tests.fakes.voice import FakeVoice
from tests.unit.rag.library import WiredCaller

TEXT = "مرحبا بكم في الدوحة. Welcome to Doha."


async def _server(request: web.Request) -> web.Response:
    body = await request.json()
    if (sample := body.get("ref_audio")) is not None:
        with wave.open(io.BytesIO(base64.b64decode(sample.removeprefix("data:audio/wav;base64,")))) as heard:
            assert (heard.getnframes(), heard.getframerate(), body["ref_text"]) == (4, 8000, "words")
        assert "voice" not in body
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, 16_000, 0, "NONE", ""))
        sound.writeframes(b"\x00\x10" * 100 * len(body["input"].strip()))
    return web.Response(body=file.getvalue(), content_type="audio/wav")


@pytest.fixture(params=["fake", "espeak", "vowelled", "remote"])
async def voice(request: pytest.FixtureRequest) -> AsyncIterator[SpeechSynthesizer]:
    if request.param == "fake":
        yield FakeVoice(clones=True)
    elif request.param == "remote":
        app = web.Application()
        app.router.add_post("/v1/audio/speech", _server)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        async with aiohttp.ClientSession() as session:
            yield RemoteVoice(session=session, settings=VoiceSettings(url=f"http://127.0.0.1:{port}/v1", model="toy", clones=True))
        await runner.cleanup()
    else:
        desk = open_voice_desk(most=4) if request.param == "espeak" else open_vowelled_desk(most=4)
        yield OwnedSynthesizer(owner=WiredCaller(desk), name="espeak-ng")


async def heard(voice: SpeechSynthesizer, text: str, speed: float = 1.0) -> list[Sound]:
    return [sound async for sound in voice.speak(text, SpeakingOptions(voice.voices[0].name, speed))]


async def test_a_text_becomes_whole_samples_at_one_rate(voice: SpeechSynthesizer) -> None:
    sounds = await heard(voice, TEXT)
    assert sounds
    assert len({sound.rate for sound in sounds}) == 1
    assert all(sound.samples and len(sound.samples) % 2 == 0 for sound in sounds)
    assert any(any(sound.samples) for sound in sounds)


async def test_every_voice_speaks_and_an_unknown_one_is_refused(voice: SpeechSynthesizer) -> None:
    for each in voice.voices:
        assert [sound async for sound in voice.speak("أهلا hello", SpeakingOptions(each.name))]
    with pytest.raises(NotFoundError):
        [sound async for sound in voice.speak("hello", SpeakingOptions("nobody"))]
    assert await voice.available()


async def test_a_reading_can_be_left_and_another_begun(voice: SpeechSynthesizer) -> None:
    for _ in range(6):
        sounds = voice.speak(TEXT, SpeakingOptions(voice.voices[0].name))
        async for _ in sounds:
            break
        await sounds.aclose()


async def test_longer_texts_take_longer(voice: SpeechSynthesizer) -> None:
    short, long = [sum(len(sound.samples) for sound in await heard(voice, text)) for text in ("مرحبا بكم", TEXT * 2)]
    assert long > 2 * short


async def test_what_clones_speaks_with_a_voice_it_has_only_a_sample_of(voice: SpeechSynthesizer) -> None:
    sample = VoiceSample(Sound(b"\x00\x10" * 4, 8000), "words")
    sounds = [sound async for sound in voice.speak("hello", SpeakingOptions("mine", sample=sample))] if voice.clones else []
    assert bool(sounds) == voice.clones
