"""Reads a WAV that is still coming in: its head, then samples as they arrive. Knows nothing of connections.

What is streamed has no true length in its head, so its end is where the data ends.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np

from fanar.media import Sound

_HEAD_BYTES = 64_000  # more before the first sample is no sound
_RATES = range(8_000, 192_001)
_INTEGER, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE


class NoWaveError(ValueError):
    """What came in is no WAV of a form that is read here: 16-bit or floating samples of one or two channels."""


@dataclass(frozen=True, slots=True)
class _Form:
    kind: int
    channels: int
    rate: int
    bits: int

    @property
    def frame(self) -> int:
        """Bytes of one moment."""
        return self.channels * self.bits // 8


class WaveReader:
    """Takes bytes in and gives sound back."""

    def __init__(self) -> None:
        self._waiting = b""
        self._form: _Form | None = None

    def add(self, data: bytes) -> Sound | None:
        """Return what can be heard of what has come so far. Raises NoWaveError."""
        self._waiting += data
        if self._form is None:
            self._form = self._head()
            if self._form is None:
                return None
        whole = len(self._waiting) // self._form.frame * self._form.frame
        samples, self._waiting = self._waiting[:whole], self._waiting[whole:]
        return Sound(_mono(samples, self._form), self._form.rate) if samples else None

    @property
    def begun(self) -> bool:
        """Whether the head was there."""
        return self._form is not None

    def _head(self) -> _Form | None:
        """Return the form once the samples begin, and leave only them waiting."""
        data, place, form = self._waiting, 12, None
        if len(data) >= place and (data[:4], data[8:12]) != (b"RIFF", b"WAVE"):
            raise NoWaveError
        while len(data) >= place + 8:
            name, length = struct.unpack_from("<4sI", data, place)
            place += 8
            if name == b"data":
                if form is None:
                    raise NoWaveError
                self._waiting = data[place:]
                return form
            if name == b"fmt " and len(data) >= place + 16:
                form = _read_form(data[place : place + 16])
            place += length + length % 2
        if len(data) > _HEAD_BYTES:
            raise NoWaveError
        return None


def _read_form(data: bytes) -> _Form:
    kind, channels, rate, _, _, bits = struct.unpack("<HHIIHH", data)
    kind = (_FLOAT if bits == 32 else _INTEGER) if kind == _EXTENSIBLE else kind
    if (kind, bits) not in ((_INTEGER, 16), (_FLOAT, 32)) or channels not in (1, 2) or rate not in _RATES:
        raise NoWaveError
    return _Form(kind, channels, rate, bits)


def _mono(samples: bytes, form: _Form) -> bytes:
    if form.kind == _INTEGER and form.channels == 1:
        return samples
    values = np.frombuffer(samples, "<i2" if form.kind == _INTEGER else "<f4").astype(np.float32).reshape(-1, form.channels).mean(axis=1)
    if form.kind == _FLOAT:
        values = np.nan_to_num(values) * 32_767
    mono: bytes = np.clip(values, -32_768, 32_767).astype("<i2").tobytes()
    return mono
