"""Polygons in the plane, points as complex numbers. Knows nothing of patterns or of pictures."""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence
from dataclasses import dataclass

Polygon = tuple[complex, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """One polygon of a tiling, anticlockwise. `regular` is its number of sides where it is a regular one, else 0."""

    corners: Polygon
    regular: int = 0

    @property
    def centre(self) -> complex:
        """The mean of the corners."""
        return sum(self.corners) / len(self.corners)

    def middles(self) -> list[complex]:
        """Return the midpoint of each edge; edge i runs from corner i to the next."""
        return [(a + b) / 2 for a, b in zip(self.corners, self.corners[1:] + self.corners[:1], strict=True)]


def turned(degrees: float) -> complex:
    """Return the unit vector in a direction."""
    return cmath.rect(1.0, math.radians(degrees))


def regular(sides: int, centre: complex, facing: float) -> Tile:
    """Return the regular polygon with edges of length 1, one of whose edges faces the direction `facing`, in degrees."""
    radius = 0.5 / math.sin(math.pi / sides)
    first = facing - 180 / sides
    return Tile(tuple(centre + radius * turned(first + 360 / sides * i) for i in range(sides)), sides)


def apothem(sides: int) -> float:
    """Return the distance from the centre of a regular polygon with edges of length 1 to its edges."""
    return 0.5 / math.tan(math.pi / sides)


def anticlockwise(corners: Sequence[complex]) -> Polygon:
    """Return the corners in the order in which the inside lies to the left."""
    return tuple(corners) if area(corners) > 0 else tuple(reversed(corners))


def area(corners: Sequence[complex]) -> float:
    """Return the area of a polygon, negative when it is clockwise."""
    return sum((a.conjugate() * b).imag for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)) / 2


def inside(point: complex, corners: Sequence[complex]) -> bool:
    """Whether a point lies within a polygon of any form."""
    odd = False
    for a, b in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (a.imag > point.imag) != (b.imag > point.imag) and point.real < (b.real - a.real) * (point.imag - a.imag) / (
            b.imag - a.imag
        ) + a.real:
            odd = not odd
    return odd


def meeting(start: complex, along: complex, other: complex, across: complex) -> complex | None:
    """Return where two rays meet, or None when they never do."""
    turn = (along.conjugate() * across).imag
    if abs(turn) < 1e-9:
        return None
    gap = other - start
    first = (gap.conjugate() * across).imag / turn
    second = (gap.conjugate() * along).imag / turn
    return start + first * along if first > 1e-9 and second > 1e-9 else None
