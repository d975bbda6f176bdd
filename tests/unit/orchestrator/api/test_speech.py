"""POST /v1/audio/speech, over ASGI with a voice that hums."""

from __future__ import annotations

import io
import wave
from dataclasses import replace
from urllib.parse import unquote

import av
import httpx
import pytest

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError, NotConfiguredError
from fanar.media import Maker
from fanar.settings import Settings
from orchestrator.aloud import Encoding, ReadingAloud, SoundFormat
from orchestrator.api.app import create_app
from orchestrator.recital import Recital
from tests.fakes.platform import echo, fake_platform, opener
from tests.fakes.voice import FakeRecitations, FakeVoice, encoder, readings

PATH = "/v1/audio/speech"
BODY = {"model": "Fanar-Aura-TTS-2", "input": "مرحبا بكم في قطر", "voice": "Huda"}


async def asked(voice: ReadingAloud | None, body: object, *, method: str = "POST", path: str = PATH) -> httpx.Response:
    settings = Settings(_env_file=None)
    platform = fake_platform(settings, echo)
    app = create_app(opener(replace(platform, voice=voice) if voice else platform), settings=settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            return await client.request(method, path, json=body)


@pytest.mark.parametrize(
    ("form", "kind", "container"),
    [("mp3", "audio/mpeg", "mp3"), ("opus", "audio/ogg", "ogg"), ("aac", "audio/aac", "aac"), ("flac", "audio/flac", "flac")],
)
async def test_a_text_is_read_in_every_form(form: str, kind: str, container: str) -> None:
    answer = await asked(readings(FakeVoice()), {**BODY, "response_format": form})
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["x-id"].startswith("speech-")
    with av.open(io.BytesIO(answer.content)) as sound:
        assert sound.format.name == container
        assert sum(frame.samples / frame.sample_rate for frame in sound.decode(audio=0)) == pytest.approx(0.13, abs=0.1)


async def test_a_wave_tells_its_length_unless_it_is_streamed() -> None:
    whole = await asked(readings(FakeVoice()), {**BODY, "response_format": "wav"})
    with wave.open(io.BytesIO(whole.content)) as sound:
        assert (sound.getnframes(), sound.getframerate(), sound.getnchannels()) == (240 * 13, 24_000, 1)
    streamed = await asked(readings(FakeVoice()), {**BODY, "response_format": "wav", "stream": True})
    assert streamed.content[4:8] == b"\xff" * 4
    assert streamed.content[44:] == whole.content[44:]
    plain = await asked(readings(FakeVoice()), {**BODY, "response_format": "pcm"})
    assert plain.content == whole.content[44:]


async def test_names_of_other_clients_voices_and_models_are_understood() -> None:
    voice = FakeVoice()
    for body in ({"voice": "alloy"}, {"voice": {"id": "huda"}}, {"model": "Fanar-Aura-TTS-1"}, {"speed": 2.0, "stream": False}):
        assert (await asked(readings(voice), {**BODY, **body})).status_code == 200
    assert [options.speed for _, options in voice.read] == [1.0, 1.0, 1.0, 2.0]


@pytest.mark.parametrize(
    ("change", "status", "param"),
    [
        ({"voice": "Nobody"}, 404, "voice"),
        ({"voice": "../../etc/passwd"}, 422, "voice"),
        ({"voice": None}, 422, "voice"),
        ({"input": ""}, 422, "input"),
        ({"input": " … "}, 422, "input"),
        ({"input": "ا" * 8001}, 422, "input"),
        ({"response_format": "midi"}, 422, "response_format"),
        ({"speed": 5.0}, 422, "speed"),
        ({"speed": True}, 422, "speed"),
        ({"with_emotion": True}, 422, "with_emotion"),
        ({"quran_reciter": "../x"}, 422, "quran_reciter"),
        ({"instructions": "happily"}, 422, "instructions"),
        ({"model": "Fanar-Aura-STT-1"}, 404, "model"),
        ({"model": "none"}, 404, "model"),
    ],
)
async def test_what_cannot_be_read_is_refused_by_name(change: dict[str, object], status: int, param: str) -> None:
    voice = FakeVoice()
    answer = await asked(readings(voice), {**BODY, **change})
    assert (answer.status_code, answer.json()["error"]["param"].split(".")[0]) == (status, param)
    assert voice.closed == len(voice.read)


async def test_a_voice_that_fails_before_its_first_sound_is_an_ordinary_error() -> None:
    broken = ModelUnavailableError(Bilingual("gone", "ذهب"))

    class Broken(FakeVoice):
        async def speak(self, text, options):
            raise broken
            yield

    answer = await asked(readings(Broken()), BODY)
    assert (answer.status_code, answer.json()["error"]["message"]) == (503, "gone")


async def test_without_a_voice_the_command_that_brings_one_is_named() -> None:
    for voice in (None, readings(None)):
        answer = await asked(voice, BODY)
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "model_not_configured")
        assert "make run EXTRAS=voice" in answer.json()["error"]["message"]
        assert answer.headers["x-should-retry"] == "false"


