"""Reasoning between tags stays out of the answer, however the text is cut."""

import pytest

from fanar.llm.thinking import Reasoning, ThinkingFilter, ends_reasoning

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
    assert lost == [False, True, False, True, False]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("hidden\n</think>\n\nanswer", "answer"),
        ("hidden</think>answer", "answer"),
        ("<think>hidden</think>answer", "answer"),
        ("an answer with 1 < 2", "an answer with 1 < 2"),
        ("قال <quran_start>قل هو<quran_end>.", "قال ﴿قل هو﴾."),
        ("<think>never closed", ""),
    ],
)
def test_what_is_expected_to_begin_within_reasoning_waits_for_its_end(text: str, answer: str) -> None:
    for first in range(len(text) + 1):
        thinking = ThinkingFilter(opened=True)
        assert thinking.feed(text[:first]) + thinking.feed(text[first:]) + thinking.finish(complete=True) == answer
    assert thinking.opened is (text.startswith("hidden"))


def test_reasoning_cut_off_by_a_bound_is_no_answer() -> None:
    thinking = ThinkingFilter(opened=True)
    assert thinking.feed("hidden") + thinking.finish(complete=False) == ""
    assert thinking.opened is None


def test_what_a_server_keeps_apart_is_not_waited_for() -> None:
    thinking = ThinkingFilter(opened=True)
    assert thinking.feed("ans") == ""
    assert thinking.release() + thinking.feed("wer") == "answer"


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("hidden\n</think>\n\nanswer", True),
        ("hidden</think>\nanswer", True),
        ("hidden</think>", True),
        ("The tag </think> ends it.", False),
        ("<think>a</think>\nb", False),
        ("answer", False),
    ],
)
def test_a_whole_answer_shows_by_its_first_tag_that_it_begins_within_reasoning(text: str, ends: bool) -> None:
    assert ends_reasoning(text) is ends


def test_how_the_last_answer_began_is_expected_of_the_next() -> None:
    reasoning = Reasoning()
    assert (reasoning.expected(asked=True), reasoning.expected(asked=False)) == (True, False)
    reasoning.learn(asked=False, opened=True)
    reasoning.learn(asked=True, opened=False)
    assert (reasoning.expected(asked=True), reasoning.expected(asked=False)) == (False, True)
