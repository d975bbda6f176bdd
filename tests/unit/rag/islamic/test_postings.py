"""Rows by term."""

from __future__ import annotations

import numpy as np

from rag.islamic.postings import Postings

POSTINGS = Postings.build([{"a": 0.5, "b": 1.0}, {"b": 0.25}, {}, {"a": 1.0, "b": 1.0, "c": 1.0}])


def test_the_rows_of_a_term_come_in_order_with_its_weights() -> None:
    rows, weights = POSTINGS.weighted("a")
    assert rows.tolist() == POSTINGS.of("a").tolist() == [0, 3]
    assert weights.tolist() == [0.5, 1.0]
    assert POSTINGS.frequency("b") == 3


def test_a_term_that_nothing_has_has_no_rows() -> None:
    assert POSTINGS.of("zz").tolist() == []
    assert POSTINGS.frequency("zz") == 0
    assert POSTINGS.weighted("zz")[0].tolist() == []


def test_rows_with_all_terms_are_those_that_miss_none() -> None:
    assert POSTINGS.with_all(["a", "b"]).tolist() == [0, 3]
    assert POSTINGS.with_all(["a", "b", "c"]).tolist() == [3]
    assert POSTINGS.with_all(["a", "zz"]).tolist() == []
    assert POSTINGS.with_all([]).tolist() == []


def test_nothing_at_all_can_be_kept() -> None:
    assert Postings.build([]).of("a").tolist() == []
    assert Postings.build([()]).rows.dtype == np.int32
