"""What the owner of the drawing tools serves: patterns and lettering drawn, pixels of models finished into files, files looked at.

Every file that leaves has its marks: the watermark in its pixels, where it has any, and the signed statement of its origin.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from fanar.image import watermark
from fanar.image.credentials import load_or_make
from fanar.image.lettering.panel import panel, sheet_area
from fanar.image.lettering.scripts import Script
from fanar.image.patterns.design import Decision, Design
from fanar.image.patterns.frame import frame, strips
from fanar.image.patterns.palettes import PALETTES
from fanar.image.patterns.picture import as_pixels, as_svg
from fanar.image.provenance import stated
from fanar.image.raster import MEDIA_TYPES, Pixels, document, drawn, encoded
from fanar.media import Origin, PictureFormat

METHODS = ("draw", "finish", "preview")
PATTERNS = "fanar-patterns"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be drawn by rule, decided to the last detail; all plain values, so that it travels between processes."""

    style: str
    fold: int
    palette: str
    variant: int
    width: int
    height: int
    format: PictureFormat = "png"
    quality: int = 92
    text: str | None = None
    script: Script = "naskh"


class Studio:
    """Draws, marks and signs. The key to sign with lies in `folder` and is made at first use."""

    def __init__(self, folder: str) -> None:
        """Raises ConfigurationError when there is no key and none can be made."""
        self._credentials = load_or_make(Path(folder))

    def loaded(self) -> bool:
        """Whether the tools are at hand."""
        return True

    def draw(self, order: dict[str, Any]) -> bytes:
        """Return the file of an order. Raises UnprocessableError for a text that cannot be written so."""
        wanted = Order(**order)
        design = Design(Decision(wanted.style, wanted.fold, wanted.palette, wanted.variant))  # type: ignore[arg-type]  # from the wire
        over = _over(wanted)
        if wanted.format == "svg":
            body = as_svg(design, wanted.width, wanted.height) + over
            content = document(body, wanted.width, wanted.height).encode()
            return self._signed(content, "svg", origin="rule", model=PATTERNS, number=_number(content))
        framed = wanted.text is None
        areas = strips(wanted.width, wanted.height) if framed else [sheet_area(wanted.width, wanted.height)]
        pixels = _laid_over(as_pixels(design, wanted.width, wanted.height), over, areas, turned=framed)
        return self._marked(pixels, wanted.format, wanted.quality, origin="rule", model=PATTERNS, number=_number(pixels.tobytes()))

    def finish(
        self, pixels: Pixels, kind: PictureFormat, quality: int, model: str, text: str | None = None, asked: str | None = None
    ) -> bytes:
        """Return what a model drew as a file, with a text lettered on it where there is one.

        `asked` is all that the picture follows from, where it does: one drawn beside others differs by roundings from the same drawn alone,
        and is to bear the same number.
        """
        height, width = pixels.shape[:2]
        over = panel(text, "naskh", PALETTES["pearl"], width, height, band=_SIGN) if text else ""
        lettered = _laid_over(pixels, over, [sheet_area(width, height, band=_SIGN)]) if text else np.ascontiguousarray(pixels)
        number = _number(lettered.tobytes() if asked is None else asked.encode())
        return self._marked(lettered, kind, quality, origin="composite" if text else "model", model=model, number=number)

    def preview(self, pixels: Pixels, model: str) -> bytes:
        """Return a picture in the making as a file; it is marked as a finished one is."""
        return self._marked(np.ascontiguousarray(pixels), "webp", 70, origin="model", model=model, number=_number(pixels.tobytes()))

    def _marked(self, pixels: Pixels, kind: PictureFormat, quality: int, *, origin: Origin, model: str, number: int) -> bytes:
        content = encoded(watermark.marked(pixels, number), "png" if kind == "svg" else kind, quality=quality)
        return self._signed(content, kind, origin=origin, model=model, number=number)

    def _signed(self, content: bytes, kind: PictureFormat, *, origin: Origin, model: str, number: int) -> bytes:
        return stated(content, MEDIA_TYPES[kind], origin=origin, model=model, number=number, credentials=self._credentials)


_SIGN = 0.3  # of the shorter side is left of a model's picture around a text


def _over(order: Order) -> str:
    """Return what lies over the pattern: a panel with the text, or a frame."""
    palette = PALETTES[order.palette]
    if order.text is None:
        return frame(order.width, order.height, palette)
    return panel(order.text, order.script, palette, order.width, order.height)


def _laid_over(pixels: Pixels, over: str, areas: Iterable[tuple[int, int, int, int]], *, turned: bool = False) -> Pixels:
    """Return the picture with a drawing over it, which is looked at in these areas alone: the rest of it is empty.

    One that is the same `turned` by 180° is empty outside them and those that lie opposite.
    """
    picture = Image.fromarray(np.ascontiguousarray(pixels), "RGB")
    for left, top, width, height in areas:
        layer = drawn(over, width, height, view=(left, top, width, height))
        picture.paste(layer, (left, top), layer)
        if turned:
            opposite = layer.transpose(Image.Transpose.ROTATE_180)
            picture.paste(opposite, (picture.width - left - width, picture.height - top - height), opposite)
    return np.asarray(picture)


def _number(content: bytes) -> int:
    """Return the number that a picture's marks bear; the same picture has the same."""
    return int.from_bytes(sha256(content).digest()[:3], "big")
