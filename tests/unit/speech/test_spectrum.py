from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import faster_whisper
import numpy as np
import pytest
import torch
import whisper

from speech.spectrum import FRAMES, HOP, LogMel, Signal, Tape
from speech.survey import Surveyor
from speech.vad import SpeechDetector, SpeechNetwork, clips_of
from tests.unit.speech.sounds import RATE, noise, tone

NETWORK = SpeechNetwork(Path(faster_whisper.__file__).parent / "assets" / "silero_vad_v6.onnx")


def log_mel(samples: Signal) -> np.ndarray:
    spectrum = torch.stft(torch.from_numpy(samples), 400, 160, window=torch.hann_window(400), center=False, return_complex=True)
    return torch.clamp(whisper.audio.mel_filters(torch.device("cpu"), 80) @ spectrum.abs() ** 2, min=1e-10).log10().numpy()


def blocks(signal: Signal, length: int = RATE) -> Iterator[Signal]:
    return (signal[begin : begin + length] for begin in range(0, len(signal), length))


def surveyed(signal: Signal, mel: LogMel = log_mel, detector: SpeechDetector | None = None) -> Surveyor:
    surveyor = Surveyor(mel, detector=detector)
    list(surveyor.go(blocks(signal)))
    return surveyor


def test_a_tape_is_mirrored_before_its_beginning_and_silent_after_its_end() -> None:
    tape = Tape(blocks(np.arange(10, dtype=np.float32), 3))
    assert tape.read(-3, 2).tolist() == [3, 2, 1, 0, 1]
    assert tape.read(8, 12).tolist() == [8, 9, 0, 0]
    assert tape.end == 10


def test_a_tape_forgets_what_lies_behind_it() -> None:
    tape = Tape(blocks(np.ones(100 * RATE, np.float32)))
    for second in range(99):
        tape.read(second * RATE, (second + 1) * RATE)
    assert tape._held.size <= 2 * RATE


@pytest.mark.parametrize("seconds", [0.015, 0.5, 7.3, 30.0, 61.7])
def test_windows_of_a_recording_are_those_of_whisper(seconds: float) -> None:
    signal = noise(seconds) * np.linspace(0.01, 1.0, round(seconds * RATE), dtype=np.float32)
    survey = surveyed(signal).found()
    windows = survey.windows(lambda: blocks(signal), log_mel, 80)
    expected = whisper.audio.log_mel_spectrogram(signal, padding=480_000).numpy()
    assert survey.frames == expected.shape[1] - FRAMES == len(signal) // HOP
    np.testing.assert_allclose(windows.hearing(0), expected[:, :FRAMES], rtol=0, atol=1e-5)
    for begin in range(0, survey.frames, 1234):
        count = min(FRAMES, survey.frames - begin)
        window = windows.window(begin, count)
        np.testing.assert_allclose(window[:, :count], expected[:, begin : begin + count], rtol=0, atol=1e-5)
        assert not window[:, count:].any()


def test_only_of_short_recordings_the_frames_are_kept() -> None:
    assert surveyed(noise(50.0)).found().seen is not None
    assert surveyed(noise(70.0)).found().seen is None


@pytest.mark.parametrize("signal", [np.zeros(60 * RATE, np.float32), noise(60.0), tone(60.0), tone(60.0, hertz=50.0)], ids=range(4))
def test_in_silence_noise_and_tones_there_is_no_speech(signal: Signal) -> None:
    assert surveyed(signal, detector=SpeechDetector(NETWORK)).found().clips == ()


class _Loud:
    """Takes loudness for speech."""

    def run(self, frames: np.ndarray, state: tuple) -> tuple:
        assert frames.shape[1] == 512 + 64
        return np.abs(frames[:, 64:]).max(axis=1), *state


def spoken(*stretches: tuple[float, float], seconds: float) -> list[tuple[float, float]]:
    signal = np.zeros(round(seconds * RATE), np.float32)
    for begin, end in stretches:
        signal[round(begin * RATE) : round(end * RATE)] = 0.9
    detector = SpeechDetector(_Loud())
    for block in blocks(signal, 7001):
        detector.feed(block)
    return detector.finish()


def test_speech_is_found_where_it_is_with_a_margin() -> None:
    assert spoken((2.0, 3.0), (7.0, 8.0), seconds=10.0) == [pytest.approx((1.7, 3.3), abs=0.04), pytest.approx((6.7, 8.3), abs=0.04)]


def test_a_breath_is_no_end_and_a_click_no_beginning() -> None:
    assert spoken((2.0, 3.0), (3.3, 4.0), (6.0, 6.02), seconds=10.0) == [pytest.approx((1.7, 4.3), abs=0.04)]


def test_speech_to_the_end_ends_with_the_recording() -> None:
    assert spoken((1.0, 5.0), seconds=5.0) == [pytest.approx((0.7, 5.0), abs=0.04)]


def test_stretches_share_a_window_but_no_long_silence() -> None:
    assert clips_of([(0.0, 5.0), (8.0, 20.0), (28.0, 35.0), (35.5, 70.0), (200.0, 201.0)]) == [(0.0, 20.0), (28.0, 70.0), (200.0, 201.0)]
