"""What would be shown for questions whose answers are known, and how it is counted."""

from __future__ import annotations

import numpy as np
import pytest

from rag.islamic.evidence import NAMES
from rag.islamic.measuring import Judged, Question, Scored, choose, measure, read_questions

RIGHT = Question("msa", "answered", frozenset(("1:1",)))
NONE = Question("msa", "answered nowhere", frozenset())
FAR_APART = (("1:1",), ("2:1",), ("3:1",))
SCORED = [Scored(RIGHT, FAR_APART, (0.9, 0.1, 0.1))] * 2 + [Scored(NONE, FAR_APART, (0.6, 0.6, 0.6))]


def test_questions_are_read_with_the_verses_that_answer_them() -> None:
    found = read_questions("msa\tما كفارة اليمين؟\t5:89,2:224-225\nenglish\tcapital of Norway\t-")
    assert found[0].accepted == {"5:89", "2:224", "2:225"}
    assert found[1] == Question("english", "capital of Norway", frozenset())


def test_candidates_are_scored_as_the_passages_they_form() -> None:
    judged = Judged(RIGHT, ("1:2", "9:9", "1:1"), np.zeros((3, len(NAMES))))
    scored = judged.scored([0.8, 0.3, 0.75])
    assert scored.passages == (("1:2", "1:1"), ("9:9",))
    assert scored.probabilities == pytest.approx((0.8, 0.3))
    assert judged.labels.tolist() == [0, 0, 1]


def test_what_is_shown_is_counted_at_a_threshold() -> None:
    low, high = measure(SCORED, 0.5), measure(SCORED, 0.7)
    assert (high.precision, high.verses, high.coverage, high.hits, high.false_alarms) == (1, 1, 1, 1, 0)
    assert low.false_alarms == 1
    assert low.precision == pytest.approx(2 / 5)


def test_a_passage_is_right_by_one_verse_and_its_verses_are_counted_each() -> None:
    found = measure([Scored(RIGHT, (("1:2", "1:1"), ("9:9",)), (0.9, 0.2))], 0.5)
    assert (found.precision, found.verses, found.hits) == (1, 0.5, 1)


def test_no_more_verses_are_shown_than_may_be() -> None:
    long = tuple(tuple(f"{surah}:{ayah}" for ayah in (1, 2, 3)) for surah in (1, 2, 3))
    assert Scored(RIGHT, long, (0.9, 0.9, 0.9)).shown(0.5) == [("1:1", "1:2", "1:3"), ("2:1", "2:2")]


def test_the_lowest_threshold_that_suffices_is_chosen() -> None:
    assert choose(SCORED, lambda found: found.precision >= 0.9).threshold == pytest.approx(0.61)


def test_what_is_out_of_reach_shows_as_little_as_can_be() -> None:
    never = [Scored(NONE, FAR_APART, (0.995, 0.1, 0.1))]
    assert choose(never, lambda found: found.precision >= 0.9).threshold == pytest.approx(0.98)
