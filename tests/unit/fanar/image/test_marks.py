from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from fanar.errors import ConfigurationError, TooLargeError, UnprocessableError
from fanar.image import credentials, provenance, watermark
from fanar.image.inspection import inspected
from fanar.image.patterns.design import Decision, Design
from fanar.image.patterns.picture import as_pixels
from fanar.image.raster import encoded
from fanar.image.studio import Order, Studio

NUMBER = 0x5EA51D


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> credentials.Credentials:
    return credentials.load_or_make(tmp_path_factory.mktemp("keys") / "provenance")


@pytest.fixture(scope="module")
def plain() -> np.ndarray:
    return as_pixels(Design(Decision("zellij", 8, "fez", 0)), 512, 400)


@pytest.fixture(scope="module")
def signed(plain: np.ndarray, keys: credentials.Credentials) -> bytes:
    content = encoded(watermark.marked(plain, NUMBER), "png")
    return provenance.stated(content, "image/png", origin="rule", model="fanar-patterns", number=NUMBER, credentials=keys)


def jpeg(pixels: np.ndarray, *, quality: int, share: float) -> np.ndarray:
    picture = Image.fromarray(pixels)
    picture = picture.resize((round(picture.width * share), round(picture.height * share)), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file).convert("RGB"))


@pytest.mark.parametrize("surface", ["pattern", "white", "black", "noise"])
def test_the_watermark_outlives_jpeg_and_half_the_size(surface: str, plain: np.ndarray) -> None:
    noise = np.kron(np.random.default_rng(1).integers(0, 256, (50, 64, 3)), np.ones((8, 8, 1)))
    pixels = {"pattern": plain, "white": np.full_like(plain, 255), "black": np.zeros_like(plain), "noise": noise.astype(np.uint8)}[surface]
    handed_on = jpeg(watermark.marked(pixels, NUMBER), quality=75, share=0.5)
    assert (watermark.raw_bits(handed_on) == watermark.bits_of(NUMBER)).mean() >= 0.95
    assert watermark.read(handed_on) is not None


def test_nobody_sees_the_watermark(plain: np.ndarray) -> None:
    error = (watermark.marked(plain, NUMBER).astype(float) - plain) ** 2
    assert 10 * np.log10(255**2 / error.mean()) > 45


def test_a_picture_without_a_watermark_has_none(plain: np.ndarray) -> None:
    assert watermark.read(plain) is None


def test_a_file_says_who_made_it_how_and_that_it_is_unchanged(signed: bytes, keys: credentials.Credentials) -> None:
    found = inspected(signed, authority=keys.authority)
    assert found.statement is not None
    assert (found.statement.intact, found.statement.ours, found.statement.origin) == (True, True, "rule")
    assert found.agree
    assert not found.tampered


def test_one_changed_pixel_is_noticed(signed: bytes, keys: credentials.Credentials) -> None:
    changed = bytearray(signed)
    changed[-200] ^= 1
    # The checksum of PNG is put right, as whoever tampers would.
    at = changed.rindex(b"IDAT")
    length = struct.unpack(">I", changed[at - 4 : at])[0]
    changed[at + 4 + length : at + 8 + length] = struct.pack(">I", zlib.crc32(changed[at : at + 4 + length]))
    statement = provenance.read(bytes(changed), "image/png", authority=keys.authority)
    assert statement is not None
    assert not statement.intact
    assert statement.faults


def test_a_statement_moved_to_another_picture_is_noticed(plain: np.ndarray, keys: credentials.Credentials) -> None:
    content = encoded(watermark.marked(plain, NUMBER + 1), "png")
    moved = provenance.stated(content, "image/png", origin="rule", model="fanar-patterns", number=NUMBER, credentials=keys)
    assert inspected(moved, authority=keys.authority).tampered


def test_anothers_signature_is_intact_and_not_ours(signed: bytes, tmp_path: Path) -> None:
    other = credentials.load_or_make(tmp_path / "other")
    found = inspected(signed, authority=other.authority)
    assert found.statement is not None
    assert (found.statement.intact, found.statement.ours) == (True, False)


def test_svg_and_models_pictures_state_their_origin(tmp_path: Path, plain: np.ndarray) -> None:
    studio, authority = Studio(str(tmp_path)), credentials.known(tmp_path)
    order = Order("girih", 6, "ink", 0, 120, 80, "svg", text="سلام", script="kufic")
    svg = inspected(studio.draw({name: getattr(order, name) for name in Order.__slots__}), authority=authority)
    model = inspected(studio.finish(plain, "webp", 90, "oryx"), authority=authority)
    both = inspected(studio.finish(plain, "jpeg", 90, "oryx", "أهلا"), authority=authority)
    assert [each.statement and each.statement.origin for each in (svg, model, both)] == ["rule", "model", "composite"]
    assert svg.mark is None
    assert not any(each.tampered for each in (svg, model, both))


def test_a_picture_drawn_beside_others_bears_the_number_of_the_same_drawn_alone(tmp_path: Path, plain: np.ndarray) -> None:
    studio, authority = Studio(str(tmp_path)), credentials.known(tmp_path)
    rounded = np.where(plain < 255, plain + (np.indices(plain.shape).sum(axis=0) % 97 == 0), plain).astype(np.uint8)
    files = [studio.finish(pixels, "png", 90, "oryx", None, "a cat, seed 5") for pixels in (plain, rounded)]
    alone, beside = (np.asarray(Image.open(io.BytesIO(file)).convert("RGB")).astype(int) for file in files)
    assert (rounded != plain).any()
    assert int(np.abs(alone - beside).max()) <= 2
    found = [inspected(file, authority=authority) for file in (*files, studio.finish(plain, "png", 90, "oryx", None, "a cat, seed 6"))]
    assert all(each.agree for each in found)
    numbers = [each.mark.number for each in found if each.mark is not None]
    assert numbers[0] == numbers[1] != numbers[2]


def bomb() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def test_what_is_no_picture_or_becomes_too_large_is_refused_before_it_is_unpacked(signed: bytes) -> None:
    for content in (b"", b"hello", b"<html><body>", signed[: len(signed) // 2], b"\x89PNG\r\n\x1a\n" + bytes(50), b"GIF89a"):
        with pytest.raises(UnprocessableError):
            inspected(content, authority=None)
    with pytest.raises(TooLargeError):
        inspected(bomb(), authority=None)
    with pytest.raises(TooLargeError):
        inspected(bytes(50_000_001), authority=None)


def test_the_key_is_made_once_for_us_alone_and_a_broken_one_is_named(tmp_path: Path) -> None:
    first, again = credentials.load_or_make(tmp_path), credentials.load_or_make(tmp_path)
    path = tmp_path / "signing.pem"
    assert first == again
    assert path.stat().st_mode & 0o077 == 0
    path.write_bytes(b"nonsense")
    with pytest.raises(ConfigurationError, match="provenance"):
        credentials.load_or_make(tmp_path)
