"""What of a model's answer rests on its sources."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.recency.supported import SupportedText

SOURCES = ["Al Jazeera, 10 March 2026: The library opened with 300 guests and 12,000 books.", "حضر ثلاثة وزراء الافتتاح يوم 9 مارس 2026."]


def passed(text: str, *, piece: int = 1000, sources: Sequence[str] = SOURCES) -> tuple[str, SupportedText]:
    filtered = SupportedText(sources)
    out = "".join(filtered.push(text[at : at + piece]) for at in range(0, len(text), piece)) + filtered.finish()
    return out, filtered


@pytest.mark.parametrize("piece", [1, 3, 7, 1000])
def test_sentences_with_a_source_pass_and_others_do_not(piece: int) -> None:
    text = "The library opened [1]. Everyone was happy. It has 12000 books. [1] Three ministers came [2]."
    out, filtered = passed(text, piece=piece)
    assert out == "The library opened [1]. It has 12000 books. [1] Three ministers came [2]."
    assert (filtered.passed, filtered.dropped) == (3, 1)


def test_number_that_no_named_source_has_is_not_passed() -> None:
    assert passed("There were 400 guests [1].")[0] == ""
    assert passed("There were 300 guests [2].")[0] == ""
    assert passed("There were 300 guests [1][2].")[0]


def test_numbers_in_words_and_in_other_digits_are_numbers() -> None:
    assert passed("حضر الافتتاح ٣ وزراء [2].")[0]
    assert passed("حضر أربعة وزراء [2].")[0] == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("five million", "5 million"),
        ("خمسة ملايين", "5 ملايين"),
        ("5,000,000", "5 ملايين"),
        ("خمسة وعشرين ألفًا", "25 ألفا"),
        ("twenty-five thousand", "25,000"),
        ("2.5 مليار", "٢٫٥ billion"),
        ("خمسة آلاف مليون", "5 مليارات"),
    ],
)
def test_a_number_is_the_same_in_words_in_digits_and_in_both(one: str, other: str) -> None:
    for source, said in ((one, other), (other, one)):
        assert passed(f"It cost {said} riyals [1].", sources=[f"It cost {source} riyals."])[0]


def test_digits_before_a_scale_are_no_number_apart() -> None:
    for said in ("5", "1,000,000", "5 billion"):
        assert passed(f"It cost {said} riyals [1].", sources=["It cost 5 million riyals."])[0] == ""


def test_number_with_several_points_before_a_scale_is_kept_as_it_is() -> None:
    assert passed("It is 1.2.3 [1].", sources=["1.2.3 million"])[0]


def test_number_of_a_list_item_is_no_number_of_the_source() -> None:
    assert passed("1. The library opened [1].\n2. Ministers came [2].\n")[1].passed == 2


def test_marker_that_names_no_source_is_none() -> None:
    assert passed("The library opened [7].")[0] == ""


def test_first_sentence_passes_before_the_second_is_complete() -> None:
    filtered = SupportedText(SOURCES)
    assert filtered.push("The library opened [1]. It is") == "The library opened [1]."
