"""Finds speech in sound with silero's network on ONNX Runtime, block by block in constant memory. Knows nothing of what is said.

The network says for each 32 ms how likely somebody speaks. Speech begins where that rises above one bound and ends where it has stayed
below a lower one for a while; each stretch gets a margin, so that no consonant is cut off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from speech.audio import SAMPLE_RATE

FRAME = 512
_CONTEXT = 64
_STATE = (1, 1, 128)


@dataclass(frozen=True, slots=True)
class VadBounds:
    """When it is speech. Probabilities, and seconds."""

    begin: float = 0.5
    end: float = 0.35
    silence: float = 0.5
    shortest: float = 0.1
    margin: float = 0.3


class SpeechNetwork:
    """The network, loaded once; each recording has a `SpeechDetector` of its own on it."""

    def __init__(self, model: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.inter_op_num_threads = options.intra_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    def run(self, frames: NDArray[np.float32], state: tuple[NDArray[np.float32], NDArray[np.float32]]) -> tuple[NDArray[np.float32], ...]:
        """Return the probability of each frame, and the state after them."""
        probabilities, h, c = self._session.run(None, {"input": frames, "h": state[0], "c": state[1]})
        return np.ravel(probabilities), h, c


class SpeechDetector:
    """Listens to one recording from its beginning to its end."""

    def __init__(self, network: SpeechNetwork, bounds: VadBounds | None = None) -> None:
        self._network = network
        self._bounds = bounds or VadBounds()
        self._state = (np.zeros(_STATE, np.float32), np.zeros(_STATE, np.float32))
        self._context = np.zeros(_CONTEXT, np.float32)
        self._rest = np.zeros(0, np.float32)
        self._frames = 0
        self._samples = 0
        self._began: int | None = None
        self._quiet: int | None = None
        self._found: list[tuple[float, float]] = []

    def feed(self, samples: NDArray[np.float32]) -> None:
        """Listen to the next samples."""
        self._samples += len(samples)
        waiting = np.concatenate((self._rest, samples))
        whole = len(waiting) // FRAME * FRAME
        self._rest = waiting[whole:]
        if whole:
            self._listen(waiting[:whole])

    def finish(self) -> list[tuple[float, float]]:
        """Return where speech is, in seconds: in order, apart from each other, margins included."""
        if len(self._rest):
            self._listen(np.pad(self._rest, (0, FRAME - len(self._rest))))
            self._rest = self._rest[:0]
        if self._began is not None:
            self._close(self._quiet if self._quiet is not None else self._frames)
        return list(_joined(self._found, margin=self._bounds.margin, end=self._samples / SAMPLE_RATE))

    def _listen(self, samples: NDArray[np.float32]) -> None:
        frames = samples.reshape(-1, FRAME)
        before = np.vstack((self._context, frames[:-1, -_CONTEXT:]))
        self._context = frames[-1, -_CONTEXT:]
        probabilities, *state = self._network.run(np.hstack((before, frames)), self._state)
        self._state = (state[0], state[1])
        for probability in probabilities.tolist():
            self._take(probability)
            self._frames += 1

    def _take(self, probability: float) -> None:
        if probability >= self._bounds.begin:
            self._quiet = None
            if self._began is None:
                self._began = self._frames
        elif self._began is not None and probability < self._bounds.end:
            if self._quiet is None:
                self._quiet = self._frames
            if (self._frames - self._quiet) * FRAME >= self._bounds.silence * SAMPLE_RATE:
                self._close(self._quiet)

    def _close(self, end: int) -> None:
        assert self._began is not None  # noqa: S101 - the callers looked
        seconds = FRAME / SAMPLE_RATE
        if (end - self._began) * seconds >= self._bounds.shortest:
            self._found.append((self._began * seconds, end * seconds))
        self._began = self._quiet = None


def clips_of(speech: list[tuple[float, float]], *, longest: float = 30.0, gap: float = 1.0) -> list[tuple[float, float]]:
    """Return the stretches to listen to: neighbours share a window of `longest` seconds, and what goes on without a gap stays whole."""
    clips: list[tuple[float, float]] = []
    for begin, end in speech:
        if clips and (end - clips[-1][0] <= longest or begin - clips[-1][1] < gap):
            clips[-1] = (clips[-1][0], end)
        else:
            clips.append((begin, end))
    return clips


def _joined(found: list[tuple[float, float]], *, margin: float, end: float) -> Iterator[tuple[float, float]]:
    last: tuple[float, float] | None = None
    for begin, stop in found:
        wider = (max(0.0, begin - margin), min(end, stop + margin))
        if last is not None and wider[0] <= last[1]:
            last = (last[0], wider[1])
            continue
        if last is not None:
            yield last
        last = wider
    if last is not None:
        yield last
