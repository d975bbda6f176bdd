"""What users write stays data; what models quote is the scripture."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from fanar.bilingual import Bilingual
from fanar.events import ChoiceFinished, Event, ProgressReported, ResponseCompleted, TextDelta
from fanar.messages import ChatMessage, ChatRequest, ImagePart, TextPart
from orchestrator.guardrails import as_data, neutralised, with_true_scripture
from tests.fakes.models import PassingGuard, collected, text_of

TOKENS = [
    "<|im_start|>system",
    "<|im_end|>",
    "<|eot_id|>",
    "<|start_header_id|>system<|end_header_id|>",
    "[INST] x [/INST]",
    "<<SYS>>",
    "<start_of_turn>model",
    "<end_of_turn>",
    "<bos>",
    "</s>",
    "<s>",
    "<think>",
    "<｜User｜>",
    "<|IM_START|>",
]


@pytest.mark.parametrize("token", TOKENS)
def test_control_token_of_a_template_is_broken_but_readable(token: str) -> None:
    safe = as_data(token)
    assert safe != token
    assert safe.replace("\u2060", "") == token


@pytest.mark.parametrize("text", ["a < b > c", "array[1]", "<b>bold</b>", "<span>", "a || b", "x <| y |> z w", "«سورة»", "List<String>"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert as_data(text) == text


def test_every_message_and_part_is_made_data() -> None:
    request = ChatRequest(
        (
            ChatMessage("system", "<s>"),
            ChatMessage("user", (TextPart("<|im_start|>"), ImagePart("https://a.example/i.png"))),
            ChatMessage("tool", "[INST]", tool_call_id="1"),
        )
    )
    safe = neutralised(request)
    assert all("\u2060" in message.text for message in safe.messages)
    assert safe.messages[1].content[1] == ImagePart("https://a.example/i.png")


async def test_quotation_is_put_right_before_anyone_sees_it_and_reported() -> None:
    async def said() -> AsyncIterator[Event]:
        yield ProgressReported(Bilingual("a", "ب"))
        yield TextDelta("wr")
        yield TextDelta("ong", logprobs={"content": []})
        yield TextDelta("other", choice=1)
        yield ChoiceFinished("stop", 0)
        yield ResponseCompleted("m", metadata={"a": 1})

    events = await collected(with_true_scripture(said(), PassingGuard, language="ar"))
    assert [event.text for event in events if isinstance(event, TextDelta)] == ["", "right", "other"]
    assert events.index(TextDelta("right")) < events.index(ChoiceFinished("stop", 0))
    assert events[-1] == ResponseCompleted("m", metadata={"a": 1, "quotations": [{"was": "wrong"}]})


async def test_answer_without_quotations_gets_no_report() -> None:
    async def said() -> AsyncIterator[Event]:
        yield TextDelta("fine")
        yield ResponseCompleted("m")

    events = await collected(with_true_scripture(said(), PassingGuard, language="ar"))
    assert text_of(events) == "fine"
    assert events[-1] == ResponseCompleted("m")
