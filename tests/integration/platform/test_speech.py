"""The platform with a real owner of a toy's Whisper: what is sent is decoded, listened to and answered by three processes."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import numpy as np
import psutil

from fanar.media_settings import SpeechSettings
from fanar.settings import LimitSettings
from fanar.workers.memory import KEEPING
from speech.instructions import computing
from tests.integration.platform.test_gateway import gateway
from tests.unit.speech.checkpoints import random_checkpoint
from tests.unit.speech.sounds import noise, wav

PATH = "/v1/audio/transcriptions"


async def sent(client: httpx.AsyncClient, content: bytes, **fields: str) -> httpx.Response:
    return await client.post(PATH, files={"file": ("sound", content)}, data={"model": "Fanar-Aura-STT-LF-1", **fields}, timeout=300)


async def test_recordings_are_written_down_side_by_side_and_after_the_owner_died(tmp_path: Path) -> None:
    chosen = SpeechSettings(model=str(random_checkpoint(tmp_path / "toy.pt")), speech_only=False, precision="float32", threads=1)
    async with gateway(data=tmp_path / "data", speech=chosen, limits=LimitSettings()) as client:
        assert {"Fanar-Aura-STT-1", "Fanar-Aura-STT-LF-1"} <= {model["id"] for model in (await client.get("/v1/models")).json()["data"]}
        short, long = wav(noise(2.0)), wav(np.concatenate([noise(30.0, seed=seed) for seed in range(3)]))
        whole, *quick = await asyncio.gather(sent(client, long), *(sent(client, short, response_format="verbose_json") for _ in range(3)))
        assert (whole.status_code, whole.json()["usage"]["seconds"]) == (200, 90)
        assert [answer.json()["duration"] for answer in quick] == [2.0] * 3
        too_long = await sent(client, long, model="Fanar-Aura-STT-1")
        assert (too_long.status_code, too_long.json()["error"]["code"]) == (413, "too_large")
        damaged = await sent(client, long[:100_000])
        assert (damaged.status_code, damaged.json()["error"]["param"]) == (422, "file")
        assert owner().environ().keys() >= {*KEEPING, *computing()}
        owner().kill()
        await asyncio.sleep(0.1)
        assert (await sent(client, short)).status_code in (200, 503)
        assert (await sent(client, short)).status_code == 200
        assert list((tmp_path / "data" / "uploads").iterdir()) == []


async def test_a_model_that_is_not_there_is_no_reason_not_to_start(tmp_path: Path) -> None:
    async with gateway(data=tmp_path, speech=SpeechSettings(model="whisper-none"), limits=LimitSettings()) as client:
        refused = await sent(client, wav(noise(1.0)))
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "model_not_configured")
        (speech,) = [found for found in (await client.get("/readyz")).json()["capabilities"] if found["name"] == "speech"]
        assert not speech["available"]


def owner() -> psutil.Process:
    """Return the process that owns the model: a child of ours."""
    return next(child for child in psutil.Process().children() if "speech.faster_desk:open_faster_desk" in child.cmdline())
