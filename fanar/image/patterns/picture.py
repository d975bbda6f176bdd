"""A design on a picture's area, as pixels and as SVG. Knows nothing of files."""

from __future__ import annotations

import numpy as np

from fanar.image.patterns.design import Design
from fanar.image.raster import Pixels, drawn


def as_pixels(design: Design, width: int, height: int) -> Pixels:
    """Return the pattern with a star in the middle. One block is drawn and laid side by side."""
    across, down = design.block
    scale = _scale(design, width, height)
    # Both even: half a block is enough where the other half is the same, moved.
    columns, rows = 2 * round(across * scale / 2), 2 * round(down * scale / 2)
    body = f"<defs>{design.defined()}</defs>{design.placed(across, down)}"
    parts = 2 if design.staggered else 1
    block = np.asarray(drawn(body, columns, rows // parts, view=(-across / 2, -down / 2, across, down / parts)).convert("RGB"))
    if design.staggered:
        block = np.concatenate([block, np.roll(block, columns // 2, axis=1)])
    xs = (np.arange(width) - width // 2 + columns // 2) % columns
    ys = (np.arange(height) - height // 2 + rows // 2) % rows
    return block[ys[:, None], xs[None, :]]


def as_svg(design: Design, width: int, height: int) -> str:
    """Return the elements of the pattern."""
    scale = _scale(design, width, height)
    middle = f"translate({width / 2:.2f} {height / 2:.2f}) scale({scale:.5f})"
    placed = design.placed(width / scale, height / scale)
    return f'<defs>{design.defined()}</defs><g transform="{middle}">{placed}</g>'


def _scale(design: Design, width: int, height: int) -> float:
    return min(width, height) / (abs(design.tiling.steps[0]) * design.decision.recipe.across)
