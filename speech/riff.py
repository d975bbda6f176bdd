"""Reads what a WAV file says of its own length, which ffmpeg quietly corrects. Knows nothing of its sound."""

from __future__ import annotations

import os
import struct
from typing import BinaryIO

_UNKNOWN = (0, 0xFFFFFFFF)  # what programs write that stream and cannot come back to the header
_MOST_CHUNKS = 64


def missing_bytes(file: BinaryIO) -> int:
    """Return how many bytes fewer there are than the header of a WAV file says; none for other files and for streamed ones."""
    end = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(12)
    if len(head) < 12 or head[:4] != b"RIFF" or head[8:] != b"WAVE":
        return 0
    streamed = struct.unpack("<I", head[4:8])[0] in _UNKNOWN
    for _ in range(_MOST_CHUNKS):
        chunk = file.read(8)
        if len(chunk) < 8:
            return 0
        name, size = struct.unpack("<4sI", chunk)
        if name == b"data":
            return 0 if streamed and size in _UNKNOWN else max(0, size - (end - file.tell()))
        file.seek(size + size % 2, os.SEEK_CUR)
    return 0
