"""The fit of the confidence, on evidence made for the purpose."""

from __future__ import annotations

import numpy as np
import pytest

from rag.islamic.confidence import Calibration
from rag.islamic.evidence import NAMES
from rag.islamic.fit import fit, out_of_fold, suffices
from rag.islamic.measuring import Judged, Measured, Question, measure


def _row(**numbers: float) -> list[float]:
    return [numbers.get(name, 0.0) for name in NAMES]


def _judged(number: int) -> Judged:
    """A question whose first candidate is right and well covered; every third one has no answer and is ill covered."""
    random = np.random.default_rng(number)
    answerable = number % 3 > 0
    best = _row(coverage=0.75 + 0.2 * random.random() if answerable else 0.5 * random.random())
    rest = [_row(coverage=0.5 * random.random(), unknown=0.5) for _ in range(5)]
    accepted = frozenset(("1:1",)) if answerable else frozenset[str]()
    return Judged(Question("msa", f"question {number}", accepted), ("1:1", "2:1", "2:2", "2:3", "2:4", "2:5"), np.array([best, *rest]))


JUDGED = [_judged(number) for number in range(90)]


def test_what_tells_right_from_wrong_gets_the_weight() -> None:
    fitted = fit(JUDGED)
    assert fitted.table["coverage"] > 5 * max(abs(value) for name, value in fitted.table.items() if name not in ("coverage", "unknown"))
    assert fitted.table["unknown"] <= 0
    assert fitted.intercept < 0


def test_two_numbers_that_say_more_together_are_weighed_together() -> None:
    random = np.random.default_rng(0)
    both = random.choice((0.2, 0.8), size=(400, 2))
    judged = [
        Judged(
            Question("msa", f"question {at}", frozenset(("1:1",) if first == second else ())),
            ("1:1",),
            np.array([_row(text=first, line=second)]),
        )
        for at, (first, second) in enumerate(both)
    ]
    fitted = fit(judged)
    alike, apart = fitted.probabilities(np.array([_row(text=0.8, line=0.8), _row(text=0.2, line=0.8)]))
    assert fitted.table["text line"] > 0
    assert alike > 0.5 > apart


def test_what_was_fitted_says_the_same_as_the_calibration_it_is_kept_as() -> None:
    fitted = fit(JUDGED)
    kept = Calibration(fitted.table, round(fitted.intercept, 3), threshold=0.5, closeness=0.9, checksum="")
    rows = JUDGED[1].rows
    assert kept.probabilities(rows.astype(np.float32)) == pytest.approx(fitted.probabilities(rows), abs=0.002)


def test_probabilities_come_from_fits_that_have_not_seen_the_question() -> None:
    found = out_of_fold(JUDGED, folds=3)
    answered = [each.probabilities[0] for each in found if each.question.accepted]
    others = [each.probabilities[0] for each in found if not each.question.accepted]
    assert min(answered) > max(others)


@pytest.mark.parametrize(("precision", "false_alarms", "enough"), [(0.9, 0.01, True), (0.7, 0.01, False), (0.9, 0.5, False)])
def test_what_is_shown_must_be_right_often_enough_and_seldom_where_nothing_answers(
    *, precision: float, false_alarms: float, enough: bool
) -> None:
    assert suffices(Measured(0.5, precision, 0.8, 0.8, 0.8, false_alarms)) is enough


def test_a_question_without_candidates_is_no_error() -> None:
    empty = Judged(Question("msa", "nothing", frozenset(("1:1",))), (), np.zeros((0, len(NAMES))))
    fitted = fit([*JUDGED, empty])
    assert fitted.probabilities(empty.rows).shape == (0,)
    assert measure([empty.scored([])], 0.5).coverage == 0
