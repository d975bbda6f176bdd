"""Which grounds may decide."""

from __future__ import annotations

import pytest

from rag.islamic.collections.bounds import LEAST, Bound, accumulated, load_bounds
from rag.islamic.collections.judging import GROUNDS


@pytest.mark.parametrize(("right", "shown", "least"), [(0, 0, 0.0), (10, 10, 0.722), (90, 100, 0.826), (100, 100, 0.963)])
def test_the_lower_end_is_wilsons(right: int, shown: int, least: float) -> None:
    assert Bound(right, shown).least == pytest.approx(least, abs=0.001)


def test_a_few_right_ones_prove_little() -> None:
    assert not Bound(3, 3).holds
    assert Bound(300, 300).holds


def test_the_bound_of_a_ground_is_that_of_all_that_is_shown_down_to_it() -> None:
    found = accumulated({"quoted": Bound(4, 5), "headed": Bound(0, 0), "named": Bound(3, 4)})
    assert list(found.values()) == [Bound(4, 5), Bound(4, 5), Bound(7, 9)]


def test_what_ships_was_measured_and_holds() -> None:
    shipped = load_bounds()
    assert {kind: set(own) for kind, own in shipped.items()} == {kind: set(GROUNDS) for kind in ("hadith", "law")}
    assert all(bound.precision >= bound.least >= LEAST for own in shipped.values() for bound in own.values())
