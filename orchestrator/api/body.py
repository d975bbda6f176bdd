"""Reads a JSON body that nobody has vouched for: bounded in size, time, depth and width before anything looks at its meaning.

Knows nothing of what the fields mean; strings are only checked for characters that no honest text holds.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request

from fanar.bilingual import Bilingual
from fanar.errors import ClientClosedError, InvalidRequestError, RequestTimeoutError, TooLargeError, UnprocessableError
from fanar.settings import LimitSettings
from orchestrator.api.errors import ENCODED, GONE, UnsupportedMediaError
from orchestrator.api.texts import forbidden_characters

Json = dict[str, Any]

MAX_DEPTH = 64
MAX_ITEMS = 4096
OFF_LOOP_BYTES = 65_536  # parsing and checking this much takes about a millisecond; more is done in a thread

_MEDIA_TYPE = re.compile(r"^application/(?:json|[a-z0-9.+-]{1,80}\+json)\s*(?:;\s*charset=\"?utf-8\"?\s*)?;?\s*$", re.IGNORECASE)
_JSON_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_Path = tuple[Any, ...] | None  # the way to a value as nested pairs (parent, key): cheap to extend, read only when something is wrong

_NO_JSON_TYPE = Bilingual(
    "The body must be JSON: send Content-Type: application/json.", "يجب أن يكون جسم الطلب JSON: أرسل Content-Type: application/json."
)
_EMPTY = Bilingual("The body is empty.", "جسم الطلب فارغ.")
_NOT_UTF8 = Bilingual("The body is not UTF-8 without a byte order mark.", "جسم الطلب ليس بترميز UTF-8 بلا علامة ترتيب بايتات.")
_NOT_JSON = Bilingual("The body is not valid JSON.", "جسم الطلب ليس JSON صالحًا.")
_NOT_OBJECT = Bilingual("The body must be a JSON object.", "يجب أن يكون جسم الطلب كائن JSON.")
_DUPLICATE = Bilingual("The body holds an object with the same key twice.", "في جسم الطلب كائن تكرر فيه المفتاح نفسه.")
_TOO_DEEP = Bilingual(f"The body is nested deeper than {MAX_DEPTH} levels.", f"تداخل جسم الطلب أعمق من {MAX_DEPTH} مستوى.")
_TOO_WIDE = Bilingual(f"A list or object holds more than {MAX_ITEMS} items.", f"في الطلب قائمة أو كائن فيه أكثر من {MAX_ITEMS} عنصر.")


async def read_object(request: Request, limits: LimitSettings) -> Json:
    """Return the JSON object in the body. Raises an InvalidRequestError of the fitting kind; the message never holds the input."""
    _check_media_type(request)
    body = await read_body(request, limits)
    if len(body) > OFF_LOOP_BYTES:
        return await asyncio.to_thread(parse_object, body, limits)
    return parse_object(body, limits)


def parse_object(body: bytes, limits: LimitSettings) -> Json:
    """Return the JSON object that `body` is, once it was found to be harmless."""
    if not body:
        raise InvalidRequestError(_EMPTY)
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise InvalidRequestError(_NOT_JSON if _is_utf8(body) else _NOT_UTF8) from None
    if not isinstance(value, dict):
        raise InvalidRequestError(_NOT_OBJECT)
    keys, texts = _contents(value)
    if keys < 0 or len(max(texts, key=len, default="")) > limits.text_characters or forbidden_characters("\n".join(texts)):
        _blame(value, limits)
    if _holds_duplicates(body, keys, texts):
        raise InvalidRequestError(_DUPLICATE)
    return value


def field_name(path: tuple[str | int, ...]) -> str:
    """Return the way to a field as clients write it: `messages[0].content`. Long or odd keys are cut to what is safe to show."""
    name = ""
    for part in path:
        shown = "".join(c for c in str(part)[:64] if c.isprintable())
        name += f"[{part}]" if isinstance(part, int) else f".{shown}" if name else shown
    return name[:200]


def _check_media_type(request: Request) -> None:
    if not _MEDIA_TYPE.match(request.headers.get("content-type", "")):
        raise UnsupportedMediaError(_NO_JSON_TYPE)
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedMediaError(ENCODED)


async def read_body(request: Request, limits: LimitSettings) -> bytes:
    """Return the body, as far as it is within its bounds in size and time. Raises TooLargeError, RequestTimeoutError, ClientClosedError."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and (len(declared) > 12 or int(declared) > limits.body_bytes):
        raise _too_large(limits)
    pieces = bytearray()
    try:
        async with asyncio.timeout(limits.body_seconds):
            async for piece in request.stream():
                pieces += piece
                if len(pieces) > limits.body_bytes:
                    raise _too_large(limits)
    except TimeoutError:
        seconds = f"{limits.body_seconds:g}"
        message = Bilingual(f"The body did not arrive within {seconds} seconds.", f"لم يصل جسم الطلب خلال {seconds} ثانية.")
        raise RequestTimeoutError(message) from None
    except ClientDisconnect:
        raise ClientClosedError(GONE) from None
    return bytes(pieces)


