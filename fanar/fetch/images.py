"""Looks at an image without drawing it: what it really is, how large it would become, whether it is all there. Knows nothing of pixels.

PNG, JPEG, GIF and WebP are images here. What a server or a file name calls it is not asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

from fanar.bilingual import Bilingual
from fanar.errors import TooLargeError, UnprocessableError

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 12_000
MOST_FRAMES = 200

_NO_IMAGE = Bilingual("This is no PNG, JPEG, GIF or WebP image.", "هذه ليست صورة PNG أو JPEG أو GIF أو WebP.")
_BROKEN = Bilingual("The image is damaged or incomplete.", "الصورة تالفة أو ناقصة.")
_TOO_LARGE = Bilingual(
    f"The image is larger than {MOST_PIXELS // 1_000_000} megapixels, {LONGEST_SIDE} pixels a side or {MOST_FRAMES} frames.",
    f"الصورة أكبر من {MOST_PIXELS // 1_000_000} ميغابكسل أو {LONGEST_SIDE} بكسل للضلع أو {MOST_FRAMES} إطار.",
)
# The frames that say how large a JPEG is; what lies between them in the numbering says something else.
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What is known of an image."""

    media_type: str
    width: int
    height: int
    frames: int = 1


def look_at(content: bytes) -> ImageFacts:
    """Return the facts. Raises UnprocessableError for what is no image or not all of one, TooLargeError for one that would be too large."""
    for begins, reader in _READERS:
        if content.startswith(begins) and (begins != b"RIFF" or content[8:12] == b"WEBP"):
            try:
                facts = reader(content)
            except (IndexError, ValueError) as cause:
                raise UnprocessableError(_BROKEN) from cause
            return _bounded(facts)
    raise UnprocessableError(_NO_IMAGE)


def _bounded(facts: ImageFacts) -> ImageFacts:
    if not facts.width or not facts.height:
        raise UnprocessableError(_BROKEN)
    if facts.width * facts.height > MOST_PIXELS or max(facts.width, facts.height) > LONGEST_SIDE or facts.frames > MOST_FRAMES:
        raise TooLargeError(_TOO_LARGE)
    return facts


def _png(content: bytes) -> ImageFacts:
    view = memoryview(content)
    at, size, frames = 8, (0, 0), 1
    while True:
        length = _number(view, at, 4)
        kind = bytes(view[at + 4 : at + 8])
        end = at + 8 + length
        if _number(view, end, 4) != crc32(view[at + 4 : end]):
            raise ValueError
        if at == 8:
            _demand(kind == b"IHDR" and length == 13)
            size = _number(view, 16, 4), _number(view, 20, 4)
        if kind == b"acTL":
            frames = _number(view, at + 8, 4)
        if kind == b"IEND":
            return ImageFacts("image/png", *size, frames)
        at = end + 4


def _jpeg(content: bytes) -> ImageFacts:
    at, size = 2, (0, 0)
    while True:
        _demand(content[at] == 0xFF)
        while content[at] == 0xFF:
            at += 1
        marker = content[at]
        at += 1
        if marker in _JPEG_ALONE:
            continue
        if marker == 0xDA:
            # What is drawn follows; it ends with the mark of the end.
            _demand(content.rfind(b"\xff\xd9") > at)
            return ImageFacts("image/jpeg", *size)
        _demand(marker != 0xD9)
        if marker in _JPEG_SIZES:
            size = _number(content, at + 5, 2), _number(content, at + 3, 2)
        at += max(2, _number(content, at, 2))


def _gif(content: bytes) -> ImageFacts:
    size = _number(content, 6, 2, "little"), _number(content, 8, 2, "little")
    at, frames = 13 + _palette(content[10]), 0
    while content[at] != 0x3B:
        block = content[at]
        _demand(block in (0x21, 0x2C))
        if block == 0x2C:
            frames += 1
            at += 11 + _palette(content[at + 9])
        else:
            at += 2
        while content[at]:
            at += 1 + content[at]
        at += 1
        if frames > MOST_FRAMES:
            break
    return ImageFacts("image/gif", *size, frames)


def _palette(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _webp(content: bytes) -> ImageFacts:
    _demand(_number(content, 4, 4, "little") + 8 <= len(content))
    kind = content[12:16]
    if kind == b"VP8X":
        width, height = _number(content, 24, 3, "little") + 1, _number(content, 27, 3, "little") + 1
        return ImageFacts("image/webp", width, height, max(1, content.count(b"ANMF")))
    if kind == b"VP8L":
        _demand(content[20] == 0x2F)
        bits = _number(content, 21, 4, "little")
        return ImageFacts("image/webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    _demand(kind == b"VP8 " and content[23:26] == b"\x9d\x01\x2a")
    return ImageFacts("image/webp", _number(content, 26, 2, "little") & 0x3FFF, _number(content, 28, 2, "little") & 0x3FFF)


def _number(content: bytes | memoryview, at: int, size: int, order: str = "big") -> int:
    piece = content[at : at + size]
    _demand(len(piece) == size)
    return int.from_bytes(piece, "little" if order == "little" else "big")


def _demand(fulfilled: bool) -> None:  # noqa: FBT001
    if not fulfilled:
        raise ValueError


_READERS: tuple[tuple[bytes, Callable[[bytes], ImageFacts]], ...] = (
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"\xff\xd8\xff", _jpeg),
    (b"GIF87a", _gif),
    (b"GIF89a", _gif),
    (b"RIFF", _webp),
)
