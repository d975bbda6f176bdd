"""Looks at a picture or sound file for what it says of its own making: the signed statement, the watermark, and whether the two agree.

What is neither, or would become too large, is refused before anything is unpacked. An absence proves nothing: marks can be taken away.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image

from fanar.bilingual import Bilingual
from fanar.errors import TooLargeError, UnprocessableError
from fanar.fetch.images import look_at
from fanar.image import provenance, watermark
from fanar.image.raster import Pixels

MOST_BYTES = 50_000_000
SVG, WAVE = "image/svg+xml", "audio/wav"
_TOO_LARGE = Bilingual(f"The file is larger than {MOST_BYTES // 1_000_000} MB.", f"الملف أكبر من {MOST_BYTES // 1_000_000} ميغابايت.")
_BROKEN = Bilingual("The image is damaged or incomplete.", "الصورة تالفة أو ناقصة.")
_SVG_HEAD = b"<svg "


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found. `agree` says that statement and watermark name the same picture; None where one of them is missing."""

    media_type: str
    statement: provenance.Statement | None
    mark: watermark.Mark | None

    @property
    def agree(self) -> bool | None:
        """Whether the statement and the watermark belong to each other."""
        if self.statement is None or self.mark is None or self.mark.number is None or self.statement.number is None:
            return None
        return self.statement.number == self.mark.number

    @property
    def tampered(self) -> bool:
        """Whether the file is not what was signed, or bears the statement of another picture."""
        return (self.statement is not None and not self.statement.intact) or self.agree is False


def inspected(content: bytes, *, authority: bytes | None) -> Inspection:
    """Return what a file says. `authority` is the certificate of this installation's own key.

    Raises UnprocessableError for what is neither, and for half a picture, TooLargeError for one that would become too large.
    """
    if len(content) > MOST_BYTES:
        raise TooLargeError(_TOO_LARGE)
    if content.startswith(_SVG_HEAD):
        # Not drawn: what it would become is known only by drawing it.
        return Inspection(SVG, provenance.read(content, SVG, authority=authority), None)
    if content.startswith(b"RIFF") and content[8:12] == b"WAVE":
        return Inspection(WAVE, provenance.read(content, WAVE, authority=authority), None)
    facts = look_at(content)
    statement = provenance.read(content, facts.media_type, authority=authority)
    return Inspection(facts.media_type, statement, watermark.read(_pixels(content)))


def _pixels(content: bytes) -> Pixels:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            return np.asarray(picture.convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as cause:
        raise UnprocessableError(_BROKEN) from cause
