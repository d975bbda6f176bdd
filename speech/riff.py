"""The heads of WAV files: what one says of its length, which ffmpeg quietly corrects, and how one is written. Knows nothing of sound."""

from __future__ import annotations

import os
import struct
from typing import BinaryIO

HEAD = 44
"""Bytes that `wave_head` returns."""
UNKNOWN = 0xFFFFFFFF
"""The length of a stream whose length is not known yet."""
_UNKNOWN = (0, UNKNOWN)  # what programs write that stream and cannot come back to the header
_MOST_CHUNKS = 64


def missing_bytes(file: BinaryIO) -> int:
    """Return how many bytes fewer there are than the header of a WAV file says; none for other files and for streamed ones."""
    place = sample_bytes(file)
    return max(0, place.stop - file.seek(0, os.SEEK_END)) if place is not None else 0


def sample_bytes(file: BinaryIO) -> range | None:
    """Return where the header of a WAV file says that its samples stand, past its end maybe; None where it has none.

    Those of a streamed file reach to its end.
    """
    end = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(12)
    if len(head) < 12 or head[:4] != b"RIFF" or head[8:] != b"WAVE":
        return None
    streamed = struct.unpack("<I", head[4:8])[0] in _UNKNOWN
    for _ in range(_MOST_CHUNKS):
        chunk = file.read(8)
        if len(chunk) < 8:
            return None
        name, size = struct.unpack("<4sI", chunk)
        place = file.tell()
        if name == b"data":
            return range(place, end if streamed and size in _UNKNOWN else place + size)
        file.seek(size + size % 2, os.SEEK_CUR)
    return None


def wave_head(length: int, *, rate: int) -> bytes:
    """Return what stands before `length` bytes of 16-bit samples in one channel."""
    whole = UNKNOWN if length == UNKNOWN else length + HEAD - 8
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16)
    return struct.pack("<4sI4s", b"RIFF", whole, b"WAVE") + form + struct.pack("<4sI", b"data", length)
