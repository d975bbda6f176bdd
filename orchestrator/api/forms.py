"""Reads a multipart form with one file that nobody has vouched for: the file goes to disk as it comes, everything else is bounded.

Knows nothing of what the fields mean or of what the file holds.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import IO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from fanar.bilingual import Bilingual
from fanar.errors import ClientClosedError, InvalidRequestError, RequestTimeoutError, TooLargeError, UnprocessableError
from orchestrator.api.errors import ENCODED, GONE, UnsupportedMediaError
from orchestrator.api.texts import forbidden_characters

MOST_PARTS = 64
MOST_HEADER = 4096
MOST_FIELD = 65_536  # bytes of one field that is no file
_IN_MEMORY = 1_000_000
_SLOWEST = 16_384  # bytes a second; slower senders are not waited for
_ENVELOPE = 1_048_576  # bytes that everything but the file may take

_NO_FORM = Bilingual(
    "The body must be a form with a file: send Content-Type: multipart/form-data with its boundary.",
    "يجب أن يكون جسم الطلب نموذجًا فيه ملف: أرسل Content-Type: multipart/form-data مع حدّه.",
)
_BROKEN = Bilingual("The form is broken.", "النموذج غير سليم.")
_TOO_MANY = Bilingual(f"The form holds more than {MOST_PARTS} parts.", f"في النموذج أكثر من {MOST_PARTS} جزء.")
_TOO_LONG = Bilingual("A field of the form is too long.", "أحد حقول النموذج أطول مما ينبغي.")
_NOT_TEXT = Bilingual("A field of the form is not text.", "أحد حقول النموذج ليس نصًا.")
_NO_NAME = Bilingual("A part of the form has no name.", "أحد أجزاء النموذج بلا اسم.")
_TWO_FILES = Bilingual("The form holds more than one file.", "في النموذج أكثر من ملف.")
_TWICE = Bilingual("A field stands twice in the form.", "في النموذج حقل مكرر.")
_EMPTY_FILE = Bilingual("The file is empty.", "الملف فارغ.")
_TOO_SLOW = Bilingual("The body arrived too slowly.", "وصل جسم الطلب ببطء شديد.")


@dataclass(slots=True)
class Form:
    """What a form held besides the file: values by name, in order, and what the client called the file."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    named: bytes = b""

    @property
    def filename(self) -> str:
        """The name that the client gave the file. Raises UnprocessableError for one that is not text."""
        return _text(self.named)

    def single(self) -> dict[str, str]:
        """Return the value of each field. Raises UnprocessableError where one has more."""
        if any(len(values) > 1 for values in self.fields.values()):
            raise UnprocessableError(_TWICE)
        return {name: values[0] for name, values in self.fields.items()}


async def read_form(request: Request, file: IO[bytes], *, most_bytes: int, seconds: float, part: str = "file") -> Form:
    """Write the part of this name into `file` and return the other fields. Raises an InvalidRequestError of the fitting kind.

    `seconds` is how long the sender may be silent, and how long a small form may take in all.
    """
    boundary = _boundary(request)
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and (len(declared) > 15 or int(declared) > most_bytes + _ENVELOPE):
        raise _too_large(most_bytes, part)
    reader = _Reader(boundary, file, part, most_bytes)
    async for piece in _arriving(request, seconds):
        if len(piece) > MOST_FIELD:
            await asyncio.to_thread(reader.feed, piece)
        else:
            reader.feed(piece)
    return reader.finish()


