"""Changes that words tell as percentages, in both languages."""

from __future__ import annotations

import pytest

from fanar.attribution.claims.reading import read


@pytest.mark.parametrize(
    ("sentence", "percent"),
    [
        ("Sales doubled.", 100),
        ("Sales tripled.", 200),
        ("Travel time was halved.", 50),
        ("Fares were cut in half.", 50),
        ("Output fell by a third.", 33.333),
        ("Output fell to a quarter.", 75),
        ("Output rose fourfold.", 300),
        ("تضاعفت المبيعات", 100),
        ("فتضاعف عدد الركاب", 100),
        ("تضاعفت المبيعات ثلاث مرات", 200),
        ("تضاعفت المبيعات مرتين", 100),
        ("انخفضت الأجرة إلى النصف", 50),
        ("تراجعت الزراعة بمقدار الربع", 25),
    ],
)
def test_a_change_in_words_is_a_percentage(sentence: str, percent: float) -> None:
    (quantity,) = read(sentence).quantities
    assert quantity.dimension == "percent"
    assert quantity.low <= percent <= quantity.high
    assert not quantity.low <= 1.5 * percent <= quantity.high


def test_a_change_may_be_a_bound() -> None:
    (quantity,) = read("Sales more than doubled.").quantities
    assert quantity.low > 100 - 1 < quantity.high
    assert quantity.bound == "above"


@pytest.mark.parametrize("sentence", ["wait in half an hour", "sold to a third party", "في النصف الثاني", "وصل إلى الربع النهائي"])
def test_part_of_something_named_is_no_change(sentence: str) -> None:
    assert not [each for each in read(sentence).quantities if each.dimension == "percent"]


@pytest.mark.parametrize(
    ("sentence", "percent"),
    [
        ("It rose from 4 million dollars in 2019 to 8 million dollars.", 100),
        ("It was cut from six hours to three.", 50),
        ("انخفضت من 24 مليون جنيه إلى 12 مليون جنيه", 50),
        ("ارتفع إلى 30 مليون ريال من 20 مليون ريال", 50),
    ],
)
def test_two_numbers_tell_a_change_together(sentence: str, percent: float) -> None:
    (change,) = read(sentence).changes
    assert change.nominal == pytest.approx(percent)


def test_shares_differ_by_points_and_tell_no_change() -> None:
    assert not read("It rose from 20 percent to 40 percent.").changes
