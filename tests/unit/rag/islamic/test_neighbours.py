"""Candidates that stand beside each other, made one passage."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rag.islamic.neighbours import MOST_TOGETHER, passages

PLACES = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 12)), max_size=20, unique=True)


def test_likely_neighbours_are_together_and_the_likeliest_is_first() -> None:
    places = [(12, 94), (12, 96), (12, 95), (2, 5), (12, 98)]
    found = passages(places, np.array([0.74, 0.8, 0.76, 0.9, 0.8], dtype=np.float32))
    assert found == [[3], [1, 2, 0], [4]]


def test_an_unlikely_neighbour_and_another_surah_stay_apart() -> None:
    found = passages([(2, 286), (3, 1), (2, 285)], np.array([0.8, 0.8, 0.4], dtype=np.float32))
    assert found == [[0], [1], [2]]


@given(PLACES, st.randoms(use_true_random=False))
def test_each_candidate_is_in_one_passage_of_consecutive_verses(places: list[tuple[int, int]], random: object) -> None:
    probabilities = np.array([random.random() for _ in places], dtype=np.float32)  # type: ignore[attr-defined]
    found = passages(places, probabilities)
    assert sorted(at for members in found for at in members) == list(range(len(places)))
    for members in found:
        ayat = sorted(places[at][1] for at in members)
        assert ayat == list(range(ayat[0], ayat[0] + len(members)))
        assert len(members) <= MOST_TOGETHER
        assert probabilities[members[0]] == max(probabilities[members])
