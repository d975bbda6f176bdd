"""WebSocket /v1/realtime, over a real server and the client library `websockets`."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

from fanar.llm.catalog import ModelCatalog
from fanar.media import TranscriptionOptions
from fanar.settings import Settings
from orchestrator.transcription import Transcriptions
from tests.fakes.platform import SECRET, fake_platform
from tests.fakes.speech import FakeLive, FakeTranscriber
from tests.unit.orchestrator.cli.conftest import running

SECOND = b"\x00\x10" * 24_000
TURNS = {"type": "session.update", "session": {"audio": {"input": {"turn_detection": None}}}}


@pytest.fixture
def live() -> FakeLive:
    return FakeLive()


@pytest.fixture
def url(live: FakeLive, tmp_path: Path) -> Iterator[str]:
    yield from served(live, tmp_path)


def served(live: FakeLive | None, folder: Path, **given: object) -> Iterator[str]:
    settings = Settings(_env_file=None, **given)
    desk = Transcriptions(
        catalog=ModelCatalog(),
        transcriber=FakeTranscriber() if live else None,
        live=live,
        folder=folder,
        most_bytes=1000,
        short_seconds=30.0,
    )
    with running(fake_platform(settings, transcription=desk)) as address:
        yield address.replace("http", "ws", 1) + "/v1/realtime"


@asynccontextmanager
async def talking(url: str, **given: Any) -> AsyncIterator[ClientConnection]:
    async with connect(url, proxy=None, **given) as socket:
        yield socket


async def say(socket: ClientConnection, event: object) -> None:
    await socket.send(json.dumps(event))


async def append(socket: ClientConnection, samples: bytes) -> None:
    await say(socket, {"type": "input_audio_buffer.append", "audio": base64.b64encode(samples).decode()})


async def until(socket: ClientConnection, kind: str) -> list[dict[str, Any]]:
    heard: list[dict[str, Any]] = []
    async with asyncio.timeout(20):
        while not heard or not heard[-1]["type"].endswith(kind):
            heard.append(json.loads(await socket.recv()))
    return heard


async def test_words_are_told_as_they_are_believed_and_a_turn_is_told_whole(url: str, live: FakeLive) -> None:
    async with talking(f"{url}?intent=transcription", subprotocols=[Subprotocol("realtime")]) as socket:
        assert socket.subprotocol == "realtime"
        created = (await until(socket, "session.created"))[0]["session"]
        assert created["audio"]["input"]["turn_detection"] == {"type": "server_vad", "silence_duration_ms": 500}
        language = {"transcription": {"language": "ar", "prompt": "names"}, "turn_detection": None}
        await say(socket, {"type": "session.update", "session": {"type": "transcription", "audio": {"input": language}}})
        await until(socket, "session.updated")
        for _ in range(3):
            await append(socket, SECOND)
        await say(socket, {"type": "input_audio_buffer.commit"})
        events = await until(socket, "completed")
        deltas = [event["delta"] for event in events if event["type"].endswith("delta")]
        assert "".join(deltas) == events[-1]["transcript"] == " ".join(str(n) for n in range(live.heard))
        assert events[-2]["type"] == "input_audio_buffer.committed"
        assert {event["item_id"] for event in events} == {events[-1]["item_id"]}
        assert events[-1]["usage"] == {"type": "duration", "seconds": 3.0}
        assert live.asked == [TranscriptionOptions(language="ar", prompt="names")]
    for _ in range(100):
        if live.closed:
            break
        await asyncio.sleep(0.01)
    assert live.closed


async def test_silence_ends_a_turn_and_the_next_one_follows_it(url: str, live: FakeLive) -> None:
    live.silence = 0.6
    async with talking(url) as socket:
        await append(socket, SECOND)
        first = (await until(socket, "completed"))[-1]
        await append(socket, SECOND)
        events = await until(socket, "completed")
        assert events[-1]["item_id"] != first["item_id"]
        assert next(e for e in events if e["type"].endswith("committed"))["previous_item_id"] == first["item_id"]


@pytest.mark.parametrize(
    ("event", "param"),
    [
        ("{", None),
        ("[]", None),
        ('{"type": 5}', None),
        ('{"type": "response.create"}', "type"),
        ('{"type": "input_audio_buffer.append", "audio": "***"}', "audio"),
        ('{"type": "input_audio_buffer.append", "audio": "AAAA"}', "audio"),
        ('{"type": "input_audio_buffer.append"}', "audio"),
        ('{"type": "session.update", "session": {"type": "realtime"}}', "type"),
        ('{"type": "session.update", "session": {"audio": {"input": {"format": {"type": "audio/pcmu"}}}}}', "audio.input.format.type"),
        ('{"type": "session.update", "session": []}', "session"),
        ('{"type": "transcription_session.update", "session": {"input_audio_transcription": {"model": "none"}}}', "model"),
    ],
)
async def test_what_means_nothing_is_answered_and_the_session_goes_on(url: str, event: str, param: str | None) -> None:
    async with talking(url) as socket:
        await until(socket, "created")
        await socket.send(event)
        (fault,) = await until(socket, "error")
        assert fault["error"]["param"] == param
        assert set(fault["error"]) == {"code", "message", "status", "param", "type", "event_id"}
        await say(socket, TURNS)
        await until(socket, "session.updated")


async def test_a_page_of_another_site_and_a_foreign_host_are_not_let_in(url: str) -> None:
    port = int(url.split(":")[2].split("/")[0])
    foreign = (url, {"origin": "https://evil.example"}), (f"ws://evil.example:{port}/v1/realtime", {"host": "127.0.0.1", "port": port})
    for address, given in foreign:
        with pytest.raises(InvalidStatus) as refused:
            async with talking(address, **given):
                pass
        assert refused.value.response.status_code == 403


async def test_a_key_is_asked_for_where_one_is_needed(live: FakeLive, tmp_path: Path) -> None:
    for url in served(live, tmp_path, require_key=True):
        for given in ({}, {"additional_headers": {"Authorization": "Bearer fanar-wrong"}}):
            async with talking(url, **given) as socket:
                assert json.loads(await socket.recv())["error"]["code"] == "invalid_authentication"
                with pytest.raises(ConnectionClosed):
                    await socket.recv()
        shown = [Subprotocol("realtime"), Subprotocol(f"openai-insecure-api-key.{SECRET}")]
        for given in ({"additional_headers": {"Authorization": f"Bearer {SECRET}"}}, {"subprotocols": shown}):
            async with talking(url, **given) as socket:
                assert json.loads(await socket.recv())["type"] == "session.created"


async def test_without_a_model_the_command_that_brings_one_is_named(tmp_path: Path) -> None:
    for url in served(None, tmp_path):
        async with talking(url) as socket:
            error = json.loads(await socket.recv())["error"]
            assert (error["code"], "fanar models pull whisper-" in error["message"]) == ("model_not_configured", True)


async def test_an_event_that_is_too_large_ends_the_connection_and_nothing_else(url: str) -> None:
    async with talking(url) as socket:
        await until(socket, "created")
        await socket.send("x" * 1_100_000)
        with pytest.raises(ConnectionClosed):
            await socket.recv()
    async with talking(url) as socket:
        await until(socket, "created")


async def test_a_session_is_no_longer_than_a_recording(live: FakeLive, tmp_path: Path) -> None:
    for url in served(live, tmp_path, speech={"seconds": 2.0}):
        async with talking(url) as socket:
            for _ in range(3):
                await append(socket, SECOND)
            assert (await until(socket, "error"))[-1]["error"]["code"] == "too_large"
