"""Reasoning between tags stays out of the answer, however the text is cut."""

import pytest

from fanar.llm.thinking import ThinkingFilter

ANSWERS = {
    "مرحبًا بك": "مرحبًا بك",
    "<think>hidden</think>answer": "answer",
    "\n<think>\nhidden\n</think>\n\nanswer": "answer",
    "<thinking>hidden</thinking>answer": "answer",
    "<think></think>\n\nanswer": "answer",
    "<think>a</think> <think>b</think> answer": "answer",
    "one <think>hidden</think>two": "one two",
    "one <think>hidden</think> two": "one  two",
    "hidden tags alone</think>answer": "hidden tags aloneanswer",
    "</think>\n\nanswer": "answer",
    "1 < 2 and <thi> is no tag <": "1 < 2 and <thi> is no tag <",
    "<<think>x</think>y": "<y",
    "  indented": "  indented",
    "   ": "   ",
    "": "",
    "<think>never closed": "",
    "<think>never closed </thin": "",
    "the <think> tag opens, and <think> again": "the  tag opens, and  again",
    "a <think>b</think> the <think> tag": "a  the  tag",
    "قال <quran_start>قل هو<quran_end>.": "قال ﴿قل هو﴾.",
    "<think>x</think> <quran_start>a<quran_end>": "﴿a﴾",
    "<hadith_start>a<hadith_end> <quran_": "«a» <quran_",
    "a <think> <quran_start>b": "a  ﴿b",
}


def _filtered(pieces: list[str], *, complete: bool = True) -> str:
    thinking = ThinkingFilter()
    return "".join([*map(thinking.feed, pieces), thinking.finish(complete=complete)])


@pytest.mark.parametrize(("text", "answer"), ANSWERS.items())
def test_the_answer_is_the_same_wherever_the_text_is_cut(text: str, answer: str) -> None:
    assert _filtered(list(text)) == answer
    for first in range(len(text) + 1):
        for second in range(first, len(text) + 1):
            assert _filtered([text[:first], text[first:second], text[second:]]) == answer


def test_reasoning_cut_off_by_a_bound_is_not_given_back() -> None:
    assert _filtered(["answer <think>hid", "den"], complete=False) == "answer "


def test_plain_text_is_let_through_at_once() -> None:
    thinking = ThinkingFilter()
    assert [thinking.feed(piece) for piece in ("سلام", " عليكم", ".")] == ["سلام", " عليكم", "."]
    assert not thinking.holding


def test_only_what_may_be_a_tag_is_held_back() -> None:
    thinking = ThinkingFilter()
    assert thinking.feed("a <thi") == "a "
    assert thinking.holding
    assert thinking.feed("s>") == "<this>"
    assert not thinking.holding


def test_it_says_when_a_piece_lost_something() -> None:
    thinking = ThinkingFilter()
    lost = []
    for piece in ("a", "<think>b", "c", "</think>", "d"):
        thinking.feed(piece)
        lost.append(thinking.dropped)
    assert lost == [False, True, True, True, False]
