"""Which constructions there are: a tiling, how rays leave its edges, how deep they go, how straps lie. Knows nothing of colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from fanar.image.patterns.tilings import Tiling, decagons, dodecagons, dodecagons_apart, hexagons, octagons
from fanar.image.patterns.weave import Strap

Style = Literal["girih", "zellij"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """One construction. `ring` makes rosettes of large polygons; `across` is about how many stars stand side by side."""

    tiling: Callable[[], Tiling]
    angle: float
    depth: int
    strap: Strap
    across: float
    ring: float = 0.0


def _woven(width: float) -> Strap:
    return Strap(width, width * 0.2)


def _flat(width: float) -> Strap:
    return Strap(width, 0.0, woven=False)


RECIPES: Mapping[tuple[Style, int], tuple[Recipe, ...]] = {
    ("girih", 6): (Recipe(hexagons, 60, 1, _woven(0.17), 5),),
    ("girih", 8): (
        Recipe(octagons, 45, 2, _woven(0.15), 5),
        Recipe(octagons, 56, 3, _woven(0.13), 4),
        Recipe(octagons, 62, 3, _woven(0.08), 3, 0.5),
    ),
    ("girih", 10): (
        Recipe(decagons, 54, 1, _woven(0.15), 3.6),
        Recipe(decagons, 66, 4, _woven(0.13), 3),
        Recipe(decagons, 62, 2, _woven(0.14), 3.4),
    ),
    ("girih", 12): (
        Recipe(dodecagons, 60, 4, _woven(0.13), 3.2),
        Recipe(dodecagons, 68, 5, _woven(0.12), 3),
        Recipe(dodecagons_apart, 58, 4, _woven(0.085), 2.6, 0.4),
    ),
    ("zellij", 6): (Recipe(hexagons, 60, 1, _flat(0.09), 6), Recipe(dodecagons_apart, 62, 2, _flat(0.09), 2.6, 0.42)),
    ("zellij", 8): (Recipe(octagons, 56, 3, _flat(0.08), 5), Recipe(octagons, 60, 3, _flat(0.06), 4, 0.45)),
    ("zellij", 10): (Recipe(decagons, 66, 4, _flat(0.08), 3.4), Recipe(decagons, 60, 3, _flat(0.06), 2.8, 0.4)),
    ("zellij", 12): (Recipe(dodecagons_apart, 58, 3, _flat(0.07), 2.6, 0.4), Recipe(dodecagons, 66, 4, _flat(0.08), 3.2)),
}
FOLDS = (6, 8, 10, 12)
