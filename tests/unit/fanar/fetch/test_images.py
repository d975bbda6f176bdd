"""What an image is said to be before anything draws it."""

from __future__ import annotations

import pytest

from fanar.errors import FanarError, TooLargeError, UnprocessableError
from fanar.fetch.images import ImageFacts, look_at
from tests.pictures import gif, jpeg, png, webp

KINDS = [("image/png", png), ("image/jpeg", jpeg), ("image/gif", gif), ("image/webp", webp)]


@pytest.mark.parametrize(("media_type", "make"), KINDS)
def test_an_image_is_known_by_what_it_is(media_type: str, make: object) -> None:
    assert look_at(make(640, 480)) == ImageFacts(media_type, 640, 480)  # type: ignore[operator]


@pytest.mark.parametrize("kind", [b"VP8 ", b"VP8X"])
def test_every_kind_of_webp_is_read(kind: bytes) -> None:
    assert look_at(webp(640, 480, kind=kind)) == ImageFacts("image/webp", 640, 480)


@pytest.mark.parametrize(
    "bomb",
    [
        png(13_000, 13_000),
        png(1, 65_535),
        jpeg(65_000, 65_000),
        gif(65_535, 65_535),
        webp(16_000, 16_000),
        gif(frames=10_000),
        png(frames=9999),
    ],
)
def test_what_would_become_too_large_is_refused_by_its_head(bomb: bytes) -> None:
    with pytest.raises(TooLargeError):
        look_at(bomb)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!doctype html><p>",
        b"%PDF-1.7",
        b"RIFF\0\0\0\0WAVEfmt ",
        b"BM" + b"\0" * 60,
    ],
)
def test_what_is_no_image_is_refused(content: bytes) -> None:
    with pytest.raises(UnprocessableError, match="no PNG"):
        look_at(content)


@pytest.mark.parametrize(("media_type", "make"), KINDS)
def test_no_cut_of_an_image_is_taken_for_one(media_type: str, make: object) -> None:
    whole = make(64, 48)  # type: ignore[operator]
    for length in range(len(whole)):
        with pytest.raises(UnprocessableError):
            look_at(whole[:length])


def test_a_changed_byte_of_a_png_is_noticed() -> None:
    whole = bytearray(png(9, 9))
    for at in range(len(whole)):
        changed = whole.copy()
        changed[at] ^= 0x10
        with pytest.raises(FanarError):
            look_at(bytes(changed))


@pytest.mark.parametrize("make", [png, jpeg, gif, webp])
def test_an_image_without_extent_is_refused(make: object) -> None:
    with pytest.raises((UnprocessableError, TooLargeError)):
        look_at(make(0, 5) if make is not webp else webp(0, 5, kind=b"VP8 "))  # type: ignore[operator]


def test_an_animation_within_bounds_is_an_image() -> None:
    assert look_at(gif(frames=12)).frames == 12
    assert look_at(png(frames=3)).frames == 3
