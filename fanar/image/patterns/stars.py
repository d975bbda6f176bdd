"""Stars on a tiling, by Hankin's method: two rays leave the middle of each edge and go on until they meet rays of other edges.

The lines pass straight through the middles of edges, so they run on from tile to tile; there, and where rays cross within a tile,
one goes over the other. Knows nothing of colours.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from fanar.image.patterns.shapes import Polygon, Tile, inside, meeting, turned


@dataclass(frozen=True, slots=True)
class Face:
    """An area between lines. `kind` tells alike ones: what it is part of, how deep within."""

    outline: Polygon
    kind: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Crossing:
    """A point where a line goes over another: the directions of both."""

    point: complex
    over: complex
    under: complex


@dataclass(frozen=True, slots=True)
class Motif:
    """What stands in one tile."""

    lines: tuple[Polygon, ...]
    faces: tuple[Face, ...]
    crossings: tuple[Crossing, ...]


def star(tile: Tile, *, angle: float, depth: int = 1) -> Motif:
    """Return the motif of a tile. Rays leave at `angle` degrees from the edge; in regular tiles they cross `depth` - 1 others."""
    lefts, rights = _rays(tile, angle)
    middles = tile.middles()
    if tile.regular and depth > 1:
        return _deep(tile, middles, lefts, rights, depth)
    lines, following = [], {}
    for left, right, turn in _pairs(tile, middles, lefts, rights):
        lines.append((middles[left], turn, middles[right]))
        following[left] = (turn, right)
    kind = (tile.regular or -len(tile.corners), 0)
    return Motif(tuple(lines), tuple(Face(face, kind) for face in _loops(middles, following)), _at_edges(middles, lefts, rights))


def _rays(tile: Tile, angle: float) -> tuple[list[complex], list[complex]]:
    """Return the directions of the two rays of each edge: the left one as seen looking in, and the right one."""
    along = [b - a for a, b in zip(tile.corners, tile.corners[1:] + tile.corners[:1], strict=True)]
    units = [edge / abs(edge) for edge in along]
    # Looking in, the end of an edge lies to the right and its beginning to the left.
    return [-unit * turned(-angle) for unit in units], [unit * turned(angle) for unit in units]


def _pairs(tile: Tile, middles: list[complex], lefts: list[complex], rights: list[complex]) -> Iterator[tuple[int, int, complex]]:
    """Match each right-hand ray with a left-hand ray of another edge, the nearest meetings first."""
    count = len(middles)
    found = []
    for i, j in product(range(count), repeat=2):
        turn = None if i == j else meeting(middles[i], rights[i], middles[j], lefts[j])
        if turn is not None and (inside(turn, tile.corners)):
            found.append((abs(turn - middles[i]) + abs(turn - middles[j]), i, j, turn))
    free, taken = set(range(count)), set()
    for _, i, j, turn in sorted(found, key=lambda row: row[:3]):
        if i in free and j not in taken:
            free.discard(i)
            taken.add(j)
            yield i, j, turn
    # Rays that meet nobody within go straight to the next edge.
    for i in sorted(free):
        j = (i + 1) % count
        if j not in taken:
            yield i, j, (middles[i] + middles[j]) / 2


def _loops(middles: list[complex], following: dict[int, tuple[complex, int]]) -> Iterator[Polygon]:
    """Follow the lines around the areas in the middle of a tile."""
    left = dict(following)
    while left:
        start = place = next(iter(left))
        outline: list[complex] = []
        while place in left:
            turn, onward = left.pop(place)
            outline += [middles[place], turn]
            place = onward
        if place == start:
            yield tuple(outline)


def _deep(tile: Tile, middles: list[complex], lefts: list[complex], rights: list[complex], depth: int) -> Motif:
    """Let the rays of a regular tile go on to the ray of the edge `depth` further, crossing those between."""
    count = tile.regular
    rings = [middles]
    for level in range(1, depth + 1):
        points = [meeting(middles[i], rights[i], middles[(i + level) % count], lefts[(i + level) % count]) for i in range(count)]
        if any(point is None for point in points):
            break
        # The point of level k that belongs to i lies halfway between edges i and i + k.
        rings.append([point for point in points if point is not None])
    depth = len(rings) - 1
    lines = tuple((middles[i], rings[depth][i], middles[(i + depth) % count]) for i in range(count))
    faces = [
        Face((rings[k - 1][(i + 1) % count], rings[k][i], rings[k - 1][i], rings[k - 2][(i + 1) % count]), (count, k - 1))
        for k in range(2, depth + 1)
        for i in range(count)
    ]
    centre = tuple(point for i in range(count) for point in (rings[depth - 1][i], rings[depth][i]))
    crossings = list(_at_edges(middles, lefts, rights))
    for level in range(1, depth):
        for i, point in enumerate(rings[level]):
            one, other = rights[i], lefts[(i + level) % count]
            crossings.append(Crossing(point, one, other) if level % 2 else Crossing(point, other, one))
    return Motif(lines, (*faces, Face(centre, (count, depth))), tuple(crossings))


def _at_edges(middles: list[complex], lefts: list[complex], rights: list[complex]) -> tuple[Crossing, ...]:
    """Return the crossings on the edges: the left one over the right one, which weaves every line over and under in turn."""
    return tuple(Crossing(point, left, right) for point, left, right in zip(middles, lefts, rights, strict=True))


def width_between(one: complex, other: complex) -> float:
    """Return the sine of the angle between two directions."""
    return abs(math.sin(math.atan2((one.conjugate() * other).imag, (one.conjugate() * other).real)))
