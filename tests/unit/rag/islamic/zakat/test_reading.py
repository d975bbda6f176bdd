"""What somebody says they own, as it is read."""

from __future__ import annotations

import pytest

from rag.islamic.zakat.reading import read_case


@pytest.mark.parametrize(
    ("told", "cash"),
    [
        ("عندي 2 مليار ريال، كم زكاتها", 2 * 10**9),
        ("زكاة 25 ألفًا", 25_000),
        ("زكاة 3.5 مليونا", 3_500_000),
        ("عندي 3 مليارات ريال", 3 * 10**9),
        ("zakat on 2 billion dollars", 2 * 10**9),
        ("عندي خمسة وعشرون ألفًا", 25_000),
        ("زكاة مليون ومئتي ألف ريال", 1_200_000),
        ("زكاة مليار ريال", 10**9),
        ("عندي 3 آلاف و500 ريال كم زكاتها", 3_500),
        ("عندي مليون و200 ألف ريال كم زكاتها", 1_200_000),
        ("عندي 2 مليون و 300 ألف ريال كم زكاتها", 2_300_000),
    ],
)
def test_a_sum_is_read_whole_however_its_thousands_are_written(told: str, cash: int) -> None:
    read = read_case([told])
    assert read is not None
    assert read.case.cash == cash


def test_a_thousand_thanks_are_no_sum() -> None:
    assert read_case(["ألف شكر، كم زكاة المال؟"]) is None
