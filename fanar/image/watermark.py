"""An invisible mark in the brightness of a picture, spread over many waves: it says that a machine made the picture, and which one it is.

It outlives JPEG and changes of size, not cropping, and not somebody who wants it gone: whoever has this program can read it and could
take it out. The provenance that is signed stands beside it, in `fanar.image.provenance`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.fft import dctn, idctn

from fanar.image.raster import Pixels

SIDE = 512
"""What every picture is brought to before it is looked at, whatever its size was."""
BITS = 64
_TAG, _ID, _CHECK = 32, 24, 8
_LOW, _HIGH = 30, 150  # the waves that bear bits: below are the large forms, above is what shrinking and JPEG take away
_LOUDEST = 16.0  # a wave counts no more than this, or in a busy picture than some of its usual ones: the strong ones are its own
_USUAL = 1.5
_STRENGTH = 2.5  # of that
_ROUNDS = 2
_LEAST_TAG = 29  # right bits of 32: by chance one picture in a million has as many
_TAG_BITS = np.unpackbits(np.frombuffer(b"FNR1", dtype=np.uint8)).astype(bool)

_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mark:
    """What was read: the picture's number, None where only the tag could be read, and how many of the tag's bits are right."""

    number: int | None
    agreement: float


def marked(pixels: Pixels, number: int) -> Pixels:
    """Return the picture with its mark; `number` has 24 bits. What saturated pixels take away is added again elsewhere."""
    height, width = pixels.shape[:2]
    signs, rows, columns = _carriers()
    wanted = np.where(bits_of(number), 1.0, -1.0)
    result = pixels.astype(np.float32)
    for _ in range(_ROUNDS):
        waves = _waves(_whole(result))[rows, columns]
        most = _most(waves)
        found, least = _heard(waves), _STRENGTH * most
        missing = np.where(found * wanted < least, wanted * least - found, 0.0)
        change = np.zeros((SIDE, SIDE))
        change[rows, columns] = (signs * missing).ravel() * (np.abs(waves) < most)
        added = Image.fromarray(idctn(change, norm="ortho").astype(np.float32), "F").resize((width, height), Image.Resampling.BICUBIC)
        result += np.asarray(added)[:, :, None]
        np.clip(result, 0, 255, out=result)
    return _whole(result)


def read(pixels: Pixels) -> Mark | None:
    """Return the mark of a picture, or None when it bears none that can be read."""
    found = raw_bits(pixels)
    agreement = int((found[:_TAG] == _TAG_BITS).sum())
    if agreement < _LEAST_TAG:
        return None
    payload = np.packbits(found[_TAG:]).tobytes()
    number = int.from_bytes(payload[: _ID // 8], "big")
    return Mark(number if payload[-1] == _check(number) else None, agreement / _TAG)


def raw_bits(pixels: Pixels) -> NDArray[np.bool_]:
    """Return the bits as they are read, right or wrong."""
    _, rows, columns = _carriers()
    return _heard(_waves(pixels)[rows, columns]) > 0


def bits_of(number: int) -> NDArray[np.bool_]:
    """Return the bits that a picture's mark consists of."""
    payload = number.to_bytes(_ID // 8, "big") + bytes([_check(number)])
    return np.concatenate([_TAG_BITS, np.unpackbits(np.frombuffer(payload, dtype=np.uint8)).astype(bool)])


def _check(number: int) -> int:
    return crc32(number.to_bytes(_ID // 8, "big")) & 0xFF


def _whole(pixels: NDArray[np.float32]) -> Pixels:
    return np.rint(pixels).astype(np.uint8)


def _waves(pixels: Pixels) -> _Floats:
    bright = Image.fromarray(pixels, "RGB").convert("L")
    if bright.size != (SIDE, SIDE):
        bright = bright.resize((SIDE, SIDE), Image.Resampling.BOX if min(bright.size) >= SIDE else Image.Resampling.BICUBIC)
    return np.asarray(dctn(np.asarray(bright, dtype=np.float64), norm="ortho"))


def _heard(waves: _Floats) -> _Floats:
    """Return how loudly each bit speaks, and for which side."""
    signs, _, _ = _carriers()
    most = _most(waves)
    return np.asarray((signs * np.clip(waves, -most, most).reshape(signs.shape)).sum(axis=0))


def _most(waves: _Floats) -> float:
    return max(_LOUDEST, _USUAL * float(np.median(np.abs(waves))))


@cache
def _carriers() -> tuple[_Floats, NDArray[np.intp], NDArray[np.intp]]:
    """Return a column of signs for each bit, and each wave's row and column: every bit has waves of its own, drawn once for all."""
    down, across = np.mgrid[:SIDE, :SIDE]
    far = np.hypot(down, across)
    rows, columns = np.nonzero((far >= _LOW) & (far < _HIGH))
    chance = np.random.default_rng(0x46414E4152)
    order = chance.permutation(len(rows))[: len(rows) // BITS * BITS]
    signs = chance.choice([-1.0, 1.0], size=(len(order) // BITS, BITS)) / np.sqrt(len(order) / BITS)
    return signs, rows[order], columns[order]
