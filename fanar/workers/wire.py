"""How an owner process and its callers write to each other: length-prefixed msgpack. Knows nothing of what is called.

A request is `[CALL, number, method, arguments, options]` or `[CANCEL, number]`, a reply `[RESULT, number, value]` or `[ERROR, number, e]`.
The owner speaks first, `[GREETING]`: a dying one may still be connected to.
Arrays travel as dtype, shape and bytes and arrive read-only; tuples arrive as lists; errors of our tree arrive as themselves.
"""

from __future__ import annotations

import asyncio
from typing import Any

import msgpack
import numpy as np
from numpy.typing import NDArray

from fanar import errors
from fanar.bilingual import Bilingual
from fanar.errors import FanarError, TooLargeError

CALL, CANCEL, RESULT, ERROR, GREETING = range(5)
MAX_FRAME = 256 * 1024 * 1024
_HEAD = 4
_ARRAY = 1
_DTYPES = {np.dtype(kind).str: np.dtype(kind) for kind in ("f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?")}
_ERRORS = {name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, FanarError)}


def encode(message: object, *, limit: int = MAX_FRAME) -> bytes:
    """Return the frame of a message. Raises TooLargeError beyond `limit`, TypeError for what has no form on the wire."""
    payload: bytes = msgpack.packb(message, default=_pack, unicode_errors="surrogatepass")
    if len(payload) > limit:
        raise TooLargeError(Bilingual("The message is too large for the worker.", "الرسالة أكبر مما يقبله العامل."))
    return len(payload).to_bytes(_HEAD, "big") + payload


def decode(payload: bytes) -> list[Any]:
    """Return the message of a frame's payload."""
    message: list[Any] = msgpack.unpackb(payload, ext_hook=_unpack, unicode_errors="surrogatepass", strict_map_key=False)
    return message


async def receive(reader: asyncio.StreamReader, *, limit: int = MAX_FRAME) -> list[Any]:
    """Return the next message. Raises EOFError when there is none, or none that may be read."""
    length = int.from_bytes(await reader.readexactly(_HEAD), "big")
    if length > limit:
        raise EOFError
    return decode(await reader.readexactly(length))


def pack_error(error: FanarError) -> list[Any]:
    """Return an error in a form for the wire."""
    details = {name: value for name, value in vars(error).items() if name != "message" and value is not None}
    return [type(error).__name__, error.message.en, error.message.ar, details]


def unpack_error(packed: list[Any]) -> FanarError:
    """Return the error that was packed."""
    name, en, ar, details = packed
    return _ERRORS[name](Bilingual(en, ar), **details)


def _pack(value: object) -> object:
    if isinstance(value, np.ndarray) and value.dtype.str in _DTYPES:
        return msgpack.ExtType(_ARRAY, msgpack.packb((value.dtype.str, value.shape, value.tobytes())))
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"a {type(value).__name__} has no form on the wire")


def _unpack(code: int, data: bytes) -> NDArray[Any]:
    dtype, shape, content = msgpack.unpackb(data)
    return np.frombuffer(content, dtype=_DTYPES[dtype]).reshape(shape)
