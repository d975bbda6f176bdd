"""What is fetched, by whom, and the bounds on its size, packed or not. Knows nothing of connections."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from fanar.bilingual import Bilingual
from fanar.errors import TooLargeError, UnprocessableError

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Fetched:
    """Content, the URL it really came from, and what its server calls it (which need not be true)."""

    url: str
    media_type: str
    content: bytes
    charset: str | None = None


class Fetching(Protocol):
    """Fetches what an http, https or data URL holds."""

    async def fetch(self, url: str, *, max_bytes: int | None = None) -> Fetched:
        """Return the content. Raises a FanarError."""
        ...


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered: its status, its headers by their names in small letters, and the content where it did not refuse."""

    url: str
    status: int
    headers: Mapping[str, str]
    media_type: str
    content: bytes
    charset: str | None = None


class BoundedBody:
    """Gathers a body as it arrives, unpacking it; never holds more than `limit` bytes of it and one piece."""

    def __init__(self, *, limit: int, encoding: str) -> None:
        if encoding not in ("", "identity", "gzip", "deflate"):
            raise _broken()
        self._limit = limit
        self._inflater = zlib.decompressobj(_GZIP_OR_ZLIB) if encoding in ("gzip", "deflate") else None
        self._content = bytearray()

    def add(self, piece: bytes) -> None:
        """Take the next piece. Raises TooLargeError, or UnprocessableError for a broken packing."""
        if self._inflater is None:
            self._content += piece
        else:
            try:
                # One byte more than allowed tells that there is more, however small it was packed.
                self._content += self._inflater.decompress(piece, self._limit + 1 - len(self._content))
            except zlib.error as cause:
                raise _broken() from cause
        if len(self._content) > self._limit:
            raise TooLargeError(Bilingual("The content is larger than allowed.", "المحتوى أكبر من المسموح به."))

    def complete(self) -> bytes:
        """Return the whole body. Raises UnprocessableError when its packing does not end."""
        if self._inflater is not None and not self._inflater.eof:
            raise _broken()
        return bytes(self._content)


def _broken() -> UnprocessableError:
    return UnprocessableError(Bilingual("The content cannot be unpacked.", "تعذّر فك ضغط المحتوى."))
