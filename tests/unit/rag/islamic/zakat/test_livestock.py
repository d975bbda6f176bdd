"""Camels, cattle and sheep by the tables of the schools."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.islamic.zakat.case import Herd
from rag.islamic.zakat.livestock import camels, cattle, reckon, sheep
from rag.islamic.zakat.rules import SCHOOLS

SHEEP, MAKHAD, LABUN, HIQQA, JADHAA, TABI, MUSINNA = "sheep_due", "bint_makhad", "bint_labun", "hiqqa", "jadhaa", "tabi", "musinna"
THREE = ("maliki", "shafii", "hanbali")
# The letter of Abu Bakr (al-Bukhari 1454), word by word: from, to, how many of what.
LETTER = [
    (1, 4, 0, SHEEP), (5, 9, 1, SHEEP), (10, 14, 2, SHEEP), (15, 19, 3, SHEEP), (20, 24, 4, SHEEP), (25, 35, 1, MAKHAD),
    (36, 45, 1, LABUN), (46, 60, 1, HIQQA), (61, 75, 1, JADHAA), (76, 90, 2, LABUN), (91, 120, 2, HIQQA),
]  # fmt: skip
# al-Hidaya, chapter on camels: what is due after 120.
HIDAYA = {
    121: {HIQQA: 2},
    124: {HIQQA: 2},
    125: {HIQQA: 2, SHEEP: 1},
    130: {HIQQA: 2, SHEEP: 2},
    135: {HIQQA: 2, SHEEP: 3},
    140: {HIQQA: 2, SHEEP: 4},
    145: {HIQQA: 2, MAKHAD: 1},
    149: {HIQQA: 2, MAKHAD: 1},
    150: {HIQQA: 3},
    155: {HIQQA: 3, SHEEP: 1},
    160: {HIQQA: 3, SHEEP: 2},
    165: {HIQQA: 3, SHEEP: 3},
    170: {HIQQA: 3, SHEEP: 4},
    175: {HIQQA: 3, MAKHAD: 1},
    186: {HIQQA: 3, LABUN: 1},
    196: {HIQQA: 4},
    200: {HIQQA: 4},
    205: {HIQQA: 4, SHEEP: 1},
    225: {HIQQA: 4, MAKHAD: 1},
    236: {HIQQA: 4, LABUN: 1},
    246: {HIQQA: 5},
    250: {HIQQA: 5},
}
# Minhaj al-Talibin and al-Mughni: of every forty a bint labun, of every fifty a hiqqa.
FORTIES = {
    121: [{LABUN: 3}],
    129: [{LABUN: 3}],
    130: [{HIQQA: 1, LABUN: 2}],
    139: [{HIQQA: 1, LABUN: 2}],
    140: [{HIQQA: 2, LABUN: 1}],
    150: [{HIQQA: 3}],
    160: [{LABUN: 4}],
    170: [{HIQQA: 1, LABUN: 3}],
    180: [{HIQQA: 2, LABUN: 2}],
    190: [{HIQQA: 3, LABUN: 1}],
    200: [{HIQQA: 4}, {LABUN: 5}],
    210: [{HIQQA: 1, LABUN: 4}],
    400: [{HIQQA: 8}, {HIQQA: 4, LABUN: 5}, {LABUN: 10}],
}
# Muadh's hadith: a tabi of thirty, a musinna of forty.
CATTLE = {
    29: [], 30: [{TABI: 1}], 39: [{TABI: 1}], 40: [{MUSINNA: 1}], 59: [{MUSINNA: 1}], 60: [{TABI: 2}], 70: [{MUSINNA: 1, TABI: 1}],
    80: [{MUSINNA: 2}], 90: [{TABI: 3}], 100: [{MUSINNA: 1, TABI: 2}], 110: [{MUSINNA: 2, TABI: 1}], 120: [{MUSINNA: 3}, {TABI: 4}],
}  # fmt: skip
FLOCKS = {1: 0, 39: 0, 40: 1, 120: 1, 121: 2, 200: 2, 201: 3, 300: 3, 399: 3, 400: 4, 499: 4, 500: 5, 1000: 10}


def plain(choices: object) -> list[dict[str, int]]:
    return [{amount.unit: int(amount.number) for amount in choice} for choice in choices]  # type: ignore[attr-defined]


@pytest.mark.parametrize("school", SCHOOLS)
def test_camels_up_to_120_are_as_the_letter_says(school: str) -> None:
    for start, end, number, kind in LETTER:
        for count in range(start, end + 1):
            assert plain(camels(count, school)[1]) == ([{kind: number}] if number else [])  # type: ignore[arg-type]


@pytest.mark.parametrize(("count", "due"), HIDAYA.items())
def test_hanafis_begin_anew_after_120(count: int, due: dict[str, int]) -> None:
    assert plain(camels(count, "hanafi")[1]) == [due]


@pytest.mark.parametrize("school", ["shafii", "hanbali"])
@pytest.mark.parametrize(("count", "due"), FORTIES.items())
def test_shafiis_and_hanbalis_go_by_forties_and_fifties(count: int, due: list[dict[str, int]], school: str) -> None:
    assert plain(camels(count, school)[1]) == due  # type: ignore[arg-type]


def test_malikis_leave_the_collector_a_choice_from_121_to_129() -> None:
    assert plain(camels(121, "maliki")[1]) == plain(camels(129, "maliki")[1]) == [{HIQQA: 2}, {LABUN: 3}]
    assert plain(camels(130, "maliki")[1]) == FORTIES[130]


@pytest.mark.parametrize(("count", "due"), CATTLE.items())
def test_cattle_go_by_thirties_and_forties(count: int, due: list[dict[str, int]]) -> None:
    assert plain(cattle(count, "hanafi")[1]) == due


@pytest.mark.parametrize(("count", "due"), FLOCKS.items())
def test_sheep_go_by_the_letter(count: int, due: int) -> None:
    assert plain(sheep(count, "shafii")[1]) == ([{SHEEP: due}] if due else [])


@given(st.integers(130, 20_000), st.sampled_from(THREE))
def test_every_choice_of_camels_covers_the_whole_tens(count: int, school: str) -> None:
    choices = plain(camels(count, school)[1])  # type: ignore[arg-type]
    assert choices
    assert all(50 * choice.get(HIQQA, 0) + 40 * choice.get(LABUN, 0) == count // 10 * 10 for choice in choices)


@given(st.integers(60, 20_000))
def test_every_choice_of_cattle_covers_the_whole_tens(count: int) -> None:
    choices = plain(cattle(count, "hanbali")[1])
    assert choices
    assert all(40 * choice.get(MUSINNA, 0) + 30 * choice.get(TABI, 0) == count // 10 * 10 for choice in choices)


@given(st.integers(121, 20_000))
def test_a_cycle_of_fifty_is_a_hiqqa_more_with_hanafis(count: int) -> None:
    now, later = (plain(camels(number, "hanafi")[1])[0] for number in (count + 50, count + 100))
    assert later == now | {HIQQA: now[HIQQA] + 1}


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_more_sheep_never_owe_less(first: int, second: int) -> None:
    fewer, more = (sum(sum(choice.values()) for choice in plain(sheep(count, "maliki")[1])) for count in sorted((first, second)))
    assert fewer <= more


@pytest.mark.parametrize("school", SCHOOLS)
def test_fed_livestock_is_due_with_malikis_only(school: str) -> None:
    line = reckon(Herd("sheep", 130, grazing=False), school)  # type: ignore[arg-type]
    assert (line.status == "due") is (school == "maliki")
    assert reckon(Herd("sheep", 130, grazing=True), school).due[0][0].number == Fraction(2)  # type: ignore[arg-type]
    assert reckon(Herd("camels", 4, grazing=True), school).status == "below_nisab"  # type: ignore[arg-type]
