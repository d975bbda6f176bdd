from __future__ import annotations

from pathlib import Path
from typing import Any

import faster_whisper
import numpy as np
import pytest
import torch
import whisper

from fanar.errors import ConfigurationError, UnprocessableError
from fanar.events import TranscriptCompleted, TranscriptDelta, TranscriptProgressed
from fanar.media import Segment, TranscriptionOptions
from speech.audio import SoundLimits
from speech.conversion import convert
from speech.engine import Decoded, Engine
from speech.faster import FasterEngine
from speech.reference import ReferenceEngine
from speech.session import NO_LANGUAGE, Listening, listened, speaker_name, transcribe
from speech.vad import SpeechNetwork
from tests.unit.speech.checkpoints import random_checkpoint
from tests.unit.speech.sounds import noise, tone, wav

torch.set_num_threads(1)
NETWORK = SpeechNetwork(Path(faster_whisper.__file__).parent / "assets" / "silero_vad_v6.onnx")
EVERYTHING = TranscriptionOptions(speech_only=False, guards=False)
EXACT = {"temperature": 0.0, "compression_ratio_threshold": None, "logprob_threshold": None, "no_speech_threshold": None, "fp16": False}
SOUNDS = {
    "a short one": noise(0.4),
    "half a window": noise(11.0, seed=3) * np.linspace(0.1, 1, 11 * 16_000, dtype=np.float32),
    "a window": tone(30.0, hertz=300.0),
    "several windows": np.concatenate([noise(20.0, seed=seed, loudness=0.02 * (seed + 1)) for seed in range(2)]),
}


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return random_checkpoint(tmp_path_factory.mktemp("whisper") / "random.pt")


@pytest.fixture(scope="module")
def reference(checkpoint: Path) -> ReferenceEngine:
    return ReferenceEngine(checkpoint)


@pytest.fixture(scope="module")
def faster(checkpoint: Path) -> FasterEngine:
    convert(checkpoint, checkpoint.with_suffix(""))
    return FasterEngine(checkpoint.with_suffix(""), precision="float32")


def sound(folder: Path, samples: np.ndarray) -> Path:
    (folder / "sound.wav").write_bytes(wav(samples))
    return folder / "sound.wav"


def heard(path: Path, engine: Engine, options: TranscriptionOptions) -> tuple[list[Segment], TranscriptCompleted]:
    events = list(transcribe(path, options, Listening(engine, NETWORK, SoundLimits(), "random")))
    assert isinstance(events[-1], TranscriptCompleted)
    return [event.segment for event in events if isinstance(event, TranscriptDelta)], events[-1]


def as_whisper_hears(samples: np.ndarray, checkpoint: Path, **options: object) -> dict:
    stored = (np.clip(samples, -1, 1) * 32767).astype(np.int16).astype(np.float32) / 32768
    return whisper.transcribe(whisper.load_model(str(checkpoint)), stored, **EXACT, **options)


@pytest.mark.parametrize("name", SOUNDS)
def test_the_reference_engine_writes_what_whisper_writes(name: str, checkpoint: Path, reference: ReferenceEngine, tmp_path: Path) -> None:
    segments, end = heard(sound(tmp_path, SOUNDS[name]), reference, EVERYTHING)
    expected = as_whisper_hears(SOUNDS[name], checkpoint)
    assert end.language == expected["language"]
    assert [(s.id, s.text, list(s.tokens)) for s in segments] == [(s["id"], s["text"], s["tokens"]) for s in expected["segments"]]
    assert [(s.start, s.end) for s in segments] == [pytest.approx((s["start"], s["end"])) for s in expected["segments"]]
    measures = [(s.avg_logprob, s.compression_ratio, s.no_speech_prob) for s in segments]
    assert measures == [
        pytest.approx((s["avg_logprob"], s["compression_ratio"], s["no_speech_prob"]), rel=1e-3, abs=1e-6) for s in expected["segments"]
    ]


def test_a_prompt_and_a_task_reach_the_model_as_whisper_has_it(checkpoint: Path, reference: ReferenceEngine, tmp_path: Path) -> None:
    options = TranscriptionOptions(speech_only=False, guards=False, language="ar", task="translate", prompt="مرحبا بكم")
    segments, _ = heard(sound(tmp_path, SOUNDS["several windows"]), reference, options)
    expected = as_whisper_hears(SOUNDS["several windows"], checkpoint, language="ar", task="translate", initial_prompt="مرحبا بكم")
    assert [list(s.tokens) for s in segments] == [s["tokens"] for s in expected["segments"]]


