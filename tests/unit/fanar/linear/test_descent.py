from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sparse

from fanar.linear.descent import minimise
from fanar.linear.regression import calibration_error, fit_regression, fit_temperature, softmax


def test_the_minimum_of_a_quadratic_is_found() -> None:
    scales, goal = np.array([1.0, 10.0, 100.0]), np.array([3.0, -2.0, 0.5])
    found = minimise(lambda x: (float((scales * (x - goal) ** 2).sum()), 2 * scales * (x - goal)), np.zeros(3), iterations=100, tolerance=0)
    assert found == pytest.approx(goal, abs=1e-6)


def test_a_short_first_step_is_not_taken_for_the_end() -> None:
    steep = np.full(1000, 100.0)
    found = minimise(lambda x: (float((steep * (x - 1) ** 2).sum()), 2 * steep * (x - 1)), np.zeros(1000), iterations=50, tolerance=1e-2)
    assert found == pytest.approx(np.ones(1000), abs=0.2)


def test_a_halved_step_that_lands_as_high_beyond_the_valley_is_not_taken_for_the_end() -> None:
    found = minimise(lambda x: (float(np.sqrt(1 + x * x).sum()), x / np.sqrt(1 + x * x)), np.array([97.0]), iterations=60, tolerance=1e-2)
    assert found == pytest.approx(np.zeros(1), abs=0.2)


def test_at_the_minimum_nothing_moves() -> None:
    start = np.array([1.0, 2.0])
    assert np.array_equal(minimise(lambda x: (0.0, np.zeros(2)), start, iterations=5), start)


def test_separable_classes_are_separated() -> None:
    rows = sparse.csr_matrix(np.array([[1.0, 0.0], [1.0, 0.1], [0.0, 1.0], [0.1, 1.0]]))
    labels = np.array([0, 0, 1, 1])
    fitted = fit_regression(rows, labels, np.ones(4), classes=2, strength=10.0)
    assert fitted.scores(rows).argmax(axis=1).tolist() == labels.tolist()


def test_a_heavier_prompt_pulls_harder() -> None:
    rows, labels = sparse.csr_matrix(np.ones((2, 1))), np.array([0, 1])
    even, heavy, heavier = (
        softmax(fit_regression(rows, labels, np.array([weight, 1.0]), classes=2, strength=1.0).scores(rows))[0, 0]
        for weight in (1.0, 3.0, 9.0)
    )
    assert even == pytest.approx(0.5, abs=0.01)
    assert even + 0.1 < heavy < heavier - 0.02


def test_overconfident_scores_are_cooled() -> None:
    scores = np.array([[8.0, 0.0]] * 4)
    labels = np.array([0, 0, 0, 1])
    temperature = fit_temperature(scores, labels)
    assert temperature > 1
    assert calibration_error(softmax(scores / temperature), labels) < calibration_error(softmax(scores), labels)
