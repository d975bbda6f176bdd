"""The tilings that patterns are built on: one cell each, repeated along two directions. Edges have length 1."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fanar.image.patterns.shapes import Tile, anticlockwise, apothem, regular, turned


@dataclass(frozen=True, slots=True)
class Tiling:
    """The tiles of one cell, and the two steps that repeat it over the plane. A star of `fold` points stands at the origin."""

    tiles: tuple[Tile, ...]
    steps: tuple[complex, complex]
    fold: int


def hexagons() -> Tiling:
    """Hexagons and triangles, edge to edge."""
    a, b = 2 + 0j, 2 * turned(60)
    return Tiling((regular(6, 0, 30), *_triangles(a, b)), (a, b), 6)


def octagons() -> Tiling:
    """Octagons, and squares in the gaps."""
    wide = 2 * apothem(8)
    return Tiling((regular(8, 0, 0), regular(4, complex(wide, wide) / 2, 45)), (wide + 0j, wide * 1j), 8)


def decagons() -> Tiling:
    """Decagons that share edges with four others, and the waisted hexagons in the gaps."""
    wide = 2 * apothem(10)
    radius = 0.5 / math.sin(math.pi / 10)
    a, b = wide + 0j, wide * turned(72)
    gap = (
        radius * turned(18),
        a + radius * turned(126),
        a + radius * turned(90),
        a + b + radius * turned(198),
        b + radius * turned(306),
        radius * turned(54),
    )
    return Tiling((regular(10, 0, 0), Tile(anticlockwise(gap))), (a, b), 10)


def dodecagons() -> Tiling:
    """Dodecagons, and triangles in the gaps."""
    a = 2 * apothem(12) + 0j
    b = a * turned(60)
    return Tiling((regular(12, 0, 0), *_triangles(a, b)), (a, b), 12)


def dodecagons_apart() -> Tiling:
    """Dodecagons with squares and hexagons between them."""
    a = 2 * apothem(12) + 1 + 0j
    b = a * turned(60)
    squares = tuple(regular(4, step / 2, facing) for step, facing in ((a, 0), (b, 60), (b - a, 120)))
    hexagons = (regular(6, (a + b) / 3, 210), regular(6, (a + b) * 2 / 3, 30))
    return Tiling((regular(12, 0, 0), *squares, *hexagons), (a, b), 12)


def _triangles(a: complex, b: complex) -> tuple[Tile, Tile]:
    return regular(3, (a + b) / 3, 210), regular(3, (a + b) * 2 / 3, 30)


TILINGS: Mapping[int, tuple[Callable[[], Tiling], ...]] = {
    6: (hexagons,),
    8: (octagons,),
    10: (decagons,),
    12: (dodecagons, dodecagons_apart),
}
"""By the points of their stars."""


def with_rosettes(tiling: Tiling, *, ring: float) -> Tiling:
    """Return the tiling in which large polygons became a smaller one in a ring of petals, and small ones fall into kites.

    `ring` is how much of the way from edge to centre the ring takes.
    """
    tiles: list[Tile] = []
    for tile in tiling.tiles:
        centre, middles = tile.centre, tile.middles()
        if tile.regular < 6:
            tiles += [Tile((m, corner, following, centre)) for m, corner, following in _corners(tile, middles)]
            continue
        within = [centre + (m - centre) * (1 - ring) for m in middles]
        tiles.append(Tile(tuple(within), tile.regular))
        inner = dict(zip(middles, within, strict=True))
        tiles += [Tile((m, corner, following, inner[following], inner[m])) for m, corner, following in _corners(tile, middles)]
    return Tiling(tuple(tiles), tiling.steps, tiling.fold)


def _corners(tile: Tile, middles: list[complex]) -> list[tuple[complex, complex, complex]]:
    """Return each corner between the midpoints beside it."""
    return [(middles[i - 1], corner, middles[i]) for i, corner in enumerate(tile.corners)]
