"""Ranks, with and without their numbers, in both languages."""

from __future__ import annotations

import pytest

from fanar.attribution.claims.alignment import align
from fanar.attribution.claims.comparison import compare
from fanar.attribution.claims.ranks import PLACE, Rank
from fanar.attribution.claims.reading import read


def only(sentence: str) -> Rank:
    (rank,) = read(sentence).ranks
    return rank


def relation(claim: str, passage: str) -> str:
    ours, theirs = read(claim), read(passage)
    return "".join(each.relation for each in compare(ours, theirs, align(ours, theirs).pairs))


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("the second largest plant", 2),
        ("the country's third-tallest tower", 3),
        ("the 4th highest peak", 4),
        ("ثاني أكبر مصنع", 2),
        ("ورابع أعلى قمة", 4),
    ],
)
def test_a_rank_by_a_quality_has_its_number(sentence: str, number: int) -> None:
    rank = only(sentence)
    assert (rank.low, rank.high, rank.told) == (number, number, True)
    assert rank.qualities != PLACE


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("They finished third in the league.", 3),
        ("They took second place in the league.", 2),
        ("She was the runner-up.", 2),
        ("It is ranked 42nd.", 42),
        ("حل الفريق في المركز الثالث", 3),
        ("جاء الفريق ثالثا", 3),
        ("جاءت سلمى ثانية", 2),
        ("احتلت المرتبة 7", 7),
    ],
)
def test_a_place_is_a_rank_whatever_it_is_called(sentence: str, number: int) -> None:
    rank = only(sentence)
    assert (rank.low, rank.high, rank.qualities) == (number, number, PLACE)


@pytest.mark.parametrize(
    "sentence", ["a third party came", "They placed the second stone.", "took the third train", "القاهرة أكبر من طنطا"]
)
def test_what_only_counts_or_compares_is_no_rank(sentence: str) -> None:
    assert not read(sentence).ranks


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("the largest port in the country", "the second largest port in the country", "apart"),
        ("the biggest port in the country", "the second largest port in the country", "apart"),
        ("the second largest city in the country", "ثاني أكبر مدينة في البلاد", "same"),
        ("the largest port in the country", "the largest port in the country", ""),
        ("the second largest port in the country", "one of the largest ports in the country", "missing"),
        ("the second largest employer", "the second largest port", "missing"),
        ("the highest peak in Europe", "the highest peak of the range and the fourth highest in Europe", "apart"),
        ("the highest peak of the range", "the highest peak of the range and the fourth highest in Europe", "same"),
        ("جاء البرج ثالثا بين أطول المباني", "البرج ثالث أطول مبنى", "samesame"),
        ("الكلية في المرتبة الأولى", "الجامعة في المرتبة الأولى، والكلية في المرتبة التاسعة", "apart"),
    ],
)
def test_ranks_are_compared_by_what_they_rank(claim: str, passage: str, expected: str) -> None:
    assert relation(claim, passage) == expected
