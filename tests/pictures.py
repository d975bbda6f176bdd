"""Pictures for tests, written by hand: honest small ones, and those that lie about what they are or how large they would become."""

from __future__ import annotations

import base64
import struct
import zlib


def png(width: int = 2, height: int = 2, *, frames: int | None = None) -> bytes:
    """Return a PNG of one colour; it is drawn only where it is small."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * 3 * width for _ in range(min(height, 8)))) if width < 100 else b""
    animation = [(b"acTL", struct.pack(">II", frames, 0))] if frames else []
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in [(b"IHDR", header), *animation, (b"IDAT", rows), (b"IEND", b"")])


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def jpeg(width: int = 2, height: int = 2) -> bytes:
    """Return what has the parts of a JPEG."""
    size = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + b"\x01\x11\0\x02\x11\0\x03\x11\0"
    return b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + b"\0" * 9 + size + b"\xff\xda" + b"\0\x02" + b"\x12\x34" + b"\xff\xd9"


def gif(width: int = 2, height: int = 2, *, frames: int = 1) -> bytes:
    """Return a GIF of so many frames."""
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0" * 6
    frame = b"\x21\xf9\x04\0\0\0\0\0" + b"\x2c" + b"\0" * 4 + struct.pack("<HHB", width, height, 0) + b"\x02\x02\x4c\x01\0"
    return head + frame * frames + b"\x3b"


def webp(width: int = 2, height: int = 2, *, kind: bytes = b"VP8L") -> bytes:
    """Return what has the head of a WebP."""
    body = {
        b"VP8L": b"\x2f" + struct.pack("<I", max(0, width - 1) | max(0, height - 1) << 14),
        b"VP8 ": b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height),
        b"VP8X": b"\0" * 4 + max(0, width - 1).to_bytes(3, "little") + max(0, height - 1).to_bytes(3, "little"),
    }[kind]
    chunk = kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def data_url(content: bytes, media_type: str = "image/png") -> str:
    """Return the content as a data: URL."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"
