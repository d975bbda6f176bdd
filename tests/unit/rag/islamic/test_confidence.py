"""The calibrated confidence, and that it keeps step with what it was fitted on."""

from __future__ import annotations

import numpy as np
import pytest

from rag.islamic.confidence import OPPOSING, SUPPORTING, Calibration, calibration_checksum, confident, load_calibration
from rag.islamic.evidence import NAMES
from rag.islamic.postings import Floats


def _evidence(**numbers: float) -> Floats:
    return np.array([[numbers.get(name, 0.0) for name in NAMES]], dtype=np.float32)


def test_the_calibration_was_fitted_on_the_questions_and_lexicon_that_ship() -> None:
    assert load_calibration().checksum == calibration_checksum(), "run python -m rag.islamic.fit"


def test_weights_are_of_numbers_of_the_evidence_and_of_products_of_two() -> None:
    names = load_calibration().weights
    assert set(NAMES) <= set(names)
    assert {part for name in names for part in name.split(" ")} == set(NAMES) > {*SUPPORTING, *OPPOSING}


def test_products_count_where_both_numbers_are_there() -> None:
    rule = Calibration({"coverage": 1.0, "coverage cosine": 4.0}, -2.0, threshold=0.8, closeness=0.9, checksum="")
    rows = np.vstack([_evidence(coverage=0.5), _evidence(cosine=0.5), _evidence(coverage=0.5, cosine=0.5)])
    assert rule.probabilities(rows) == pytest.approx(1 / (1 + np.exp([1.5, 2.0, 0.5])))


def test_no_evidence_is_far_below_the_threshold() -> None:
    calibration = load_calibration()
    assert calibration.probabilities(_evidence())[0] < calibration.threshold / 5


def test_what_was_measured_is_kept_beside_the_weights() -> None:
    measured = load_calibration().measured
    assert measured["precision"] > 0.85
    assert measured["verses"] > 0.8
    assert measured["false_alarms"] < 0.1


def test_neighbours_are_shown_as_one_passage_as_likely_as_its_likeliest_verse() -> None:
    rule = Calibration({"coverage": 10.0}, -5.0, threshold=0.8, closeness=0.9, checksum="")
    rows = np.vstack([_evidence(coverage=value) for value in (0.66, 0.3, 0.7, 0.1)])
    found = rule.judge([(12, 95), (12, 40), (12, 96), (12, 97)], rule.probabilities(rows))
    assert [(each.members, each.confident) for each in found] == [((2, 0), True), ((1,), False), ((3,), False)]
    assert found[0].probability == pytest.approx(1 / (1 + np.exp(-2)))
    assert rule.judge([], rule.probabilities(rows[:0])) == []


def test_only_passages_close_to_the_best_are_shown() -> None:
    assert confident([0.8, 0.75, 0.6, 0.4], threshold=0.5, closeness=0.9) == [True, True, False, False]
    assert confident([0.45, 0.44], threshold=0.5, closeness=0.9) == [False, False]
    assert confident([], threshold=0.5, closeness=0.9) == []
