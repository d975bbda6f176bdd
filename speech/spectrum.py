"""What Whisper sees: log-mel windows of 30 seconds, cut out of a recording of any length in bounded memory. Knows no model.

Whisper measures loudness against the loudest moment of the whole recording. So a recording is listened to twice: once for that moment,
once for the windows. Where one pass holds all of it, nothing is computed twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

Signal = NDArray[np.float32]
Mel = NDArray[np.float32]  # (mels, frames)
LogMel = Callable[[Signal], Mel]  # samples -> one frame each HOP, over WINDOW samples, not padded

WINDOW = 400
HOP = 160
FRAMES = 3000
FRAMES_PER_SECOND = 100
_REACH = WINDOW // 2  # a frame looks so far to both sides of its middle
SILENCE = -10.0  # what a frame without any sound measures: Whisper looks no deeper
_RANGE = 8.0  # what is quieter than the loudest by so many powers of ten counts as silence


class Tape:
    """The samples of a recording, wound forwards only: what lies before the last place that was asked for may be gone."""

    def __init__(self, blocks: Iterator[Signal]) -> None:
        self._blocks = blocks
        self._begin = 0
        self._held = np.zeros(0, np.float32)
        self._ended = False

    @property
    def end(self) -> int:
        """How many samples have come so far; all there are, once it has ended."""
        return self._begin + len(self._held)

    def wind(self, to: int) -> bool:
        """Have all samples before `to` at hand; return whether there are so many."""
        pieces = [self._held]
        length = self.end
        while length < to and not self._ended:
            block = next(self._blocks, None)
            if block is None:
                self._ended = True
                break
            pieces.append(block)
            length += len(block)
        if len(pieces) > 1:
            self._held = np.concatenate(pieces)
        return length >= to

    def read(self, begin: int, end: int) -> Signal:
        """Return these samples: mirrored before the first one, as Whisper does it, and silence after the last."""
        self.wind(max(end, -begin + 1))
        self._forget(max(0, begin))
        inside = self._held[max(begin, 0) - self._begin : end - self._begin]
        silence = np.zeros(max(0, end - max(begin, 0) - len(inside)), np.float32)
        if begin >= 0:
            return np.concatenate((inside, silence)) if len(silence) else inside
        mirrored = np.zeros(-begin, np.float32)
        near = self._held[1 : 1 - begin]
        mirrored[: len(near)] = near
        return np.concatenate((mirrored[::-1], inside, silence))

    def _forget(self, before: int) -> None:
        if before > self._begin:
            self._held = self._held[before - self._begin :]
            self._begin = before


def read_frames(tape: Tape, log_mel: LogMel, begin: int, count: int) -> Mel:
    """Return the log-mel frames `begin` to `begin + count` of a recording, not yet measured against its loudest."""
    return log_mel(tape.read(begin * HOP - _REACH, (begin + count - 1) * HOP + _REACH))


def last_frame(samples: int) -> int:
    """Return the frame after the last one that hears anything of a recording of so many samples."""
    return (samples + _REACH) // HOP + 1


class Windows:
    """Windows of one recording, in the order of time. `peak` is its loudest moment; `seen` are its first frames, where they were kept."""

    def __init__(self, tape: Tape, log_mel: LogMel, *, mels: int, peak: float, seen: Mel | None = None) -> None:
        self._tape = tape
        self._log_mel = log_mel
        self._mels = mels
        self._peak = peak
        self._seen = seen

    def window(self, begin: int, count: int, *, length: int = FRAMES) -> Mel:
        """Return a window of `length` frames that begins with `count` frames of the recording and is empty after them."""
        window = np.zeros((self._mels, length), np.float32)
        window[:, :count] = self._measured(begin, count)
        return window

    def hearing(self, begin: int) -> Mel:
        """Return the window from `begin` with the silence that follows a recording, as Whisper hears it to tell the language."""
        return self._measured(begin, FRAMES)

    def _measured(self, begin: int, count: int) -> Mel:
        seen = self._seen
        if seen is not None and begin + count <= seen.shape[1]:
            found = seen[:, begin : begin + count]
        else:
            found = read_frames(self._tape, self._log_mel, begin, count)
        return (np.maximum(found, np.float32(self._peak - _RANGE)) + np.float32(4.0)) / np.float32(4.0)
