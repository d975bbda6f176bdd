"""Follow-up questions."""

from __future__ import annotations

import pytest

from fanar.messages import ChatMessage
from rag.islamic.conversation import standalone_question, thread
from tests.unit.rag.islamic.quran import conversation


@pytest.mark.parametrize(
    "follow_up", ["وللمريض؟", "وإذا كان مريضًا؟", "طيب والمرأة الحامل؟", "What about the sick?", "and for women?", "ماذا عن النساء؟"]
)
def test_a_follow_up_is_read_with_the_question_before_it(follow_up: str) -> None:
    messages = conversation("ما حكم صيام المسافر؟", "جواب", follow_up).messages
    assert standalone_question(messages) == f"ما حكم صيام المسافر؟ {follow_up}"


@pytest.mark.parametrize("follow_up", ["ما درجته؟", "من رواه؟", "وش معناه؟", "ما الدليل؟", "Is it authentic?", "What's its grade?"])
def test_what_is_asked_of_it_goes_on_with_what_it_is(follow_up: str) -> None:
    assert len(thread(conversation("حديث إنما الأعمال بالنيات", "جواب", follow_up).messages)) == 2


@pytest.mark.parametrize("question", ["ما معناه في سورة الكهف", "كم عدة المطلقة؟", "Who was Luqman?", "آيات الصبر"])
def test_a_question_of_its_own_stands_alone(question: str) -> None:
    assert standalone_question(conversation("ما حكم صيام المسافر؟", "جواب", question).messages) == question


def test_a_second_follow_up_goes_on_with_the_question_that_the_first_went_on_with() -> None:
    turns = ("ما حكم صيام المسافر؟", "جواب", "وللمريض؟", "جواب", "وللحامل؟")
    assert standalone_question(conversation(*turns).messages) == "ما حكم صيام المسافر؟ وللحامل؟"
    assert thread(conversation(*turns).messages) == (turns[0], turns[2], turns[4])


def test_a_school_alone_asks_the_same_of_it() -> None:
    messages = conversation("ما حكم صيام المسافر؟", "جواب", "عند المالكية؟").messages
    assert thread(messages) == ("ما حكم صيام المسافر؟", "عند المالكية؟")


def test_a_first_question_stands_alone() -> None:
    assert standalone_question(conversation("وماذا عن المسافر؟").messages) == "وماذا عن المسافر؟"


def test_a_long_text_is_no_follow_up() -> None:
    text = "and " + "word " * 3_000
    assert standalone_question(conversation("first", "answer", text).messages) == text


def test_without_a_user_there_is_no_question() -> None:
    assert standalone_question([ChatMessage("system", "be kind")]) == ""
