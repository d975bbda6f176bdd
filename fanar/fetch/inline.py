"""Reads data: URLs. Knows nothing of the network."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from fanar.bilingual import Bilingual
from fanar.errors import TooLargeError, UnprocessableError
from fanar.fetch.content import Fetched

_HEAD = re.compile(
    r"data:(?P<type>[\w.+-]+/[\w.+-]+)?(?P<parameters>(?:;[\w-]+=[^;,]{0,100}){0,8})(?P<base64>;base64)?,", re.IGNORECASE | re.ASCII
)


def read_data_url(url: str, *, max_bytes: int) -> Fetched:
    """Return the content of a data: URL. Raises UnprocessableError, or TooLargeError beyond `max_bytes`, before it is decoded."""
    head = _HEAD.match(url)
    if head is None:
        raise _unreadable()
    body = url[head.end() :] if len(url) - head.end() <= 3 * max_bytes + 4 else None
    if body is None or (head["base64"] and len(body) // 4 * 3 - 2 > max_bytes):
        raise _too_large()
    content = _decode(body, is_base64=bool(head["base64"]))
    if len(content) > max_bytes:
        raise _too_large()
    return Fetched(url="data:", media_type=(head["type"] or "text/plain").lower(), content=content)


def _decode(body: str, *, is_base64: bool) -> bytes:
    try:
        if not is_base64:
            return unquote_to_bytes(body.encode("ascii"))
        return base64.b64decode(body, validate=True)
    except (UnicodeEncodeError, binascii.Error, ValueError) as cause:
        raise _unreadable() from cause


def _unreadable() -> UnprocessableError:
    return UnprocessableError(Bilingual("The data: URL cannot be decoded.", "تعذّر فك ترميز عنوان data:."))


def _too_large() -> TooLargeError:
    return TooLargeError(Bilingual("The content is larger than allowed.", "المحتوى أكبر من المسموح به."))
