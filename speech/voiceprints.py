"""Tells voices apart: an embedder in ONNX says how a stretch of speech sounds, and stretches that sound alike are one speaker's.

Embedders as wespeaker and 3D-Speaker export them are read: 80 log-mel bands as Kaldi computes them, their mean taken off, (1, frames,
bands), to one vector. Knows nothing of words.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidArgument, InvalidGraph, InvalidProtobuf, NoSuchFile

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from speech.audio import SAMPLE_RATE
from speech.spectrum import Tape

Vector = NDArray[np.float32]
SHORTEST, LONGEST = 0.4, 10.0  # seconds: less says too little of a voice, more says no more of it
_BANDS, _FRAME, _HOP, _FFT = 80, 400, 160, 512
_LOWEST, _EMPHASIS = 20.0, 0.97
_FULL_SCALE = 32_768.0
_UNREADABLE = Bilingual(
    "FANAR_SPEECH__EMBEDDER is no ONNX file that turns (1, frames, 80) into one vector.",
    "ليس FANAR_SPEECH__EMBEDDER ملف ONNX يحوّل (1, frames, 80) إلى متجه واحد.",
)


class VoicePrints:
    """An embedder. Vectors have the length one."""

    def __init__(self, model: Path, *, threads: int = 1) -> None:
        """Raises ConfigurationError for a file that is no embedder."""
        options = onnxruntime.SessionOptions()
        options.inter_op_num_threads, options.intra_op_num_threads = 1, threads
        options.log_severity_level = 4
        try:
            self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
            self._input = self._session.get_inputs()[0].name
            self.of(np.full(SAMPLE_RATE, 0.1, np.float32))
        except (Fail, InvalidArgument, InvalidGraph, InvalidProtobuf, NoSuchFile, IndexError, ValueError) as cause:
            raise ConfigurationError(_UNREADABLE) from cause

    def of(self, samples: NDArray[np.float32]) -> Vector:
        """Return how a stretch of at least `SHORTEST` seconds sounds."""
        bands = log_bands(samples[: round(LONGEST * SAMPLE_RATE)])
        vector = np.ravel(self._session.run(None, {self._input: (bands - bands.mean(axis=0))[None]})[0]).astype(np.float32)
        length = float(np.linalg.norm(vector))
        return vector / length if length else vector


class Speakers:
    """Gives stretches to speakers as they come: to the one who sounds most alike, or to a new one where nobody sounds so by `alike`."""

    def __init__(self, *, alike: float) -> None:
        self._alike = alike
        self._sums: list[Vector] = []

    def take(self, vector: Vector) -> int:
        """Return the number of the speaker, from 0."""
        nearest, likeness = self._nearest(vector)
        if likeness < self._alike:
            self._sums.append(vector.copy())
            return len(self._sums) - 1
        self._sums[nearest] += vector
        return nearest

    def settled(self, vector: Vector) -> int:
        """Return the speaker that a stretch is given to once all are known."""
        return self._nearest(vector)[0]

    def _nearest(self, vector: Vector) -> tuple[int, float]:
        if not self._sums:
            return 0, -1.0
        likeness = [float(vector @ total) / (float(np.linalg.norm(total)) or 1.0) for total in self._sums]
        return int(np.argmax(likeness)), max(likeness)


def voices_of(stretches: Sequence[tuple[float, float]], tape: Tape, prints: VoicePrints, *, alike: float) -> list[int]:
    """Return whose voice each stretch has, in seconds and in order: numbers from 0, by who spoke first.

    What is too short to tell is given to whoever spoke before.
    """
    speakers = Speakers(alike=alike)
    vectors = [_heard(begin, end, tape, prints) for begin, end in stretches]
    for vector in vectors:
        if vector is not None:
            speakers.take(vector)
    # The first stretches were given away before all voices were known.
    numbers: list[int] = []
    names: dict[int, int] = {}
    last = 0
    for vector in vectors:
        if vector is not None:
            found = speakers.settled(vector)
            last = names.setdefault(found, len(names))
        numbers.append(last)
    return numbers


def _heard(begin: float, end: float, tape: Tape, prints: VoicePrints) -> Vector | None:
    end = min(end, begin + LONGEST)
    if end - begin < SHORTEST:
        return None
    return prints.of(tape.read(round(begin * SAMPLE_RATE), round(end * SAMPLE_RATE)))


def log_bands(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the energy in each of 80 mel bands, (frames, bands), as Kaldi's fbank does without dither."""
    frames = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float64) * _FULL_SCALE, _FRAME)[::_HOP]
    frames = frames - frames.mean(axis=1, keepdims=True)
    before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    power = np.abs(np.fft.rfft((frames - _EMPHASIS * before) * np.hamming(_FRAME), _FFT)) ** 2
    return np.log(np.maximum(power @ _BANKS, np.finfo(np.float32).eps)).astype(np.float32)


def _mel(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    mels: NDArray[np.float64] = 1127.0 * np.log1p(hertz / 700.0)
    return mels


def _banks() -> NDArray[np.float64]:
    places = _mel(np.arange(_FFT // 2 + 1) * SAMPLE_RATE / _FFT)[:, None]
    ends = _mel(np.array([_LOWEST, SAMPLE_RATE / 2]))
    edges = np.linspace(ends[0], ends[1], _BANDS + 2)
    rising = (places - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - places) / (edges[2:] - edges[1:-1])
    banks: NDArray[np.float64] = np.maximum(0.0, np.minimum(rising, falling))
    return banks


_BANKS = _banks()
