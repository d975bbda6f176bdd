"""Which cases an evaluation reads, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from fanar.errors import FanarError, NotFoundError, UnprocessableError
from fanar.events import Route
from orchestrator.evaluation.llm import Item, read_items
from orchestrator.evaluation.rag import read_questions
from orchestrator.evaluation.routing import read_labelled
from orchestrator.routing.prompts import Prompt, read_prompts

READERS = (read_labelled, read_questions, read_items)


def test_what_ships_is_read_when_nothing_is_named() -> None:
    assert read_labelled(None) == read_prompts()
    assert any(question.accepted for question in read_questions(None))
    assert any(not question.accepted for question in read_questions(None))


def test_the_shipped_questions_for_models_are_many_and_distinct_and_their_answers_read_as_right() -> None:
    items = read_items(None)
    assert len({item.question for item in items}) == len(items) >= 60
    assert {item.language for item in items} == {"ar", "en"}
    assert all(item.is_right(answer) for item in items for answer in item.answers)


def test_no_option_but_the_right_one_is_right() -> None:
    wrong = [(item, option) for item in read_items(None) for option in item.options if option not in item.answers]
    assert not [pair for pair in wrong if pair[0].is_right(pair[1])]


def test_the_right_option_does_not_stand_in_one_place() -> None:
    places = [item.options.index(item.answers[0]) for item in read_items(None) if item.options]
    assert max(places.count(place) for place in range(4)) < len(places) / 2


def test_a_file_names_its_route_or_each_line_does(tmp_path: Path) -> None:
    (tmp_path / "islamic.tsv").write_text("msa\truling\tما حكم صيام المسافر؟\n")
    (tmp_path / "mixed.tsv").write_text("\ufeffgeneral\tenglish\tprime\tWhy? ⇢ Because. ⇢ And then?\r\n\n")
    fasting = Prompt(Route.ISLAMIC, "msa", "ruling", ("ما حكم صيام المسافر؟",))
    then = Prompt(Route.GENERAL, "english", "prime", ("Why?", "Because.", "And then?"))
    assert read_labelled(tmp_path / "islamic.tsv") == [fasting]
    assert read_labelled(tmp_path) == [fasting, then]


def test_references_may_be_ranges_or_none(tmp_path: Path) -> None:
    file = tmp_path / "questions.tsv"
    file.write_text("msa\tالصيام\t2:183, 2:184-185\nenglish\tThe weather\t-\n")
    assert [sorted(question.accepted) for question in read_questions(file)] == [["2:183", "2:184", "2:185"], []]


@pytest.mark.parametrize("read", READERS)
def test_a_file_that_is_not_there_is_not_found(read, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotFoundError):
        read(tmp_path / "none.tsv")


@pytest.mark.parametrize("read", READERS)
def test_a_file_that_is_not_text_is_refused(read, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "x.tsv").write_bytes(b"\xff\xfe")
    with pytest.raises(UnprocessableError):
        read(tmp_path / "x.tsv")


@pytest.mark.parametrize(
    ("read", "line"),
    [
        (read_labelled, "weather\tmsa\t-\tx"),
        (read_labelled, "general\tlatin\t-\tx"),
        (read_labelled, "general\tmsa\t-\t "),
        (read_labelled, "words alone"),
        (read_questions, "msa\tx"),
        (read_questions, "msa\t\t2:1"),
        (read_questions, "msa\tx\tBaqarah"),
        (read_items, "fr\ta\tb\t-\tc"),
        (read_items, "en\ta\tb\tc | d\te"),
        (read_items, "en\ta\tb\tc\tc"),
        (read_items, "en\ta\tb\t1 | 2 | 3 | 4 | 5\t1"),
        (read_items, "en\ta\t\t-\tc"),
    ],
)
def test_a_line_of_another_form_is_named_by_its_number_and_not_repeated(read, line: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "cases.tsv").write_text(f"\n{line}\n")
    with pytest.raises(FanarError, match="Line 2") as refused:
        read(tmp_path / "cases.tsv")
    assert line not in refused.value.message.en


CHOICE = Item("en", "x", "Which?", ("a cat", "a dog"), ("a dog",))
SHORT = Item("ar", "x", "ما عاصمة قطر؟", (), ("الدوحة",))


@pytest.mark.parametrize("answer", ["B", "b.", "B) A dog", "(B)", "A dog!", " **B** "])
def test_a_choice_is_right_by_its_letter_its_text_or_both(answer: str) -> None:
    assert CHOICE.is_right(answer)


@pytest.mark.parametrize("answer", ["A", "A) a dog", "B or A", "It is B because dogs bark", "", "a cat"])
def test_anything_more_or_less_is_wrong(answer: str) -> None:
    assert not CHOICE.is_right(answer)


def test_spelling_does_not_matter_and_content_does() -> None:
    assert SHORT.is_right("الدَّوحة.")
    assert not SHORT.is_right("عاصمة قطر هي الدوحة")
    assert Item("ar", "x", "كم؟", (), ("35",)).is_right("٣٥")


def test_options_are_lettered_in_the_language_of_the_question() -> None:
    item = Item("ar", "x", "أيهما؟", ("قط", "كلب"), ("كلب",))
    assert item.prompt.splitlines()[1:3] == ["أ) قط", "ب) كلب"]
    assert item.is_right("ب")
