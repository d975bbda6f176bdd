"""/v1/audio/voices: which there are, whose they are, what is taken in, and who can speak with them."""

from __future__ import annotations

import struct
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import numpy as np
import pytest
from sqlalchemy import Engine

from fanar.settings import Settings
from fanar.storage.voices import SqlVoiceRepository
from orchestrator.api.app import create_app
from orchestrator.voices import PersonalVoices
from speech.riff import wave_head
from speech.voices import VOICES
from tests.fakes.platform import SECRET, fake_platform, opener
from tests.fakes.voice import FakeVoice, readings

PATH = "/v1/audio/voices"
RATE = 8000
HUM = (8000 * np.sin(np.arange(2 * RATE) / 9)).astype("<i2").tobytes()
WAVE = wave_head(len(HUM), rate=RATE) + HUM
SPOKEN = {"model": "Fanar-Aura-TTS-2", "input": "مرحبا", "voice": "صوتي"}


@pytest.fixture
def voice() -> FakeVoice:
    return FakeVoice(clones=True)


@pytest.fixture
async def client(engine: Engine, voice: FakeVoice, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(_env_file=None, data=tmp_path)
    personal = PersonalVoices(voices=SqlVoiceRepository(engine=engine, per_owner=2))
    platform = replace(fake_platform(settings), voices=personal, voice=readings(voice, personal=personal))
    app = create_app(opener(platform), settings=settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            yield client


async def hand_in(client: httpx.AsyncClient, *, name: str = "صوتي", content: bytes = WAVE, **changes: object) -> httpx.Response:
    given = {"data": {"name": name, "transcript": "السلام عليكم"}, "files": {"audio": ("me.wav", content, "audio/wav")}}
    return await client.post(PATH, **(given | changes))


async def names(client: httpx.AsyncClient) -> list[str]:
    return [voice["name"] for voice in (await client.get(PATH)).json()["voices"]]


async def test_public_voices_are_listed_before_the_callers_own(client: httpx.AsyncClient) -> None:
    assert (await hand_in(client)).status_code == 200
    listed = (await client.get(PATH)).json()["voices"]
    assert [voice["name"] for voice in listed] == [*(voice.name for voice in VOICES), "صوتي"]
    facts = {"gender": "female", "accent": "Standard", "languages": ["ar", "en"], "type": "public", "emotion": False}
    assert listed[4] == {"name": "Huda", "name_ar": "هدى", **facts}
    unknown = {"gender": None, "accent": None, "languages": ["ar"], "type": "personal", "emotion": False}
    assert listed[-1] == {"name": "صوتي", "name_ar": "صوتي", **unknown}


async def test_a_voice_is_heard_and_seen_by_its_owner_alone(client: httpx.AsyncClient, voice: FakeVoice) -> None:
    await hand_in(client)
    stranger = {"authorization": f"Bearer {SECRET}"}
    assert "صوتي" not in [each["name"] for each in (await client.get(PATH, headers=stranger)).json()["voices"]]
    for refused in (
        await client.post("/v1/audio/speech", json=SPOKEN, headers=stranger),
        await client.delete(f"{PATH}/صوتي", headers=stranger),
    ):
        assert (refused.status_code, refused.json()["error"]["code"]) == (404, "Not found")
    assert (await client.post("/v1/audio/speech", json=SPOKEN)).status_code == 200
    ((_, options),) = voice.read
    assert options.sample.transcript == "السلام عليكم"
    assert (options.sample.sound.samples, options.sample.sound.rate) == (HUM, RATE)


async def test_a_personal_voice_is_refused_where_nothing_can_take_it_on(client: httpx.AsyncClient, voice: FakeVoice) -> None:
    await hand_in(client)
    voice.clones = False
    refused = await client.post("/v1/audio/speech", json=SPOKEN)
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "model_not_configured")
    assert "FANAR_VOICE__CLONES" in refused.json()["error"]["message"]
    assert not voice.read


async def test_a_deleted_voice_is_gone(client: httpx.AsyncClient) -> None:
    await hand_in(client)
    assert (await client.delete(f"{PATH}/صوتي")).json() == {"id": "صوتي", "object": "audio.voice", "deleted": True}
    assert "صوتي" not in await names(client)
    for name in ("صوتي", "Huda", "..%2F..%2Fetc%2Fpasswd", "a%00b", "*"):
        assert (await client.delete(f"{PATH}/{name}")).status_code == 404


async def test_no_more_voices_are_kept_than_may_be_and_none_by_a_name_that_is_taken(client: httpx.AsyncClient) -> None:
    answers = [await hand_in(client, name=name) for name in ("huda", "ALLOY", "one", "ONE", "two", "three")]
    assert [answer.status_code for answer in answers] == [409, 409, 200, 409, 200, 409]
    assert answers[0].json()["error"]["param"] == "name"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\x00b", "", "a" * 65, "صوت\u064b", "\u202eabc", "C:\\nul"])
async def test_names_that_are_none_are_refused(client: httpx.AsyncClient, name: str) -> None:
    answer = await hand_in(client, name=name)
    assert answer.status_code == 422
    assert "passwd" not in answer.text


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (WAVE[:-1000], 422),
        (b"ID3" + WAVE, 422),
        (WAVE[:44], 422),
        (wave_head(200, rate=RATE) + HUM[:200], 422),
        (wave_head(122 * RATE, rate=RATE) + HUM[:2] * 61 * RATE, 422),
        (wave_head(len(HUM), rate=RATE) + bytes(len(HUM)), 422),
        (WAVE[:22] + struct.pack("<H", 9) + WAVE[24:], 422),
        (WAVE[:24] + struct.pack("<I", 4_000_000_000) + WAVE[28:], 422),
        (b"R" * 10_000_001, 413),
    ],
    ids=["truncated", "another kind", "empty", "short", "long", "silent", "channels", "rate", "large"],
)
async def test_what_is_no_sample_of_a_voice_is_refused(client: httpx.AsyncClient, content: bytes, status: int) -> None:
    answer = await hand_in(client, content=content)
    assert (answer.status_code, answer.json()["error"]["param"]) == (status, "audio")
    assert "صوتي" not in await names(client)


async def test_nothing_of_a_file_is_kept_but_its_sound(client: httpx.AsyncClient, voice: FakeVoice) -> None:
    tail = b"LIST" + struct.pack("<I", 16) + b"INFOIART" + struct.pack("<I", 4) + b"Mona"
    await hand_in(client, content=WAVE + tail)
    await client.post("/v1/audio/speech", json=SPOKEN)
    assert voice.read[0][1].sample.sound.samples == HUM


async def test_a_sample_comes_with_its_words_and_under_its_name(client: httpx.AsyncClient) -> None:
    silent = await hand_in(client, data={"name": "mine", "transcript": "  "})
    assert (silent.status_code, silent.json()["error"]["param"]) == (422, "transcript")
    wrong = await hand_in(client, files={"file": ("me.wav", WAVE, "audio/wav")})
    assert (wrong.status_code, wrong.json()["error"]["param"]) == (422, "audio")
    twice = await hand_in(client, data={"name": ["a", "b"], "transcript": "x"})
    assert twice.status_code == 422
