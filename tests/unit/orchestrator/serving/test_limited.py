"""A server that does less: what it would drop in silence is refused by name."""

from __future__ import annotations

from typing import Any

import pytest

from fanar.errors import UnprocessableError
from fanar.events import ResponseCompleted
from fanar.llm.scripted import Rule, ScriptedChatModel
from fanar.messages import ChatMessage, ChatRequest, Sampling
from orchestrator.serving.engines import TRANSFORMERS_LACKS, VLLM_LACKS
from orchestrator.serving.limited import LimitedChatModel

ASKED: dict[str, dict[str, Any]] = {
    "response_format": {"response_format": {"type": "json_object"}},
    "tool_choice": {"tool_choice": "required"},
    "n": {"sampling": Sampling(n=2)},
    "logprobs": {"sampling": Sampling(logprobs=True)},
    "presence_penalty": {"sampling": Sampling(presence_penalty=0.5)},
}
HARMLESS: tuple[dict[str, Any], ...] = (
    {},
    {"response_format": {"type": "text"}},
    {"tool_choice": "auto"},
    {"tool_choice": "none"},
    {"sampling": Sampling(n=1, presence_penalty=0.0, temperature=0.5, stop=("x",), seed=1)},
)


def model(lacking: tuple[str, ...]) -> LimitedChatModel:
    return LimitedChatModel(ScriptedChatModel([Rule(reply="نعم")]), lacking=lacking)


def asking(**fields: Any) -> ChatRequest:
    return ChatRequest((ChatMessage("user", "?"),), **fields)


@pytest.mark.parametrize("field", TRANSFORMERS_LACKS)
def test_a_field_that_the_server_lacks_is_refused_by_name(field: str) -> None:
    fields = ASKED.get(field, {"sampling": Sampling(extra={field: 1})})
    with pytest.raises(UnprocessableError) as refusal:
        model(TRANSFORMERS_LACKS).stream(asking(**fields))
    assert refusal.value.param == field


@pytest.mark.parametrize("fields", HARMLESS)
async def test_everything_else_is_answered(fields: dict[str, Any]) -> None:
    events = [event async for event in model(TRANSFORMERS_LACKS).stream(asking(**fields))]
    assert isinstance(events[-1], ResponseCompleted)


async def test_what_another_server_honours_is_left_to_it() -> None:
    limited = model(VLLM_LACKS)
    assert [event async for event in limited.stream(asking(sampling=Sampling(extra={"top_k": 1})))]
    assert await limited.available()
    assert limited.name
