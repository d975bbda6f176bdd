"""A sound file that can be listened to more than once in bounded memory. Knows nothing of models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from speech.audio import SAMPLE_RATE, Samples, SoundLimits, read_blocks

# Of files up to this long the samples are kept; longer ones are decoded again each time, which costs little beside listening.
_KEPT = 10 * 60 * SAMPLE_RATE


class Recording:
    """One file. `split` keeps its channels apart."""

    def __init__(self, path: Path, limits: SoundLimits, *, split: bool = False) -> None:
        self._path = path
        self._limits = limits
        self._split = split
        self._kept: list[Samples] | None = []
        self._whole = False

    def blocks(self) -> Iterator[Samples]:
        """Yield the samples, (channels, time), in blocks. Raises what `read_blocks` does."""
        if self._whole and self._kept is not None:
            yield from self._kept
            return
        keeping: list[Samples] | None = []
        length = 0
        for block in read_blocks(self._path, self._limits, split=self._split):
            length += block.shape[1]
            if keeping is not None:
                keeping.append(block)
            if length > _KEPT:
                keeping = None
            yield block
        self._kept = keeping
        self._whole = True
