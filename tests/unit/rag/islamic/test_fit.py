"""The fit of the confidence, on evidence made for the purpose."""

from __future__ import annotations

import numpy as np
import pytest

from rag.islamic.confidence import SUPPORTING
from rag.islamic.evidence import NAMES
from rag.islamic.fit import Judged, Question, choose, fit, measure, out_of_fold, read_questions


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


def test_questions_are_read_with_the_verses_that_answer_them() -> None:
    found = read_questions("msa\tما كفارة اليمين؟\t5:89,2:224-225\nenglish\tcapital of Norway\t-")
    assert found[0].accepted == {"5:89", "2:224", "2:225"}
    assert found[1] == Question("english", "capital of Norway", frozenset())


def test_what_tells_right_from_wrong_gets_the_weight_and_keeps_its_sign() -> None:
    weights, intercept = fit(JUDGED)
    table = dict(zip(NAMES, weights, strict=True))
    assert table["coverage"] > 5 * max(abs(value) for name, value in table.items() if name not in ("coverage", "unknown"))
    assert all(table[name] >= 0 for name in SUPPORTING)
    assert table["unknown"] <= 0
    assert intercept < 0


def test_probabilities_come_from_fits_that_have_not_seen_the_question() -> None:
    probabilities = out_of_fold(JUDGED, folds=3)
    answered = [probability[0] for each, probability in zip(JUDGED, probabilities, strict=True) if each.question.accepted]
    others = [probability.max() for each, probability in zip(JUDGED, probabilities, strict=True) if not each.question.accepted]
    assert min(answered) > max(others)


def test_what_is_shown_is_counted_at_a_threshold() -> None:
    probabilities = [np.array([0.9, 0.1, 0.1, 0.1, 0.1, 0.1]) if each.question.accepted else np.full(6, 0.6) for each in JUDGED]
    low, high = measure(JUDGED, probabilities, 0.5), measure(JUDGED, probabilities, 0.7)
    assert (high.precision, high.coverage, high.hits, high.false_alarms) == (1, 1, 1, 0)
    assert low.false_alarms == 1
    assert low.precision == pytest.approx(60 / (60 + 30 * 5))


def test_the_lowest_threshold_with_the_wanted_precision_is_chosen() -> None:
    probabilities = [np.array([0.9, 0, 0, 0, 0, 0]) if each.question.accepted else np.full(6, 0.6) for each in JUDGED]
    assert choose(JUDGED, probabilities, precision=0.9).threshold == pytest.approx(0.61)


def test_a_precision_out_of_reach_shows_as_little_as_can_be() -> None:
    never = [np.full(6, 0.995) for _ in JUDGED]
    assert choose(JUDGED, never, precision=0.99).threshold == pytest.approx(0.98)


def test_a_question_without_candidates_is_no_error() -> None:
    empty = Judged(Question("msa", "nothing", frozenset(("1:1",))), (), np.zeros((0, len(NAMES))))
    weights, _ = fit([*JUDGED, empty])
    assert empty.rows.shape == (0, len(weights))
    assert measure([empty], [np.zeros(0)], 0.5).coverage == 0
