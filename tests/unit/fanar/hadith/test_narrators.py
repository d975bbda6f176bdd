"""The chain that a text names before a hadith is found, and everyday uses of the same words are none."""

from __future__ import annotations

import pytest

from fanar.hadith.narrators import narrators_before, narrators_within, spoken_from
from tests.timing import cpu_seconds


@pytest.mark.parametrize(
    ("before", "chain"),
    [
        ("وعن سهل بن سعد رضي الله عنه قال: ", "عن سهل بن سعد رضي الله عنه قال:"),
        ("جاء عن أنس بن مالك، عن النبي ﷺ قال:\n> ", "عن أنس بن مالك، عن النبي ﷺ قال:"),
        ("- **عن عائشة رضي الله عنها قالت:** ", "عن عائشة رضي الله عنها قالت:"),
        ("كما في حديث معاذ بن جبل رضي الله عنه: ", "حديث معاذ بن جبل رضي الله عنه:"),
        ("ويقول أبو ذر رضي الله عنه: ", "يقول أبو ذر رضي الله عنه:"),
        ("حدثنا يحيى عن مالك قال: ", "حدثنا يحيى عن مالك قال:"),
        ("انتهى الدرس. عن جابر قال: ", "عن جابر قال:"),
        ("رُوي عن ثوبان مولى رسول الله ﷺ أنه قال: ", "رُوي عن ثوبان مولى رسول الله ﷺ أنه قال:"),
    ],
)
def test_a_chain_is_found_with_its_last_word(before: str, chain: str) -> None:
    found = narrators_before(f"{before}«كلام»", len(before) + 1, mark=len(before))
    assert found is not None
    assert found.text == chain
    assert before[found.start : found.end] == chain


@pytest.mark.parametrize(
    "before",
    [
        "تحدث المدير عن الميزانية فقال: ",
        "قال رسول الله ﷺ: ",
        "في حديث صحيح: ",
        "عن أبي هريرة رضي الله عنه. ثم قال المعلم: ",
        "سئل عن علي رضي الله عنه؟ فقال: ",
        "",
    ],
)
def test_other_words_are_no_chain(before: str) -> None:
    assert narrators_before(f"{before}«كلام»", len(before) + 1, mark=len(before)) is None


def test_a_chain_within_a_stretch_ends_where_the_saying_begins() -> None:
    text = "وعن أبي موسى رضي الله عنه قال: قال رسول الله ﷺ: المؤمن للمؤمن كالبنيان"
    found = narrators_within(text, 1, len(text))
    assert found is not None
    assert text[found.end :] == " المؤمن للمؤمن كالبنيان"
    assert narrators_within(text, text.index("المؤمن"), len(text)) is None
    assert narrators_within("المؤمن للمؤمن كالبنيان", 0, 22) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("قال رسول الله ﷺ: المؤمن للمؤمن كالبنيان", " المؤمن للمؤمن كالبنيان"),
        ("سمعت النبي صلى الله عليه وسلم يقول: 'المؤمن للمؤمن'", " 'المؤمن للمؤمن'"),
        ("عن أبي موسى قال: قال النبي: المؤمن للمؤمن كالبنيان", " المؤمن للمؤمن كالبنيان"),
        ("المؤمن للمؤمن كالبنيان: هكذا قال", "المؤمن للمؤمن كالبنيان: هكذا قال"),
        ("قال رسول الله ﷺ المؤمن للمؤمن كالبنيان", "قال رسول الله ﷺ المؤمن للمؤمن كالبنيان"),
    ],
)
def test_who_speaks_is_told_apart_from_what_is_said(text: str, words: str) -> None:
    assert text[spoken_from(text, 0, len(text)) :] == words


def test_a_text_made_of_names_costs_no_more_than_its_length() -> None:
    text = "عن أبي بن عن " * 8_000
    assert cpu_seconds(lambda: [narrators_before(text, at) for at in range(0, len(text), 500)]) < 40 * cpu_seconds(
        lambda: [narrators_before(text[:10_000], at) for at in range(0, 10_000, 500)]
    )
