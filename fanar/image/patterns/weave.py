"""A cell of a pattern as layers of SVG: areas, the edges of straps, straps, and the places where one goes over another.

Layers are drawn one after the other over the whole plane, so that cells join without a seam. Knows nothing of sizes of pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fanar.image.patterns.palettes import Palette
from fanar.image.patterns.shapes import Polygon
from fanar.image.patterns.stars import Crossing, Motif, width_between
from fanar.image.patterns.tilings import Tiling


@dataclass(frozen=True, slots=True)
class Strap:
    """How wide straps and the lines beside them are, in edges of the tiling. Without `woven` they lie flat, as grout between tiles."""

    width: float
    edge: float
    woven: bool = True


def layers(tiling: Tiling, motifs: Sequence[Motif], palette: Palette, strap: Strap, tones: Mapping[tuple[int, int], str]) -> list[str]:
    """Return the layers of one cell, the lowest first."""
    shades: dict[str, list[Polygon]] = {}
    for face in (face for motif in motifs for face in motif.faces):
        shades.setdefault(tones[face.kind], []).append(face.outline)
    areas = [_areas([tile.corners for tile in tiling.tiles], palette.field)]
    areas += [_areas(outlines, colour) for colour, outlines in shades.items()]
    lines = "".join(_path(line) for motif in motifs for line in motif.lines)
    found = ["".join(areas)]
    full = strap.width + 2 * strap.edge
    if strap.woven:
        found.append(_stroke(lines, palette.edge, full))
    found.append(_stroke(lines, palette.strap, strap.width))
    if not strap.woven:
        return found
    found.append(_stroke(lines, palette.shine, strap.width * 0.28))
    found.append(_overs([crossing for motif in motifs for crossing in motif.crossings], palette, strap, full))
    return found


def _overs(crossings: Iterable[Crossing], palette: Palette, strap: Strap, full: float) -> str:
    edge, body, shine = [], [], []
    for crossing in crossings:
        reach = full / 2 / max(width_between(crossing.over, crossing.under), 0.3) * 1.02
        edge.append(_piece(crossing, reach))
        body.append(_piece(crossing, reach + strap.edge * 0.6))
        shine.append(_piece(crossing, reach + strap.edge * 0.6))
    return (
        _stroke("".join(edge), palette.edge, full, cap="butt")
        + _stroke("".join(body), palette.strap, strap.width, cap="butt")
        + _stroke("".join(shine), palette.shine, strap.width * 0.28, cap="butt")
    )


def _piece(crossing: Crossing, reach: float) -> str:
    way = crossing.over / abs(crossing.over) * reach
    return _path((crossing.point - way, crossing.point + way))


def _stroke(path: str, colour: str, width: float, *, cap: str = "round") -> str:
    look = f'stroke="{colour}" stroke-width="{width:.4f}" stroke-linecap="{cap}" stroke-linejoin="miter" stroke-miterlimit="8"'
    return f'<path d="{path}" fill="none" {look}/>'


def _areas(outlines: Iterable[Polygon], colour: str) -> str:
    # A hair of their own colour closes the seams between areas.
    path = "".join(f"{_path(outline)}z" for outline in outlines)
    return f'<path d="{path}" fill="{colour}" stroke="{colour}" stroke-width="0.01"/>'


def _path(points: Iterable[complex]) -> str:
    return "M" + "L".join(f"{point.real:.4f} {point.imag:.4f}" for point in points)