def scripture(faithful: bool = True):
    return lambda text: [Recital(4, 10, ((112, 1),), faithful)] if "VERSE" in text else []


async def test_a_verse_is_not_synthesised_but_recited() -> None:
    voice, recitations = FakeVoice(), FakeRecitations()
    desk = readings(voice, watch=scripture(), recitations=recitations)
    refused = await asked(desk, {**BODY, "input": "abc VERSE. def"})
    assert (refused.status_code, refused.json()["error"]["param"]) == (422, "input")
    assert "Fanar-Sadiq-TTS-1" in refused.json()["error"]["message"]
    played = await asked(
        desk,
        {**BODY, "model": "Fanar-Sadiq-TTS-1", "input": "abc VERSE. def", "response_format": "pcm", "quran_reciter": "abdul-basit"},
    )
    assert played.status_code == 200
    assert len(played.content) == 2 * (24_000 + 240 * 6)
    assert recitations.asked == [("abdul-basit", ((112, 1),))]
    assert [text for text, _ in voice.read] == ["abc ", " def"]
    assert unquote(played.headers["x-revised-input"]) == "<quran_start>abc VERSE. def<quran_end>"


async def test_words_given_as_the_quran_that_are_not_its_words_are_read_by_nobody() -> None:
    voice = FakeVoice()
    for model in ("Fanar-Aura-TTS-2", "Fanar-Sadiq-TTS-1"):
        answer = await asked(readings(voice, watch=scripture(faithful=False)), {**BODY, "model": model, "input": "abc VERSE"})
        assert (answer.status_code, answer.json()["error"]["param"]) == (422, "input")
    assert not voice.read


async def test_a_verse_without_a_recording_names_the_command_that_adds_one() -> None:
    class Nobody(FakeRecitations):
        def find(self, reciter, verses):
            raise NotConfiguredError(Bilingual("fanar recitations add", "fanar recitations add"))

    answer = await asked(
        readings(FakeVoice(), watch=scripture(), recitations=Nobody()), {**BODY, "model": "Fanar-Sadiq-TTS-1", "input": "abc VERSE"}
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "model_not_configured")


async def test_the_maker_is_told_of_what_a_voice_reads_and_of_no_recording() -> None:
    made: list[Maker | None] = []

    def noted(form: SoundFormat, whole: bool, maker: Maker | None) -> Encoding:
        made.append(maker)
        return encoder(form, whole, maker)

    for text in ("abc", "abc VERSE.", "... VERSE."):
        body = {**BODY, "model": "Fanar-Sadiq-TTS-1", "input": text}
        assert (await asked(readings(FakeVoice(), watch=scripture(), encode=noted), body)).status_code == 200
    assert made == [Maker("fake-voice", "model"), Maker("fake-voice", "composite"), None]
