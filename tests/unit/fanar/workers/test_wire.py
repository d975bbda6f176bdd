"""What travels between a caller and an owner."""

from __future__ import annotations

import asyncio
import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanar import errors
from fanar.bilingual import Bilingual
from fanar.errors import ContentFilteredError, FanarError, RateLimitedError, TooLargeError
from fanar.workers.wire import decode, encode, pack_error, receive, unpack_error

MESSAGE = Bilingual("English", "عربي")
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | st.text(st.characters()) | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.integers(0, 9), inner, max_size=3),
    max_leaves=8,
)


def reader_of(*frames: bytes) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    for frame in frames:
        reader.feed_data(frame)
    reader.feed_eof()
    return reader


@given(value=PLAIN)
def test_plain_values_arrive_as_they_were_sent_lone_surrogates_too(value: object) -> None:
    assert decode(encode([value])[4:]) == [value]


@pytest.mark.parametrize("dtype", ["f4", "f8", "i4", "u1", "?"])
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0), (2, 3), (2, 1, 3)])
def test_arrays_keep_their_type_shape_and_numbers(dtype: str, shape: tuple[int, ...]) -> None:
    array = np.resize(np.array([0, 1, 1], dtype=dtype), shape)
    (arrived,) = decode(encode([array])[4:])
    assert (arrived.dtype, arrived.shape) == (array.dtype, shape)
    assert np.array_equal(arrived, array)


def test_an_array_that_is_not_contiguous_arrives_in_order() -> None:
    array = np.arange(6, dtype="f4").reshape(2, 3).T
    assert decode(encode([array])[4:])[0].tolist() == array.tolist()


def test_a_number_of_numpy_arrives_as_a_number() -> None:
    assert decode(encode([np.float32(0.5), np.int64(3)])[4:]) == [0.5, 3]


@pytest.mark.parametrize("value", [object(), np.array(["text"]), np.array([object()])])
def test_what_has_no_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no form"):
        encode([value])


def test_a_message_beyond_the_limit_is_refused() -> None:
    with pytest.raises(TooLargeError):
        encode(["x" * 100], limit=50)


async def test_messages_are_received_one_by_one_until_the_end() -> None:
    reader = reader_of(encode([1]), encode([2]))
    assert [await receive(reader), await receive(reader)] == [[1], [2]]
    with pytest.raises(EOFError):
        await receive(reader)


@pytest.mark.parametrize("frame", [b"\0", b"\0\0\0\x09ab", b"\xff\xff\xff\xff"])
async def test_a_broken_or_boundless_frame_ends_the_stream(frame: bytes) -> None:
    with pytest.raises(EOFError):
        await receive(reader_of(frame))


def every_error() -> list[FanarError]:
    plain = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, FanarError)]
    special = {ContentFilteredError: {"kind": "blocklist", "param": "prompt"}}
    needs_delay = {kind: {"retry_after": 9} for kind in plain if issubclass(kind, RateLimitedError)}
    return [kind(MESSAGE, **(special | needs_delay).get(kind, {})) for kind in plain]


@pytest.mark.parametrize("error", every_error(), ids=lambda error: type(error).__name__)
def test_every_error_of_ours_arrives_as_itself(error: FanarError) -> None:
    arrived = unpack_error(decode(encode(pack_error(error))[4:]))
    assert type(arrived) is type(error)
    assert vars(arrived) == vars(error)
