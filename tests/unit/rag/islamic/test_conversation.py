"""Follow-up questions."""

from __future__ import annotations

import pytest

from fanar.messages import ChatMessage
from rag.islamic.conversation import standalone_question
from tests.unit.rag.islamic.quran import conversation


@pytest.mark.parametrize(
    "follow_up", ["وللمريض؟", "وإذا كان مريضًا؟", "طيب والمرأة الحامل؟", "What about the sick?", "and for women?", "ماذا عن النساء؟"]
)
def test_a_follow_up_is_read_with_the_question_before_it(follow_up: str) -> None:
    messages = conversation("ما حكم صيام المسافر؟", "جواب", follow_up).messages
    assert standalone_question(messages) == f"ما حكم صيام المسافر؟ {follow_up}"


@pytest.mark.parametrize("question", ["كم عدة المطلقة؟", "Who was Luqman?", "آيات الصبر"])
def test_a_question_of_its_own_stands_alone(question: str) -> None:
    assert standalone_question(conversation("ما حكم صيام المسافر؟", "جواب", question).messages) == question


def test_a_first_question_stands_alone() -> None:
    assert standalone_question(conversation("وماذا عن المسافر؟").messages) == "وماذا عن المسافر؟"


def test_a_long_text_is_no_follow_up() -> None:
    text = "and " + "word " * 3_000
    assert standalone_question(conversation("first", "answer", text).messages) == text


def test_without_a_user_there_is_no_question() -> None:
    assert standalone_question([ChatMessage("system", "be kind")]) == ""
