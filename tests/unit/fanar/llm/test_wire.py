"""The JSON that a model server receives."""

import orjson
import pytest

from fanar.errors import UnprocessableError
from fanar.llm.wire import encode, request_body
from fanar.messages import AudioPart, ChatMessage, ChatRequest, ImagePart, Sampling, TextPart, ToolCall, VideoPart


def body_of(*messages: ChatMessage, **request: object) -> dict:
    return request_body(ChatRequest(messages, **request), model="tiny")  # type: ignore[arg-type]


def test_what_the_request_leaves_open_is_not_sent() -> None:
    assert set(body_of(ChatMessage("user", "hi"))) == {"model", "messages", "stream", "stream_options"}


def test_a_temperature_of_zero_is_sent() -> None:
    assert body_of(sampling=Sampling(temperature=0.0))["temperature"] == 0.0


def test_no_extra_field_can_take_the_place_of_ours() -> None:
    extra = {"stream": False, "messages": [], "model": "other", "stream_options": None, "min_p": 0.1}
    body = body_of(ChatMessage("user", "hi"), sampling=Sampling(extra=extra))
    assert (body["stream"], body["model"], len(body["messages"]), body["min_p"]) == (True, "tiny", 1, 0.1)


def test_an_option_given_twice_counts_as_the_contract_s_own() -> None:
    assert body_of(sampling=Sampling(seed=1, extra={"seed": 2}))["seed"] == 1
    assert body_of(sampling=Sampling(extra={"seed": 2, "min_p": None})).items() >= {"seed": 2}.items()


def test_options_and_tools_are_sent_as_the_client_wrote_them() -> None:
    tool = {"type": "function", "function": {"name": "f"}}
    body = body_of(
        tools=(tool,),
        tool_choice={"type": "function", "function": {"name": "f"}},
        parallel_tool_calls=False,
        response_format={"type": "json_object"},
        user="u1",
        sampling=Sampling(n=2, logprobs=True, top_logprobs=0, frequency_penalty=0.5, presence_penalty=-1.0, top_p=0.9, max_tokens=5),
    )
    assert body["tools"] == [tool]
    assert body["tool_choice"]["function"]["name"] == "f"
    assert body["parallel_tool_calls"] is False
    assert body["response_format"] == {"type": "json_object"}
    assert (body["n"], body["logprobs"], body["top_logprobs"], body["max_tokens"], body["user"]) == (2, True, 0, 5, "u1")


def test_a_choice_among_no_tools_is_not_sent() -> None:
    assert "tool_choice" not in body_of(ChatMessage("user", "hi"), tool_choice="auto", parallel_tool_calls=False)


def test_roles_that_chat_templates_do_not_know_are_translated_and_past_reasoning_is_left_out() -> None:
    roles = ("developer", "thinking_user", "thinking", "assistant")
    body = body_of(*(ChatMessage(role, role) for role in roles))
    assert [(m["role"], m["content"]) for m in body["messages"]] == [
        ("system", "developer"),
        ("user", "thinking_user"),
        ("assistant", "assistant"),
    ]


def test_a_tool_s_result_names_its_call() -> None:
    call = ToolCall("c1", "weather", '{"city":"الدوحة"}')
    asked, told = body_of(ChatMessage("assistant", "", tool_calls=(call,)), ChatMessage("tool", "sunny", tool_call_id="c1"))["messages"]
    assert asked["tool_calls"] == [{"id": "c1", "type": "function", "function": {"name": "weather", "arguments": '{"city":"الدوحة"}'}}]
    assert told["tool_call_id"] == "c1"


def test_every_part_of_a_message_has_its_form() -> None:
    parts = (
        TextPart("look"),
        ImagePart("https://a/x.png"),
        ImagePart("https://a/y.png", "low"),
        AudioPart(data="QUJD", format="wav"),
        AudioPart(url="https://a/z.mp3"),
        VideoPart("https://a/v.mp4"),
    )
    assert body_of(ChatMessage("user", parts, name="n"))["messages"][0] == {
        "role": "user",
        "name": "n",
        "content": [
            {"type": "text", "text": "look"},
            {"type": "image_url", "image_url": {"url": "https://a/x.png"}},
            {"type": "image_url", "image_url": {"url": "https://a/y.png", "detail": "low"}},
            {"type": "input_audio", "input_audio": {"data": "QUJD", "format": "wav"}},
            {"type": "audio_url", "audio_url": {"url": "https://a/z.mp3"}},
            {"type": "video_url", "video_url": {"url": "https://a/v.mp4"}},
        ],
    }


def test_the_body_is_json_with_arabic_as_it_is() -> None:
    encoded = encode(body_of(ChatMessage("user", "سلامٌ")))
    assert "سلامٌ".encode() in encoded
    assert orjson.loads(encoded)["stream"] is True


@pytest.mark.parametrize("unspeakable", [ChatMessage("user", "\ud800"), ChatMessage("user", "x", name="\udfff")])
def test_what_json_cannot_carry_is_refused(unspeakable: ChatMessage) -> None:
    with pytest.raises(UnprocessableError) as refusal:
        encode(body_of(unspeakable))
    assert refusal.value.param == "messages"
