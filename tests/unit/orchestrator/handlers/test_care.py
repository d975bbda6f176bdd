"""Tests for the answer to somebody who may be in danger."""

from __future__ import annotations

import pytest

from fanar.events import ResponseCompleted, Route, RoutingDecision, TextDelta
from fanar.messages import ChatMessage, ChatRequest
from orchestrator.handlers.care import CareHandler
from rag.islamic.danger import DESPAIR, VIOLENCE

DECISION = RoutingDecision(Route.GENERAL, "care", 1.0, ())


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("I want to kill myself", DESPAIR.en),
        ("بدي موت حالي", DESPAIR.ar),
        ("my husband beats me", VIOLENCE.en),
        ("جوزي بيضربني", VIOLENCE.ar),
    ],
)
async def test_who_is_in_danger_is_told_where_help_is(prompt: str, told: str) -> None:
    request = ChatRequest((ChatMessage("user", prompt),))
    text, completed = [event async for event in CareHandler().handle(request, DECISION)]
    assert isinstance(text, TextDelta)
    assert text.text == told
    assert isinstance(completed, ResponseCompleted)
    assert completed.metadata["notice"] == "safety"
