from __future__ import annotations

import base64
from pathlib import Path

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, NotConfiguredError, UnprocessableError
from fanar.events import AudioDelta, Event, ResponseCompleted, Route, RoutingDecision
from fanar.fetch.client import Fetcher
from fanar.llm.catalog import ModelCatalog
from fanar.messages import AudioPart, ChatMessage, ChatRequest, TextPart
from orchestrator.handlers.speech import SpeechHandler
from orchestrator.sounds import Sounds
from orchestrator.transcription import Transcriptions
from tests.fakes.models import collected, text_of
from tests.fakes.speech import FakeTranscriber
from tests.fakes.voice import FakeVoice, readings

SOUND = base64.b64encode(b"RIFF sound").decode()


async def answered(
    folder: Path,
    *parts: AudioPart,
    transcriber: FakeTranscriber | None,
    model: str = "stt",
    text: str = "ماذا يقول؟",
    voice: FakeVoice | None = None,
) -> list[Event]:
    desk = Transcriptions(catalog=ModelCatalog(), transcriber=transcriber, folder=folder, most_bytes=1000, short_seconds=30.0)
    request = ChatRequest((ChatMessage("user", (TextPart(text), *parts)),))
    handler = SpeechHandler(sounds=Sounds(Fetcher(), desk), voice=readings(voice))
    return await collected(handler.handle(request, RoutingDecision(Route.SPEECH, model, 1.0, ())))


async def test_what_is_said_in_a_recording_is_the_answer(tmp_path: Path) -> None:
    listening = FakeTranscriber()
    events = await answered(tmp_path, AudioPart(data=SOUND, format="wav"), transcriber=listening)
    assert text_of(events) == "السلام عليكم وعليكم السلام"
    assert isinstance(events[-1], ResponseCompleted)
    assert events[-1].metadata["transcripts"][0]["segments"][1] == {"start": 2.0, "end": 3.0, "text": "وعليكم السلام"}
    assert listening.asked[0][0] == b"RIFF sound"
    assert list(tmp_path.iterdir()) == []


async def test_recordings_come_by_url_too_and_several_at_once(tmp_path: Path) -> None:
    url = AudioPart(url=f"data:audio/wav;base64,{SOUND}")
    listening = FakeTranscriber()
    events = await answered(tmp_path, url, AudioPart(data=SOUND), transcriber=listening)
    assert text_of(events).count("السلام عليكم") == 2
    assert [sound for sound, _ in listening.asked] == [b"RIFF sound"] * 2


async def test_where_nobody_speaks_that_is_said(tmp_path: Path) -> None:
    events = await answered(tmp_path, AudioPart(data=SOUND), transcriber=FakeTranscriber(()), text="what does it say?")
    assert text_of(events) == "Nobody speaks in this recording."


async def test_without_a_recording_one_is_asked_for(tmp_path: Path) -> None:
    assert "أرفق" in text_of(await answered(tmp_path, transcriber=FakeTranscriber()))


async def test_without_a_model_the_command_that_brings_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotConfiguredError, match="fanar models pull whisper-"):
        await answered(tmp_path, AudioPart(data=SOUND), transcriber=None)


async def test_reading_aloud_is_refused_for_want_of_a_voice(tmp_path: Path) -> None:
    with pytest.raises(NotConfiguredError, match="EXTRAS=voice"):
        await answered(tmp_path, transcriber=FakeTranscriber(), model="tts", text="اقرأ بصوت عالٍ: مرحبا")


async def test_a_text_is_read_aloud(tmp_path: Path) -> None:
    voice = FakeVoice()
    events = await answered(tmp_path, transcriber=None, model="tts", text="اقرأ بصوت عالٍ: مرحبا بكم", voice=voice)
    assert text_of(events) == "مرحبا بكم"
    assert [(text, options.voice) for text, options in voice.read] == [("مرحبا بكم", "Noor")]
    assert b"".join(event.audio.data for event in events if isinstance(event, AudioDelta))
    assert isinstance(events[-1], ResponseCompleted)
    assert events[-1].metadata == {"audio": {"media_type": "audio/mpeg"}}


async def test_a_text_too_long_to_be_read_at_once_is_refused_with_the_bound(tmp_path: Path) -> None:
    with pytest.raises(UnprocessableError, match="8000 characters") as refusal:
        await answered(tmp_path, transcriber=None, model="tts", text="اقرأ بصوت عالٍ: " + "سلام " * 9_000, voice=FakeVoice())
    assert refusal.value.param == "messages"


async def test_what_is_to_be_read_is_asked_for_where_nothing_is_given(tmp_path: Path) -> None:
    events = await answered(tmp_path, transcriber=None, model="tts", text="read this aloud", voice=FakeVoice())
    assert text_of(events) == "Write down what I shall read aloud."


@pytest.mark.parametrize("parts", [[AudioPart(data="a")], [AudioPart(url="http://127.0.0.1/x.wav")], [AudioPart(data=SOUND)] * 5])
async def test_what_cannot_be_brought_in_is_refused(tmp_path: Path, parts: list[AudioPart]) -> None:
    with pytest.raises(FanarError) as refusal:
        await answered(tmp_path, *parts, transcriber=FakeTranscriber())
    assert refusal.value.param == "messages"


async def test_a_recording_that_is_none_is_the_messages_fault(tmp_path: Path) -> None:
    damaged = FakeTranscriber((), error=UnprocessableError(Bilingual("Damaged.", "تالف."), param="file"))
    with pytest.raises(UnprocessableError) as refusal:
        await answered(tmp_path, AudioPart(data=SOUND), transcriber=damaged)
    assert refusal.value.param == "messages"
