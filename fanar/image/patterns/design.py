"""A pattern, ready to be drawn: chosen by a specification and a seed, laid out in blocks that repeat. Knows nothing of files."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random

from fanar.image.patterns.ornament import ornaments
from fanar.image.patterns.palettes import PALETTES, Palette
from fanar.image.patterns.recipes import FOLDS, RECIPES, Recipe, Style
from fanar.image.patterns.stars import Motif, star
from fanar.image.patterns.tilings import Tiling, with_rosettes
from fanar.image.patterns.weave import layers

_LARGE = 8  # sides from which rays of a regular polygon go on across others


@dataclass(frozen=True, slots=True)
class PatternSpec:
    """What is asked of a pattern; the seed decides whatever is left open."""

    style: Style | None = None
    fold: int | None = None
    palette: str | None = None

    def decided(self, seed: int) -> Decision:
        """Return what is drawn for a seed."""
        chance = Random(seed)  # noqa: S311 - taste, not secrecy
        style: Style = chance.choice(("girih", "zellij"))
        fold = chance.choice(FOLDS)
        palette = chance.choice(sorted(PALETTES))
        style, fold, palette = self.style or style, self.fold or fold, self.palette or palette
        return Decision(style, fold, palette, chance.randrange(len(RECIPES[style, fold])))


@dataclass(frozen=True, slots=True)
class Decision:
    """What is drawn."""

    style: Style
    fold: int
    palette: str
    variant: int

    @property
    def recipe(self) -> Recipe:
        """The construction."""
        return RECIPES[self.style, self.fold][self.variant]

    @property
    def colours(self) -> Palette:
        """The colours."""
        return PALETTES[self.palette]


class Design:
    """A pattern over the plane. `block` is the size of the least upright rectangle that repeats; a star stands in its middle.

    In a `staggered` one the lower half is the upper one, moved by half its width.
    """

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        recipe = decision.recipe
        plain = recipe.tiling()
        self.tiling = with_rosettes(plain, ring=recipe.ring) if recipe.ring else plain
        across, down = _upright(self.tiling)
        self.block = (abs(across), abs(down))
        self.staggered = (across, down) != self.tiling.steps
        self._turn = -math.degrees(math.atan2(across.imag, across.real))

    @cached_property
    def layers(self) -> list[str]:
        """The layers of a cell, as SVG."""
        recipe, palette = self.decision.recipe, self.decision.colours
        motifs = [star(tile, angle=recipe.angle, depth=recipe.depth if tile.regular >= _LARGE else 1) for tile in self.tiling.tiles]
        tones = _tones(motifs, palette)
        drawn = layers(self.tiling, motifs, palette, recipe.strap, tones)
        return [drawn[0] + ornaments(motifs, palette, tones), *drawn[1:]]

    def defined(self) -> str:
        """Return the definitions of the layers, for `placed`."""
        return "".join(f'<g id="layer{number}">{layer}</g>' for number, layer in enumerate(self.layers))

    def placed(self, width: float, height: float, *, down_to: float = math.inf) -> str:
        """Return the pattern over an area around the origin, in edges of the tiling; what lies wholly below `down_to` is left out."""
        a, b = self.tiling.steps
        reach = max(abs(corner) for tile in self.tiling.tiles for corner in tile.corners) + self.decision.recipe.strap.width
        turn = complex(math.cos(math.radians(self._turn)), math.sin(math.radians(self._turn)))
        far = int((width + height) / min(abs(a), abs(b))) + 3
        spots = [i * a + j * b for i in range(-far, far + 1) for j in range(-far, far + 1)]
        lowest = min(height / 2, down_to) + reach
        near = [p for p in spots if abs((p * turn).real) < width / 2 + reach and -height / 2 - reach < (p * turn).imag < lowest]
        uses = "".join(
            f'<use href="#layer{number}" x="{p.real:.4f}" y="{p.imag:.4f}"/>' for number in range(len(self.layers)) for p in near
        )
        return f'<g transform="rotate({self._turn:.6f})">{uses}</g>'


def _upright(tiling: Tiling) -> tuple[complex, complex]:
    """Return two steps at right angles that repeat the tiling."""
    a, b = tiling.steps
    if abs((a.conjugate() * b).real) < 1e-9:
        return a, b
    if abs((a.conjugate() * b).real / abs(a) ** 2 - 0.5) < 1e-9:
        return a, 2 * b - a
    return b - a, a + b


def _tones(motifs: list[Motif], palette: Palette) -> Mapping[tuple[int, int], str]:
    """Give each kind of area a tone: the largest stars first, from the outside in."""
    kinds = sorted({face.kind for motif in motifs for face in motif.faces}, key=lambda kind: (-kind[0], -kind[1]))
    return {kind: palette.tones[place % len(palette.tones)] for place, kind in enumerate(kinds)}
