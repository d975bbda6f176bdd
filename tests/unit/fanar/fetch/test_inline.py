"""data: URLs."""

from __future__ import annotations

import base64

import pytest

from fanar.errors import TooLargeError, UnprocessableError
from fanar.fetch.inline import read_data_url


@pytest.mark.parametrize(
    ("url", "media_type", "content"),
    [
        ("data:,a%20b", "text/plain", b"a b"),
        ("data:image/PNG;base64,iVBORw==", "image/png", b"\x89PNG"),
        ("DATA:text/plain;charset=utf-8;BASE64,2LPZhNin2YU=", "text/plain", "سلام".encode()),
        ("data:audio/wav;base64,", "audio/wav", b""),
    ],
)
def test_content_and_type_are_read(url: str, media_type: str, content: bytes) -> None:
    fetched = read_data_url(url, max_bytes=100)
    assert (fetched.media_type, fetched.content) == (media_type, content)


@pytest.mark.parametrize(
    "url", ["data:", "data:image/png", "data:image/png;base64,a", "data:;base64,!!!!", "data:;base64,YQ==YQ==", "data:,é", "data:x y,a"]
)
def test_what_cannot_be_decoded_is_refused(url: str) -> None:
    with pytest.raises(UnprocessableError):
        read_data_url(url, max_bytes=100)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 99, 100])
def test_content_up_to_the_bound_is_read(size: int) -> None:
    assert len(read_data_url("data:;base64," + base64.b64encode(b"x" * size).decode(), max_bytes=100).content) == size


@pytest.mark.parametrize(
    "body", [";base64," + base64.b64encode(b"x" * 101).decode(), ";base64," + "A" * 1_000_000, "," + "x" * 101, "," + "%20" * 200]
)
def test_content_beyond_the_bound_is_refused(body: str) -> None:
    with pytest.raises(TooLargeError):
        read_data_url("data:text/plain" + body, max_bytes=100)
