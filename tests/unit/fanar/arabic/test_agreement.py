"""Tests of the form of a noun after a number."""

from __future__ import annotations

import pytest

from fanar.arabic.agreement import form_after


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, "يوم"),
        (3, "أيام"),
        (10, "أيام"),
        (11, "يومًا"),
        (99, "يومًا"),
        (100, "يوم"),
        (102, "يوم"),
        (103, "أيام"),
        (111, "يومًا"),
        (2000, "يوم"),
    ],
)
def test_a_noun_agrees_with_the_last_two_digits_of_its_number(number: int, form: str) -> None:
    assert form_after(number, single="يوم", few="أيام", many="يومًا") == form
