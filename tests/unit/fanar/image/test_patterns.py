from __future__ import annotations

import itertools

import numpy as np
import pytest

from fanar.image.describing import described
from fanar.image.patterns.design import Decision, Design, PatternSpec
from fanar.image.patterns.frame import strips
from fanar.image.patterns.palettes import PALETTES
from fanar.image.patterns.picture import as_pixels, as_svg
from fanar.image.patterns.recipes import RECIPES
from fanar.image.patterns.shapes import area, inside, meeting
from fanar.image.patterns.stars import star
from fanar.image.patterns.tilings import TILINGS
from fanar.image.raster import drawn

EVERY = [Decision(style, fold, "lapis", variant) for (style, fold), recipes in RECIPES.items() for variant in range(len(recipes))]


def name(decision: Decision) -> str:
    return f"{decision.style}-{decision.fold}-{decision.variant}"


def place(point: complex, way: complex) -> tuple[int, ...]:
    return tuple(round(number * 1000) for number in (point.real, point.imag, way.real, way.imag))


@pytest.mark.parametrize("fold", TILINGS)
def test_the_tiles_of_a_cell_fill_it_exactly(fold: int) -> None:
    for make in TILINGS[fold]:
        tiling = make()
        a, b = tiling.steps
        assert sum(area(tile.corners) for tile in tiling.tiles) == pytest.approx((a.conjugate() * b).imag)


@pytest.mark.parametrize("decision", EVERY, ids=name)
def test_lines_run_straight_on_through_the_middles_of_edges_into_the_next_tile(decision: Decision) -> None:
    design = Design(decision)
    a, b = design.tiling.steps
    found = [crossing for tile in design.tiling.tiles for crossing in star(tile, angle=decision.recipe.angle).crossings]
    steps = [i * a + j * b for i, j in itertools.product((-1, 0, 1), repeat=2)]
    facing = {place(crossing.point + step, -crossing.over) for crossing in found for step in steps}
    # What goes over on this side of an edge comes out over on the other.
    assert all(place(crossing.point, crossing.over) in facing for crossing in found)


@pytest.mark.parametrize("decision", EVERY, ids=name)
def test_a_pattern_repeats_without_a_seam(decision: Decision) -> None:
    design = Design(decision)
    pixels = as_pixels(design, 200, 200).astype(int)
    across, down = design.block
    scale = 200 / (abs(design.tiling.steps[0]) * decision.recipe.across)
    columns, rows = 2 * round(across * scale / 2), 2 * round(down * scale / 2)
    if columns < 200:
        assert (pixels[:, columns:] == pixels[:, : 200 - columns]).all()
    # No line of pixels breaks the drawing: where blocks meet, neighbours differ no more than elsewhere.
    steps = np.abs(np.diff(pixels, axis=1)).sum(axis=(0, 2))
    joint = (100 + columns // 2) % columns - 1
    assert steps[joint] <= steps.max()
    assert rows > 0
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 3


def test_a_seed_decides_what_is_left_open_and_nothing_else() -> None:
    spec = PatternSpec(fold=8, palette="doha")
    decisions = {spec.decided(seed) for seed in range(40)}
    assert {(each.fold, each.palette) for each in decisions} == {(8, "doha")}
    assert len(decisions) > 2
    assert spec.decided(5) == spec.decided(5)


def test_svg_holds_shapes_alone() -> None:
    svg = as_svg(Design(EVERY[0]), 300, 200)
    assert "<path" in svg
    assert not {"<image", "<text", 'href="http', "<script"} & set(svg.split())


def test_every_colour_set_has_words_in_both_languages() -> None:
    for palette in PALETTES:
        told = described(Decision("zellij", 12, palette, 0), text="سلام", script="kufic")
        assert "سلام" in told.en
        assert "كوفي" in told.ar


@pytest.mark.parametrize("decision", EVERY, ids=name)
def test_what_of_a_block_is_not_drawn_is_what_would_have_been(decision: Decision) -> None:
    design = Design(decision)
    across, down = design.block
    side = 240
    scale = side / (abs(design.tiling.steps[0]) * decision.recipe.across)
    columns, rows = 2 * round(across * scale / 2), 2 * round(down * scale / 2)
    body = f"<defs>{design.defined()}</defs>{design.placed(across, down)}"
    whole = np.asarray(drawn(body, columns, rows, view=(-across / 2, -down / 2, across, down)).convert("RGB")).astype(int)
    top, left = side // 2 - rows // 2, side // 2 - columns // 2
    found = as_pixels(design, side, side)[top : top + rows, left : left + columns]
    assert np.abs(found - whole).mean() < 1.5


def test_a_frame_covers_the_border_and_leaves_the_middle() -> None:
    covered = np.zeros((100, 160), bool)
    for left, top, width, height in strips(160, 100):
        assert not covered[top : top + height, left : left + width].any()
        covered[top : top + height, left : left + width] = True
    assert not (covered & covered[::-1, ::-1]).any()
    covered |= covered[::-1, ::-1]
    assert covered[0].all()
    assert covered[:, -1].all()
    assert not covered[20:80, 20:140].any()


def test_rays_meet_ahead_of_them_only() -> None:
    assert meeting(0, 1, 2 + 1j, -1j) == pytest.approx(2)
    assert meeting(0, -1, 2 + 1j, -1j) is None
    assert meeting(0, 1, 1j, 1) is None
    assert inside(0.5 + 0.5j, (0j, 1 + 0j, 1 + 1j, 1j))