async def read_upload(request: Request, *, most_bytes: int, seconds: float, part: str = "file") -> tuple[Form, bytes]:
    """Return a form and what its file holds, which waits on disk until all of it has come. Raises what `read_form` does."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        form = await read_form(request, file, most_bytes=most_bytes, seconds=seconds, part=part)

        def whole() -> bytes:
            """Return what came."""
            file.seek(0)
            return file.read()

        return form, await asyncio.to_thread(whole)


def _boundary(request: Request) -> bytes:
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not 1 <= len(boundary) <= 200:
        raise UnsupportedMediaError(_NO_FORM)
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedMediaError(ENCODED)
    return boundary


async def _arriving(request: Request, seconds: float) -> AsyncIterator[bytes]:
    """Yield the pieces of a body. Raises RequestTimeoutError for one that comes too slowly, ClientClosedError."""
    loop = asyncio.get_running_loop()
    began, received = loop.time(), 0
    pieces = request.stream()
    try:
        while True:
            async with asyncio.timeout_at(min(loop.time() + seconds, began + seconds + received / _SLOWEST)):
                piece = await anext(pieces, None)
            if piece is None:
                return
            received += len(piece)
            yield piece
    except TimeoutError:
        raise RequestTimeoutError(_TOO_SLOW) from None
    except ClientDisconnect:
        raise ClientClosedError(GONE) from None


class _Reader:
    """Takes a form apart as its bytes come."""

    def __init__(self, boundary: bytes, file: IO[bytes], part: str, most_bytes: int) -> None:
        self._file = file
        self._part = part
        self._most = most_bytes
        self._left = most_bytes + _ENVELOPE
        self._written = 0
        self._files = 0
        self._parts = 0
        self._form = Form()
        self._header = (bytearray(), bytearray())
        self._disposition = b""
        self._name = ""
        self._is_file = False
        self._value = bytearray()
        self._ended = False
        callbacks = {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._head(0, data[start:end]),
            "on_header_value": lambda data, start, end: self._head(1, data[start:end]),
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_end,
            "on_part_data": lambda data, start, end: self._data(data[start:end]),
            "on_part_end": self._end,
            "on_end": self._close,
        }
        self._parser = MultipartParser(boundary, callbacks)  # type: ignore[arg-type]  # the library's own kind of dict

    def feed(self, piece: bytes) -> None:
        """Take the next bytes."""
        self._left -= len(piece)
        if self._left < 0:
            raise _too_large(self._most, self._part)
        try:
            self._parser.write(piece)
        except FormParserError as cause:
            raise InvalidRequestError(_BROKEN) from cause

    def finish(self) -> Form:
        """Return the fields, once all has come."""
        if not self._ended:
            raise InvalidRequestError(_BROKEN)
        if not self._files:
            raise _no_file(self._part)
        if not self._written:
            raise UnprocessableError(_EMPTY_FILE, param=self._part)
        self._file.flush()
        return self._form

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise InvalidRequestError(_TOO_MANY)
        self._header = (bytearray(), bytearray())
        self._disposition = b""
        self._value = bytearray()

    def _head(self, part: int, data: bytes) -> None:
        self._header[part].extend(data)
        if len(self._header[part]) > MOST_HEADER:
            raise InvalidRequestError(_BROKEN)

    def _header_end(self) -> None:
        if self._header[0].lower() == b"content-disposition":
            self._disposition = bytes(self._header[1])
        self._header = (bytearray(), bytearray())

    def _headers_end(self) -> None:
        kind, options = parse_options_header(self._disposition)
        self._is_file = b"filename" in options or b"filename*" in options
        if kind != b"form-data" or b"name" not in options:
            raise InvalidRequestError(_NO_NAME)
        self._name = _text(options[b"name"])[:128]
        if not self._is_file:
            return
        self._files += 1
        if self._files > 1:
            raise UnprocessableError(_TWO_FILES, param=self._part)
        if self._name != self._part:
            raise _no_file(self._part)
        self._form.named = options.get(b"filename", b"")

    def _data(self, data: bytes) -> None:
        if self._is_file:
            self._written += len(data)
            if self._written > self._most:
                raise _too_large(self._most, self._part)
            self._file.write(data)
            return
        self._value += data
        if len(self._value) > MOST_FIELD:
            raise TooLargeError(_TOO_LONG)

    def _end(self) -> None:
        if not self._is_file:
            self._form.fields.setdefault(self._name, []).append(_text(bytes(self._value)))

    def _close(self) -> None:
        self._ended = True


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise UnprocessableError(_NOT_TEXT) from None
    if forbidden_characters(text):
        raise UnprocessableError(_NOT_TEXT)
    return text


def _no_file(part: str) -> UnprocessableError:
    en, ar = f"{part} is required: a part of the form with a file name.", f"\u200f{part} مطلوب: جزء من النموذج له اسم ملف."
    return UnprocessableError(Bilingual(en, ar), param=part)


def _too_large(most: int, part: str) -> TooLargeError:
    megabytes = f"{most / 1_000_000:g}"
    return TooLargeError(Bilingual(f"The file is larger than {megabytes} megabytes.", f"الملف أكبر من {megabytes} ميغابايت."), param=part)