def test_what_looks_like_a_mark_of_the_model_in_a_prompt_stays_text(reference: ReferenceEngine, faster: FasterEngine) -> None:
    scripts = [engine.script(language="ar", task="transcribe") for engine in (reference, faster)]
    (tokens, others) = (script.encode(" <|endoftext|> <|en|>") for script in scripts)
    assert tokens == others
    assert max(tokens) < scripts[0].eot
    assert scripts[0].decode(tokens) == " <|endoftext|> <|en|>"


def test_words_are_timed_as_whisper_times_them(checkpoint: Path, reference: ReferenceEngine, faster: FasterEngine, tmp_path: Path) -> None:
    options = TranscriptionOptions(speech_only=False, guards=False, words=True)
    path = sound(tmp_path, SOUNDS["a short one"])
    expected = [
        [(word["word"], pytest.approx(word["start"]), pytest.approx(word["end"])) for word in segment["words"]]
        for segment in as_whisper_hears(SOUNDS["a short one"], checkpoint, word_timestamps=True)["segments"]
    ]
    for engine in (reference, faster):
        segments, _ = heard(path, engine, options)
        assert [[(word.text, word.start, word.end) for word in segment.words] for segment in segments] == expected


@pytest.mark.parametrize("name", SOUNDS)
def test_the_faster_engine_writes_what_the_reference_writes(
    name: str, reference: ReferenceEngine, faster: FasterEngine, tmp_path: Path
) -> None:
    path = sound(tmp_path, SOUNDS[name])
    (found, end), (expected, last) = heard(path, faster, EVERYTHING), heard(path, reference, EVERYTHING)
    assert end == last
    assert [(s.text, s.tokens) for s in found] == [(s.text, s.tokens) for s in expected]
    assert [(s.start, s.end) for s in found] == [(pytest.approx(s.start), pytest.approx(s.end)) for s in expected]


def test_where_nobody_speaks_nothing_is_written(faster: FasterEngine, tmp_path: Path) -> None:
    segments, end = heard(sound(tmp_path, np.zeros(90 * 16_000, np.float32)), faster, TranscriptionOptions())
    assert (segments, end.language, end.duration) == ([], NO_LANGUAGE, 90.0)


def test_guards_try_again_and_leave_nothing_empty(faster: FasterEngine, tmp_path: Path) -> None:
    path = sound(tmp_path, SOUNDS["half a window"])
    segments, _ = heard(path, faster, TranscriptionOptions(speech_only=False))
    assert all(segment.text.strip() for segment in segments)
    assert [segment.id for segment in segments] == list(range(len(segments)))


