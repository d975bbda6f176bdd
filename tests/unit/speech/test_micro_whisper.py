"""The micro Whisper on recordings of speakers that it did not learn from: real sound, real words, through everything that is ours."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import faster_whisper
import pytest
import whisper

from fanar.events import TranscriptCompleted, TranscriptDelta, TranscriptEvent
from fanar.media import Segment, TranscriptionOptions
from speech.audio import SoundLimits
from speech.conversion import convert
from speech.engine import Engine
from speech.faster import FasterEngine
from speech.guards import Guard
from speech.reference import ReferenceEngine
from speech.scoring import Score, word_errors
from speech.session import Listening, transcribe
from speech.subtitles import to_srt
from speech.vad import SpeechNetwork
from tests.fixtures.speech.recordings import MICRO_WHISPER, Recording, recordings
from tests.unit.speech.sounds import noise, wav

NETWORK = SpeechNetwork(Path(faster_whisper.__file__).parent / "assets" / "silero_vad_v6.onnx")
ARABIC = TranscriptionOptions(language="ar")
RECORDINGS = {recording.path.stem: recording for recording in recordings()}
SHORT = {name: recording for name, recording in RECORDINGS.items() if len(recording.words) < 10}


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Engine]:
    folder = tmp_path_factory.mktemp("micro") / "converted"
    convert(MICRO_WHISPER, folder)
    return {
        "reference": ReferenceEngine(MICRO_WHISPER),
        "faster": FasterEngine(folder, precision="float32"),
        "small": FasterEngine(folder, precision="int8"),
    }


def events(path: Path, engine: Engine, options: TranscriptionOptions = ARABIC) -> list[TranscriptEvent]:
    return list(transcribe(path, options, Listening(engine, NETWORK, SoundLimits(), "micro", guard=Guard())))


def segments(path: Path, engine: Engine, options: TranscriptionOptions = ARABIC) -> list[Segment]:
    return [event.segment for event in events(path, engine, options) if isinstance(event, TranscriptDelta)]


def text(found: list[Segment]) -> str:
    return "".join(segment.text for segment in found).strip()


def test_the_fixture_is_small_and_openai_whisper_loads_it_as_it_is() -> None:
    model = whisper.load_model(str(MICRO_WHISPER))

    assert MICRO_WHISPER.stat().st_size <= 4_000_000
    assert (model.is_multilingual, model.dims.n_vocab, model.dims.n_audio_ctx) == (True, 51865, 1500)


@pytest.mark.parametrize("recording", RECORDINGS.values(), ids=RECORDINGS)
def test_both_engines_read_the_same_text(recording: Recording, engines: Mapping[str, Engine]) -> None:
    plain = TranscriptionOptions(language="ar", speech_only=False, guards=False)
    by_whisper, by_faster = (segments(recording.path, engines[name], plain) for name in ("reference", "faster"))

    assert [(found.text, found.tokens) for found in by_faster] == [(found.text, found.tokens) for found in by_whisper]


@pytest.mark.parametrize("precision", ["faster", "small"])
def test_most_words_of_unknown_speakers_are_read(precision: str, engines: Mapping[str, Engine]) -> None:
    found = [word_errors(each.text, text(segments(each.path, engines[precision]))) for each in SHORT.values()]

    rate = sum(found, Score()).rate
    assert rate is not None
    assert rate <= 0.15


def test_the_language_is_recognised(engines: Mapping[str, Engine]) -> None:
    ends = [events(recording.path, engines["faster"], TranscriptionOptions())[-1] for recording in SHORT.values()]

    assert {end.language for end in ends if isinstance(end, TranscriptCompleted)} == {"ar"}


def test_translation_gives_english_words(engines: Mapping[str, Engine]) -> None:
    # Warmer readings draw lots, and so small a model now and then draws the other language.
    english = TranscriptionOptions(language="ar", task="translate", temperature=0.0)
    found = " ".join(text(segments(recording.path, engines["faster"], english)) for recording in SHORT.values())

    assert found.isascii()
    assert {"zero", "three", "nine"} <= set(found.split())


@pytest.mark.parametrize("speech_only", [True, False])
def test_nothing_is_heard_in_noise(speech_only: bool, engines: Mapping[str, Engine], tmp_path: Path) -> None:
    (tmp_path / "noise.wav").write_bytes(wav(noise(5.0, loudness=0.05)))

    assert text(segments(tmp_path / "noise.wav", engines["faster"], TranscriptionOptions(language="ar", speech_only=speech_only))) == ""


def test_a_long_recording_becomes_subtitles_that_follow_each_other(engines: Mapping[str, Engine]) -> None:
    longest = max(RECORDINGS.values(), key=lambda recording: len(recording.words))
    found = segments(longest.path, engines["faster"])
    shown = to_srt(found)

    assert len(found) > 1
    lines = [line for block in shown.strip().split("\n\n") for line in block.splitlines()[2:]]
    assert " ".join(lines).split() == text(found).split()
    assert all(before.end <= after.start for before, after in pairwise(found))
