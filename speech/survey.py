"""The first pass over a recording: how long it is, how loud, where speech is. Knows nothing of what is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from speech.audio import SAMPLE_RATE, Samples
from speech.spectrum import FRAMES, HOP, SILENCE, LogMel, Mel, Signal, Tape, Windows, last_frame, read_frames
from speech.vad import SpeechDetector, clips_of

_KEPT = 2 * FRAMES  # of recordings up to this long the frames are kept, and the second pass computes none
_FULL_SCALE = np.float32(32768.0)

Blocks = Callable[[], Iterator[Signal]]


@dataclass(frozen=True, slots=True)
class Survey:
    """What the first pass found. `clips` are the stretches to listen to, in frames; None means all of it."""

    samples: int
    peak: float
    seen: Mel | None
    clips: tuple[tuple[int, int], ...] | None

    @property
    def frames(self) -> int:
        """How many frames the recording fills."""
        return self.samples // HOP

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.samples / SAMPLE_RATE

    def windows(self, blocks: Blocks, log_mel: LogMel, mels: int) -> Windows:
        """Return the windows for the second pass."""
        return Windows(Tape(blocks()), log_mel, mels=mels, peak=self.peak, seen=self.seen)


class Surveyor:
    """Goes over one recording once. `detector` finds speech where only that is to be listened to."""

    def __init__(self, log_mel: LogMel, *, detector: SpeechDetector | None) -> None:
        self._log_mel = log_mel
        self._detector = detector
        self._peak = SILENCE
        self._seen: list[Mel] | None = []

    def go(self, blocks: Iterator[Signal]) -> Iterator[float]:
        """Go over the recording and yield after each stretch how many seconds of it are done. Then `found` says what there was."""
        tape = Tape(self._overheard(blocks))
        begin = 0
        while tape.wind((begin + FRAMES) * HOP + HOP):
            self._look(tape, begin, FRAMES)
            begin += FRAMES
            yield begin * HOP / SAMPLE_RATE
        self._samples = tape.end
        rest = last_frame(tape.end) - begin
        if rest > 0:
            self._look(tape, begin, rest)

    def found(self) -> Survey:
        """Return what there was."""
        seen = None
        if self._seen:
            mels = len(self._seen[0])
            seen = np.concatenate((*self._seen, np.full((mels, FRAMES), SILENCE, np.float32)), axis=1)
        return Survey(self._samples, self._peak, seen, self._clips())

    def _clips(self) -> tuple[tuple[int, int], ...] | None:
        if self._detector is None:
            return None
        frames = self._samples // HOP
        per_second = SAMPLE_RATE // HOP
        found = ((round(begin * per_second), min(frames, round(end * per_second))) for begin, end in clips_of(self._detector.finish()))
        return tuple((begin, end) for begin, end in found if begin < end)

    def _overheard(self, blocks: Iterator[Signal]) -> Iterator[Signal]:
        for block in blocks:
            if self._detector is not None:
                self._detector.feed(block)
            yield block

    def _look(self, tape: Tape, begin: int, count: int) -> None:
        frames = read_frames(tape, self._log_mel, begin, count)
        self._peak = max(self._peak, float(frames.max()))
        if self._seen is not None:
            self._seen.append(frames)
            if begin + count > _KEPT:
                self._seen = None


def channel(blocks: Iterator[Samples], number: int) -> Iterator[Signal]:
    """Yield one channel as numbers between -1 and 1."""
    return (block[number].astype(np.float32) / _FULL_SCALE for block in blocks)
