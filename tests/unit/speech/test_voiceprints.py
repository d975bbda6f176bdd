"""Voices told apart, by an embedder of a toy's size: it returns how much more than others each band rises and falls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from fanar.errors import ConfigurationError
from fanar.events import TranscriptCompleted, TranscriptDelta, TranscriptEvent
from fanar.media import Segment, TranscriptionOptions
from speech import session
from speech.audio import SoundLimits
from speech.session import Listening, transcribe
from speech.voiceprints import VoicePrints, log_bands
from tests.fakes.entailment import _bytes, _int, _ints, _node, _value
from tests.unit.speech.sounds import RATE, noise, tone, wav

FLOAT = 1
DEEP, HIGH = 400.0, 2500.0


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("voices") / "embedder.onnx"
    axes = _bytes(5, _bytes(1, b"axes") + _ints(8, 1) + _int(20, 7))
    drop, keep = (axes + _bytes(5, _bytes(1, b"keepdims") + _int(3, kept) + _int(20, 2)) for kept in (0, 1))
    moved = _node("ReduceSumSquare", ["feats"], "moved", drop)
    usual = _node("ReduceMean", ["moved"], "usual", keep)
    graph = b"".join(_bytes(1, node) for node in (moved, usual, _node("Sub", ["moved", "usual"], "embs"))) + _bytes(2, b"tiny")
    graph += _value("feats", FLOAT, ["batch", "frames", "bands"]) + _value("embs", FLOAT, ["batch", "bands"], field=12)
    path.write_bytes(_int(1, 8) + _bytes(7, graph) + _bytes(8, _int(2, 13)))
    return path


def spoken(hertz: float, seconds: float) -> np.ndarray:
    """A voice: a tone that comes and goes."""
    sound = tone(seconds, hertz=hertz)
    swell = np.sin(np.pi * np.arange(len(sound)) / (RATE // 4)) ** 2
    return (sound * swell + noise(seconds, loudness=0.01)).astype(np.float32)


def turns(*voices: tuple[float, float]) -> tuple[np.ndarray, list[Segment]]:
    """Stretches by these voices, in hertz and seconds, one after the other."""
    segments, place = [], 0.0
    for number, (_, seconds) in enumerate(voices):
        segments.append(Segment(number, place, place + seconds, f" {number}"))
        place += seconds
    return np.concatenate([spoken(hertz, seconds) for hertz, seconds in voices]), segments


def speakers(embedder: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, *voices: tuple[float, float]) -> list[str | None]:
    sound, segments = turns(*voices)

    def listened(*_: object) -> Iterator[TranscriptEvent]:
        yield from map(TranscriptDelta, segments)
        yield TranscriptCompleted("ar", len(sound) / RATE, "toy")

    monkeypatch.setattr(session, "listened", listened)
    (folder / "talk.wav").write_bytes(wav(sound))
    shared = Listening(None, None, SoundLimits(), "toy", prints=VoicePrints(embedder))  # type: ignore[arg-type]
    events = list(transcribe(folder / "talk.wav", TranscriptionOptions(channels=True), shared))
    assert isinstance(events[-1], TranscriptCompleted)
    return [event.segment.speaker for event in events if isinstance(event, TranscriptDelta)]


def test_who_speaks_again_is_known_again(embedder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = [(HIGH, 1.5), (DEEP, 2.0), (DEEP, 1.0), (HIGH, 12.0), (DEEP, 1.0)]
    assert speakers(embedder, tmp_path, monkeypatch, *talk) == ["A", "B", "B", "A", "B"]


def test_one_voice_is_one_speaker_and_a_word_too_short_to_tell_goes_with_what_stands_before_it(
    embedder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert speakers(embedder, tmp_path, monkeypatch, (DEEP, 1.0), (DEEP, 3.0)) == ["A", "A"]
    assert speakers(embedder, tmp_path, monkeypatch, (HIGH, 0.2), (DEEP, 2.0), (HIGH, 2.0), (DEEP, 0.2)) == ["A", "A", "B", "B"]


def test_bands_are_where_the_sound_is() -> None:
    deep, high = (int(log_bands(tone(1.0, hertz=hertz)).mean(axis=0).argmax()) for hertz in (DEEP, HIGH))
    assert 0 < deep < high < 80
    assert log_bands(tone(1.0)).shape == (98, 80)


def test_what_is_no_embedder_is_refused_with_its_setting(tmp_path: Path) -> None:
    (tmp_path / "page.onnx").write_text("<html>")
    for name in ("page.onnx", "absent.onnx"):
        with pytest.raises(ConfigurationError, match="FANAR_SPEECH__EMBEDDER"):
            VoicePrints(tmp_path / name)
