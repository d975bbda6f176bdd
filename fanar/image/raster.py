"""SVG to pixels and pixels to files. Knows nothing of what is drawn."""

from __future__ import annotations

import io
from typing import Literal

import numpy as np
import resvg_py
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
Format = Literal["png", "jpeg", "webp"]
MEDIA_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp", "svg": "image/svg+xml"}


def drawn(body: str, width: int, height: int, *, view: tuple[float, float, float, float] | None = None) -> Image.Image:
    """Return a drawing of SVG elements, with what it leaves open transparent. `view` is the area that is shown, else the pixels."""
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=document(body, width, height, view=view))))).convert("RGBA")


def document(body: str, width: int, height: int, *, view: tuple[float, float, float, float] | None = None) -> str:
    """Return SVG elements as a document."""
    box = " ".join(f"{number:.6f}" for number in view or (0, 0, width, height))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="{box}" preserveAspectRatio="none">'
    return f"{head}{body}</svg>"


def encoded(pixels: Pixels, kind: Format, *, quality: int = 92) -> bytes:
    """Return pixels as a file."""
    file = io.BytesIO()
    picture = Image.fromarray(pixels, "RGB")
    match kind:
        case "png":
            picture.save(file, "PNG", compress_level=1)
        case "jpeg":
            picture.save(file, "JPEG", quality=quality, subsampling=0)
        case "webp":
            picture.save(file, "WEBP", quality=quality, method=2)
    return file.getvalue()
