"""The frame around a picture: a band of eight-pointed stars between two lines. Knows nothing of what is framed."""

from __future__ import annotations

import math

from fanar.image.patterns.palettes import Palette
from fanar.image.patterns.shapes import turned

SHARE = 0.062  # of the shorter side


def frame(width: int, height: int, palette: Palette) -> str:
    """Return the SVG of a frame that covers the border of a picture and leaves the middle open."""
    band = min(width, height) * SHARE
    line = band * 0.08
    border = f"M0 0H{width}V{height}H0zM{band:.2f} {band:.2f}V{height - band:.2f}H{width - band:.2f}V{band:.2f}z"
    parts = [f'<path d="{border}" fill="{palette.frame}"/>']
    parts += [_line(inset * band, width, height, palette.gilt, thick * line) for inset, thick in ((0.14, 1.0), (0.86, 1.0), (1.0, 1.8))]
    stars = "".join(_star(at, band * 0.26) for at in _along(width, height, band))
    dots = "".join(_star(at, band * 0.10) for at in _along(width, height, band))
    return "".join(parts) + f'<path d="{stars}" fill="{palette.gilt}"/><path d="{dots}" fill="{palette.frame}"/>'


def strips(width: int, height: int) -> list[tuple[int, int, int, int]]:
    """Return the areas that two sides of a frame cover: left, top, width, height. The other two are the same, turned by 180°."""
    band = math.ceil(min(width, height) * SHARE * 1.1)
    return [(0, 0, width, band), (0, band, band, height - 2 * band)]


def _along(width: int, height: int, band: float) -> list[complex]:
    across, down = width - band, height - band
    columns, rows = max(2, round(across / (band * 0.62))), max(2, round(down / (band * 0.62)))
    xs = [band / 2 + across * i / columns for i in range(columns + 1)]
    ys = [band / 2 + down * i / rows for i in range(1, rows)]
    horizontal = [complex(x, y) for x in xs for y in (band / 2, height - band / 2)]
    return horizontal + [complex(x, y) for y in ys for x in (band / 2, width - band / 2)]


def _star(centre: complex, radius: float) -> str:
    points = [centre + turned(22.5 * i) * radius * (1 if i % 2 else 0.765) for i in range(16)]
    return "M" + "L".join(f"{p.real:.2f} {p.imag:.2f}" for p in points) + "z"


def _line(distance: float, width: int, height: int, colour: str, thick: float) -> str:
    place = f'x="{distance:.2f}" y="{distance:.2f}" width="{width - 2 * distance:.2f}" height="{height - 2 * distance:.2f}"'
    return f'<rect {place} fill="none" stroke="{colour}" stroke-width="{thick:.2f}"/>'
