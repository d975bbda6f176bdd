"""The catalogue of weights."""

from __future__ import annotations

import pytest

from fanar.errors import NotFoundError
from fanar.weights.catalog import Weights, built_in

ALL = list(built_in())


def test_both_seats_can_be_filled() -> None:
    assert {seat for weights in ALL if weights.engine == "vllm" for seat in weights.seats} == {"star", "prime"}


def test_prime_is_fanar_s_own_and_star_says_that_it_is_not() -> None:
    assert built_in().find("prime").repository == "QCRI/Fanar-1-9B-Instruct"
    assert built_in().find("prime-27b").repository == "QCRI/Fanar-2-27B-Instruct"
    assert "no public weights" in built_in().find("star").why.en


@pytest.mark.parametrize("weights", ALL, ids=lambda weights: weights.name)
def test_every_entry_names_a_free_licence_and_says_why_in_both_languages(weights: Weights) -> None:
    assert weights.licence == "Apache-2.0"
    assert weights.licence_url.startswith("https://")
    assert weights.why.en
    assert weights.why.ar


@pytest.mark.parametrize("weights", ALL, ids=lambda weights: weights.name)
def test_the_size_of_the_files_is_that_of_the_parameters_in_two_bytes_each(weights: Weights) -> None:
    assert weights.bytes == pytest.approx(2 * weights.parameters, rel=0.05)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(NotFoundError, match=r"star.*prime.*small"):
        built_in().find("huge")
