"""What fills the middle of large stars: smaller stars, in turn light and dark. Knows nothing of tilings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fanar.image.patterns.palettes import Palette
from fanar.image.patterns.shapes import Polygon
from fanar.image.patterns.stars import Face, Motif

_RINGS = ((0.84, 0.72), (0.74, 0.58), (0.50, 0.30), (0.30, 0.22))
"""The reach of the points and of the notches of each star, the largest first."""
_LEAST = 6  # sides of polygons whose middle is large enough to be filled


def ornaments(motifs: Sequence[Motif], palette: Palette, tones: Mapping[tuple[int, int], str]) -> str:
    """Return the SVG of what stands in the middles."""
    return "".join(piece for face in _middles(motifs) for piece in _filled(face, palette, tones[face.kind]))


def _middles(motifs: Sequence[Motif]) -> Iterator[Face]:
    for motif in motifs:
        deepest = max((face.kind[1] for face in motif.faces), default=0)
        yield from (face for face in motif.faces if face.kind[0] >= _LEAST and face.kind[1] == deepest)


def _filled(face: Face, palette: Palette, tone: str) -> Iterator[str]:
    centre = sum(face.outline) / len(face.outline)
    tips = [point - centre for point in face.outline[::2]]
    reach = min(abs(face.outline[0] - centre), abs(face.outline[1] - centre) * 1.15)
    accents = [each for each in (palette.strap, *palette.tones) if each != tone]
    for (outer, notch), colour in zip(_RINGS, (accents[0], tone, accents[1], accents[0]), strict=True):
        outline: list[complex] = []
        for one, following in zip(tips, tips[1:] + tips[:1], strict=True):
            between = one + following
            outline += [centre + one / abs(one) * reach * outer, centre + between / abs(between) * reach * notch]
        yield f'<path d="{_path(tuple(outline))}z" fill="{colour}"/>'


def _path(points: Polygon) -> str:
    return "M" + "L".join(f"{point.real:.4f} {point.imag:.4f}" for point in points)
