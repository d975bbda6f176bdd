from __future__ import annotations

import pytest

from fanar.messages import ChatMessage
from orchestrator.handlers.dictation import text_to_read


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("read this aloud: welcome to Doha", "welcome to Doha"),
        ("please read aloud the quick brown fox", "the quick brown fox"),
        ("اقرأ بصوت عالٍ: مرحبا بكم", "مرحبا بكم"),
        ("اقرأ لي هذا النص بصوت مرتفع مرحبا بكم في قطر", "مرحبا بكم في قطر"),
        ("حوّل هذا النص إلى صوت:\nأهلا", "أهلا"),
        ("اقرأ «مرحبا بك»", "مرحبا بك"),
        ("مرحبا بكم", "مرحبا بكم"),
        ("Read this aloud", "The answer."),
        ("read out loud your last answer", "The answer."),
        ("اقرأ بصوت عالٍ", "The answer."),
        ("اقرأ جوابك", "The answer."),
    ],
)
def test_what_stands_behind_the_command_is_read_or_else_the_answer_before_it(asked: str, read: str) -> None:
    assert text_to_read([ChatMessage("user", "?"), ChatMessage("assistant", "The answer."), ChatMessage("user", asked)]) == read


def test_where_nothing_was_said_there_is_nothing_to_read() -> None:
    assert text_to_read([ChatMessage("user", "read this aloud")]) == ""
    assert text_to_read([]) == ""
