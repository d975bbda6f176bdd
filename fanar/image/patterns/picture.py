"""A design on a picture's area, as pixels and as SVG. Knows nothing of files."""

from __future__ import annotations

import numpy as np

from fanar.image.patterns.design import Design
from fanar.image.raster import Pixels, drawn


def as_pixels(design: Design, width: int, height: int) -> Pixels:
    """Return the pattern with a star in the middle. One block is laid side by side."""
    across, down = design.block
    scale = _scale(design, width, height)
    columns, rows = 2 * round(across * scale / 2), 2 * round(down * scale / 2)
    block = _block(design, columns, rows)
    xs = (np.arange(width) - width // 2 + columns // 2) % columns
    ys = (np.arange(height) - height // 2 + rows // 2) % rows
    return block[ys[:, None], xs[None, :]]


def _block(design: Design, columns: int, rows: int) -> Pixels:
    """Return one block. Of its part that repeats, half is drawn: the other is the same, turned by 180° about the middle, as stars are."""
    across, down = design.block
    part = rows // 2 if design.staggered else rows
    half = (part + 1) // 2
    high = down * half / rows
    body = f"<defs>{design.defined()}</defs>{design.placed(across, down, down_to=high - down / 2)}"
    upper = np.asarray(drawn(body, columns, half, view=(-across / 2, -down / 2, across, high)).convert("RGB"))
    lower = upper[: part - half][::-1, ::-1]
    if not design.staggered:
        return np.concatenate([upper, lower])
    upper = np.concatenate([upper, np.roll(lower, columns // 2, axis=1)])
    return np.concatenate([upper, np.roll(upper, columns // 2, axis=1)])


def as_svg(design: Design, width: int, height: int) -> str:
    """Return the elements of the pattern."""
    scale = _scale(design, width, height)
    middle = f"translate({width / 2:.2f} {height / 2:.2f}) scale({scale:.5f})"
    placed = design.placed(width / scale, height / scale)
    return f'<defs>{design.defined()}</defs><g transform="{middle}">{placed}</g>'


def _scale(design: Design, width: int, height: int) -> float:
    return min(width, height) / (abs(design.tiling.steps[0]) * design.decision.recipe.across)
