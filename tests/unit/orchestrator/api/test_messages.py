"""Messages as clients write them, and what becomes of them."""

from __future__ import annotations

from typing import Any

import pytest

from fanar.errors import UnprocessableError
from fanar.messages import AudioPart, ChatRequest, ImagePart, TextPart, ToolCall, VideoPart
from orchestrator.api.faults import validated
from orchestrator.api.schemas.chat import ChatCompletionRequest
from orchestrator.api.texts import forbidden_characters

USER = {"role": "user", "content": "hi"}


def read(*messages: dict[str, Any], **fields: Any) -> ChatRequest:
    return validated(ChatCompletionRequest, {"model": "Fanar", "messages": list(messages), **fields}).request()


def test_every_kind_of_content_becomes_ours() -> None:
    parts = [
        {"type": "text", "text": "a"},
        {"type": "image_url", "image_url": {"url": "https://a.example/i.png", "detail": "low"}},
        {"type": "video_url", "video_url": {"url": "https://a.example/v.mp4"}},
        {"type": "audio_url", "audio_url": {"url": "data:audio/wav;base64,AAAA"}},
        {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}},
    ]
    (message,) = read({"role": "user", "content": parts}).messages
    assert message.content == (
        TextPart("a"),
        ImagePart("https://a.example/i.png", "low"),
        VideoPart("https://a.example/v.mp4"),
        AudioPart(url="data:audio/wav;base64,AAAA"),
        AudioPart(data="AAAA", format="wav"),
    )


def test_every_role_is_kept() -> None:
    messages = read(
        {"role": "system", "content": [{"type": "text", "text": "s"}]},
        {"role": "developer", "content": "d"},
        {"role": "thinking_user", "content": "tu"},
        {"role": "thinking", "content": "t"},
        {"role": "assistant", "content": [{"type": "refusal", "refusal": "no"}, {"type": "text", "text": "a"}]},
        {"role": "tool", "content": "r", "tool_call_id": "c1"},
        USER,
    ).messages
    assert [(message.role, message.text) for message in messages] == [
        ("system", "s"),
        ("developer", "d"),
        ("thinking_user", "tu"),
        ("thinking", "t"),
        ("assistant", "no\na"),
        ("tool", "r"),
        ("user", "hi"),
    ]


@pytest.mark.parametrize(
    "call",
    [
        {"id": "c1", "type": "function", "function": {"name": "f", "arguments": '{"a":1}'}},
        {"id": "c1", "name": "f", "arguments": {"a": 1}, "result": "r", "structured_content": None, "is_error": False},
    ],
    ids=["OpenAI", "Fanar"],
)
def test_tool_calls_are_read_in_both_forms(call: dict[str, Any]) -> None:
    (_, message) = read(USER, {"role": "assistant", "content": None, "tool_calls": [call]}).messages
    assert message.tool_calls == (ToolCall("c1", "f", '{"a":1}'),)


def test_our_own_answer_may_be_sent_back_as_the_sdk_dumps_it() -> None:
    dumped = {
        "role": "assistant",
        "content": "verse [1]",
        "refusal": None,
        "annotations": None,
        "audio": None,
        "function_call": None,
        "tool_calls": None,
        "references": [{"index": 6, "number": 1, "source": "s", "content": "c"}],
    }
    assert read(USER, dumped, USER).messages[1].text == "verse [1]"


def test_sampling_and_sources_arrive_whole() -> None:
    request = read(
        USER,
        temperature=0,
        stop="x",
        max_completion_tokens=5,
        madhab=["hanafi", "maliki"],
        book_names=["b"],
        preferred_sources=["quran"],
        exclude_sources=["dorar"],
        filter_sources=["quran"],
        top_k=3,
        logit_bias={"5": 1},
        tools=[{"type": "function", "function": {"name": "f", "strict": None}}],
        tool_choice={"type": "function", "function": {"name": "f"}},
        response_format={"type": "json_schema", "json_schema": {"name": "s", "schema": {"type": "object"}}},
    )
    assert (request.sampling.temperature, request.sampling.stop, request.sampling.max_tokens) == (0, ("x",), 5)
    assert request.sampling.extra == {"top_k": 3, "logit_bias": {"5": 1.0}}
    assert request.sources.madhabs == ("hanafi", "maliki")
    assert (request.sources.preferred, request.sources.excluded, request.sources.only) == (("quran",), ("dorar",), ("quran",))
    assert request.tools == ({"type": "function", "function": {"name": "f", "strict": None}},)
    assert request.tool_choice == {"type": "function", "function": {"name": "f"}}
    assert request.response_format == {"type": "json_schema", "json_schema": {"name": "s", "schema": {"type": "object"}}}


def test_all_schools_are_no_constraint() -> None:
    assert read(USER, madhab=["all", "hanafi"]).sources.madhabs == ()


@pytest.mark.parametrize("content", [5, None, {}, [], [{"text": "a"}], [{"type": 5}], ["a"]])
def test_content_of_another_form_is_refused(content: object) -> None:
    with pytest.raises(UnprocessableError) as caught:
        read({"role": "user", "content": content})
    assert (caught.value.param or "").startswith("messages[0].content")


@pytest.mark.parametrize("text", ["a\ud800b", "ب\x9c", "a\x7f", "\U000e0001a", "🏴\U000e0067", "ب" + "\u0651" * 40])
def test_characters_that_no_honest_text_holds_are_named(text: str) -> None:
    assert forbidden_characters(text) is not None
