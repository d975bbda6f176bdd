"""What every LiveTranscriber and LiveListening keeps to; the real one listens with the micro Whisper."""

from __future__ import annotations

from pathlib import Path

import pytest

from fanar.media import Sound, TranscriptionOptions
from fanar.media_protocols import LiveTranscriber
from speech.audio import SoundLimits, read_blocks
from speech.conversion import convert
from speech.faster_desk import open_faster_desk
from speech.owned import OwnedTranscriber
from tests.fakes.speech import FakeLive
from tests.fixtures.speech.recordings import MICRO_WHISPER, recordings
from tests.unit.rag.library import WiredCaller

RATE = 16_000
ARABIC = TranscriptionOptions(language="ar")


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> WiredCaller:
    folder = tmp_path_factory.mktemp("micro") / "converted"
    convert(MICRO_WHISPER, folder)
    facts = {"device": "cpu", "precision": "float32", "beam": 1, "threads": 1, "name": "micro", "limits": {}, "speech_only": True}
    return WiredCaller(open_faster_desk(model=str(folder), **facts, most=4, idle=0.0))


@pytest.fixture(params=["fake", "owned"])
def live(request: pytest.FixtureRequest, owner: WiredCaller) -> LiveTranscriber:
    return FakeLive() if request.param == "fake" else OwnedTranscriber(owner=owner, name="micro")


@pytest.fixture(scope="module")
def speech() -> bytes:
    spoken: Path = next(recording.path for recording in recordings() if len(recording.words) == 5)
    return b"".join(block[0].tobytes() for block in read_blocks(spoken, SoundLimits()))


async def test_words_that_are_believed_come_in_pieces_that_never_change(live: LiveTranscriber, speech: bytes) -> None:
    listening = await live.listen(ARABIC)
    told: list[str] = []
    for place in range(0, len(speech), 4 * RATE):
        text, silence = await listening.hear(Sound(speech[place : place + 4 * RATE], RATE))
        told.append(text)
        assert silence >= 0
    told.append((await listening.hear(Sound(b"", RATE), final=True))[0])
    assert len("".join(told).split()) >= 3
    assert any(told[:-1])
    assert (await listening.hear(Sound(b"", RATE), final=True))[0] == ""
    await listening.close()


async def test_several_speak_at_once(live: LiveTranscriber, speech: bytes) -> None:
    sessions = [await live.listen(ARABIC) for _ in range(2)]
    for listening in sessions:
        await listening.hear(Sound(speech[: 2 * RATE], RATE))
    for listening in sessions:
        await listening.close()
        await listening.close()