class _Late:
    """Hears everything after the recording's end."""

    mels, context, languages = 80, 448, ("ar",)

    def __init__(self, script: object) -> None:
        self._script = script

    def log_mel(self, samples: np.ndarray) -> np.ndarray:
        return np.zeros((80, 1 + (len(samples) - 400) // 160), np.float32)

    def script(self, **_: object) -> object:
        return self._script

    def encode(self, window: np.ndarray) -> None:
        return None

    def decode(self, encoded: None, script: Any, **_: object) -> Decoded:
        begin = script.timestamp_begin
        return Decoded((begin + 1000, *script.encode(" نعم"), begin + 1100, begin + 1100), -0.1, 0.0, 0.0)


def test_what_is_heard_after_the_end_is_left_out(faster: FasterEngine, tmp_path: Path) -> None:
    engine: Any = _Late(faster.script(language="ar", task="transcribe"))
    path = sound(tmp_path, noise(2.0))
    options = TranscriptionOptions(language="ar", speech_only=False, words=True)
    assert heard(path, engine, options)[0] == []


class _Whole:
    """Writes a word, surely in a whole window, and in a cut one only as surely as it was told to."""

    mels, context, languages = 80, 448, ("ar",)

    def __init__(self, script: object, *, sure: float) -> None:
        self._script, self._sure = script, sure
        self.lengths: list[int] = []

    def log_mel(self, samples: np.ndarray) -> np.ndarray:
        return np.zeros((80, 1 + (len(samples) - 400) // 160), np.float32)

    def script(self, **_: object) -> object:
        return self._script

    def encode(self, window: np.ndarray) -> int:
        self.lengths.append(window.shape[1])
        return window.shape[1]

    def decode(self, encoded: int, script: Any, **_: object) -> Decoded:
        begin, whole = script.timestamp_begin, encoded == 3000
        word = script.encode(" نعم" if whole else " لا")
        return Decoded((begin, *word, begin + 50), -0.1 if whole else self._sure, 0.0, 0.0)


@pytest.mark.parametrize(
    ("seconds", "sure", "text", "lengths"),
    [(3.0, -0.1, " لا", [1000]), (12.0, -0.1, " لا", [1456]), (3.0, -1.5, " نعم", [1000, 3000]), (29.0, -0.1, " نعم", [3000])],
    ids=["short", "long", "unsure", "full"],
)
def test_brief_sound_is_read_in_a_cut_window_unless_that_fails(
    seconds: float, sure: float, text: str, lengths: list[int], faster: FasterEngine
) -> None:
    engine: Any = _Whole(faster.script(language="ar", task="transcribe"), sure=sure)
    options = TranscriptionOptions(language="ar", speech_only=False, temperature=0.0)
    found = listened(lambda: iter((noise(seconds),)), options, Listening(engine, NETWORK, SoundLimits(), "x"), brief=True)
    assert "".join(event.segment.text for event in found if isinstance(event, TranscriptDelta)) == text
    assert engine.lengths == lengths


def test_a_cut_window_means_to_the_reference_what_a_whole_one_does(reference: ReferenceEngine) -> None:
    window = np.random.default_rng(5).standard_normal((80, 3000), np.float32)
    window[:, 900:] = 0
    np.testing.assert_array_equal(reference.encode(window[:, :1000]).features, reference.encode(window).features)


def test_a_temperature_that_is_given_is_the_only_one(faster: FasterEngine, tmp_path: Path) -> None:
    segments, _ = heard(sound(tmp_path, noise(3.0)), faster, TranscriptionOptions(speech_only=False, temperature=0.4, hotwords="فنار"))
    assert {segment.temperature for segment in segments} <= {0.4}


def test_channels_are_speakers_in_the_order_of_time(faster: FasterEngine, tmp_path: Path) -> None:
    both = np.stack([noise(8.0, seed=1), noise(8.0, seed=2)], axis=1)
    segments, end = heard(sound(tmp_path, both), faster, TranscriptionOptions(speech_only=False, guards=False, channels=True))
    assert {segment.speaker for segment in segments} == {"A", "B"}
    assert [segment.start for segment in segments] == sorted(segment.start for segment in segments)
    assert end.duration == 8.0


def test_progress_comes_between_and_ends_with_the_recording(faster: FasterEngine, tmp_path: Path) -> None:
    path = sound(tmp_path, SOUNDS["several windows"])
    events = list(transcribe(path, EVERYTHING, Listening(faster, NETWORK, SoundLimits(), "random")))
    told = [event.seconds for event in events if isinstance(event, TranscriptProgressed)]
    assert told == sorted(told)
    assert told[-1] == pytest.approx(40.0)


def test_a_language_that_the_model_does_not_know_is_refused(faster: FasterEngine, tmp_path: Path) -> None:
    with pytest.raises(UnprocessableError) as refusal:
        heard(sound(tmp_path, noise(1.0)), faster, TranscriptionOptions(language="tlh"))
    assert refusal.value.param == "language"


@pytest.mark.parametrize("engine", [ReferenceEngine, FasterEngine])
def test_what_is_no_model_is_said_to_be_none(engine: type, tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"no model")
    (tmp_path / "config.json").write_bytes(b"{}")
    (tmp_path / "tokenizer.json").write_bytes(b"{}")
    for path in (tmp_path, tmp_path / "model.bin", tmp_path / "none"):
        with pytest.raises(ConfigurationError):
            engine(path)


def test_speakers_have_letters() -> None:
    assert [speaker_name(number) for number in (0, 25, 26)] == ["A", "Z", "A1"]
