"""Lettering on a panel, in a band of pattern: as SVG elements over what lies under them. Knows nothing of files."""

from __future__ import annotations

import math

from fanar.errors import UnprocessableError
from fanar.image.lettering import kufic_page, naskh_page
from fanar.image.lettering.kufic import NO_LETTER, rasm
from fanar.image.lettering.scripts import Script
from fanar.image.patterns.palettes import Palette

_BAND = 0.13  # of the shorter side: the pattern that is seen around the panel
_MARGIN = 0.06


def panel(text: str, script: Script, palette: Palette, width: int, height: int, *, band: float = _BAND) -> str:
    """Return a panel with the text on it; `band` is the share of the shorter side that is left around it.

    Raises UnprocessableError for a text that this script cannot write.
    """
    short = min(width, height)
    band, margin = short * band, short * _MARGIN
    body = written(text, script, palette.ink, width - 2 * (band + margin), height - 2 * (band + margin))
    sheet = [_box(band, width, height, f'fill="{palette.paper}" stroke="{palette.edge}" stroke-width="{short * 0.004:.2f}"')]
    sheet += [
        _box(band + short * inset, width, height, f'fill="none" stroke="{colour}" stroke-width="{short * thick:.2f}"')
        for inset, thick, colour in ((0.014, 0.006, palette.gilt), (0.024, 0.0016, palette.frame))
    ]
    return "".join(sheet) + f'<g transform="translate({band + margin:.2f} {band + margin:.2f})">{body}</g>'


def sheet_area(width: int, height: int, *, band: float = _BAND) -> tuple[int, int, int, int]:
    """Return the area that a panel covers: left, top, width, height."""
    edge = math.floor(min(width, height) * (band - 0.01))
    return edge, edge, width - 2 * edge, height - 2 * edge


def written(text: str, script: Script, ink: str, width: float, height: float) -> str:
    """Return the text alone, as large as it fits an area, in the middle of it."""
    if script == "naskh":
        return f'<g fill="{ink}">{naskh_page.page(text.split(), width, height)}</g>'
    words = rasm(text)
    if not words:
        raise UnprocessableError(NO_LETTER, param="prompt")
    grid = kufic_page.page(words, shape=width / height)
    unit = min(width / grid.columns, height / grid.rows)
    left, top = (width - unit * grid.columns) / 2, (height - unit * grid.rows) / 2
    squares = "".join(f"M{column} {row}h{length}v1h-{length}z" for column, row, length in grid.strokes())
    return f'<path transform="translate({left:.2f} {top:.2f}) scale({unit:.4f})" fill="{ink}" d="{squares}"/>'


def _box(inset: float, width: int, height: int, style: str) -> str:
    return f'<rect x="{inset:.2f}" y="{inset:.2f}" width="{width - 2 * inset:.2f}" height="{height - 2 * inset:.2f}" {style}/>'