def _contents(root: Json) -> tuple[int, list[str]]:
    """Return the number of keys in a parsed body, and all its strings, keys too; a number below zero when it is too deep or too wide."""
    keys = 0
    texts: list[str] = []
    level: list[Any] = [root]
    for _ in range(MAX_DEPTH):
        following: list[Any] = []
        for value in level:
            if len(value) > MAX_ITEMS:
                return -1, []
            items = value
            if type(value) is dict:
                keys += len(value)
                texts += value
                items = value.values()
            for item in items:
                kind = type(item)
                if kind is str:
                    texts.append(item)
                elif kind is dict or kind is list:
                    following.append(item)
        if not following:
            return keys, texts
        level = following
    return -1, []


def _holds_duplicates(body: bytes, keys: int, texts: list[str]) -> bool:
    """Whether there were more keys than were found: orjson keeps the last of two equal ones.

    In valid JSON each colon outside a string stands behind one key.
    """
    if b"\\" not in body:
        return body.count(b":") != keys + sum([text.count(":") for text in texts])
    return _JSON_STRING.sub(b"", body).count(b":") != keys


def _blame(root: Json, limits: LimitSettings) -> None:
    """Raise what is wrong with a parsed body, naming the place."""
    waiting: list[tuple[Any, int, _Path]] = [(root, 1, None)]
    while waiting:
        value, depth, path = waiting.pop()
        if isinstance(value, str):
            _check_text(value, path, limits)
        elif isinstance(value, dict | list):
            if depth > MAX_DEPTH:
                raise InvalidRequestError(_TOO_DEEP)
            if len(value) > MAX_ITEMS:
                raise UnprocessableError(_TOO_WIDE, param=_written(path))
            waiting.extend((item, depth + 1, (path, key)) for key, item in _children(value))


def _children(value: dict[str, Any] | list[Any]) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, list):
        yield from enumerate(value)
        return
    for key, item in value.items():
        if forbidden_characters(key):
            raise UnprocessableError(Bilingual("A key holds characters that are not text.", "في أحد المفاتيح محارف ليست نصًا."))
        yield key, item


def _check_text(value: str, path: _Path, limits: LimitSettings) -> None:
    # A picture within a request is as long as it is; the body's bound is its own.
    picture = path is not None and path[1] == "url" and value.startswith("data:")
    if len(value) > limits.text_characters and not picture:
        bound = limits.text_characters
        message = Bilingual(f"The text is longer than {bound} characters.", f"النص أطول من {bound} محرف.")
        raise UnprocessableError(message, param=_written(path))
    if fault := forbidden_characters(value):
        raise UnprocessableError(fault, param=_written(path))


def _written(path: _Path) -> str | None:
    parts: list[str | int] = []
    while path is not None:
        path, key = path
        parts.append(key)
    return field_name(tuple(reversed(parts))) or None


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not body.startswith(b"\xef\xbb\xbf") and b"\0" not in body


def _too_large(limits: LimitSettings) -> TooLargeError:
    bound = limits.body_bytes
    return TooLargeError(Bilingual(f"The body is larger than {bound} bytes.", f"جسم الطلب أكبر من {bound} بايت."))
