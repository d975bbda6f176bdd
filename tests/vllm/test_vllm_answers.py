"""What real vLLM answers through our client: text, choices, probabilities, forms, tools."""

from __future__ import annotations

import json

import pytest

from fanar.errors import UnprocessableError
from fanar.events import TextDelta
from fanar.llm.openai import OpenAIChatModel
from fanar.messages import ChatMessage, ChatRequest, Sampling, TextPart
from tests.vllm.asking import answered, asking, calls, client, completed, reasons, text_of, token_of_byte, told
from tests.vllm.servers import Server

SCHEMA = {
    "type": "object",
    "properties": {"colour": {"enum": ["red", "green"]}, "count": {"type": "integer", "minimum": 1, "maximum": 9}},
    "required": ["colour", "count"],
    "additionalProperties": False,
}
TOOL = {"type": "function", "function": {"name": "weather", "description": "The weather of a city.", "parameters": SCHEMA}}
STRICT_TOOL = {"type": "function", "function": {**TOOL["function"], "strict": True}}  # type: ignore[dict-item]
NAMED = {"type": "function", "function": {"name": "weather"}}


async def test_both_servers_are_available_and_say_different_things(star: OpenAIChatModel, prime: OpenAIChatModel) -> None:
    assert await star.available()
    assert await prime.available()
    assert await told(star, asking(temperature=0.0)) != await told(prime, asking(temperature=0.0))


async def test_the_server_is_asked_for_its_model_s_name(star: OpenAIChatModel, prime: OpenAIChatModel) -> None:
    names = [completed(await answered(model, asking())).model for model in (star, prime)]
    assert names == [star.name, prime.name] == ["star", "prime"]


async def test_an_answer_streams_in_pieces_and_is_counted(star: OpenAIChatModel) -> None:
    events = await answered(star, asking(max_tokens=40, temperature=0.0))
    assert sum(isinstance(event, TextDelta) for event in events) > 1
    assert reasons(events) == {0: "length"}
    assert completed(events).usage.completion_tokens == 40
    assert completed(events).usage.prompt_tokens > 0


async def test_no_piece_of_an_arabic_answer_is_cut_inside_a_letter(star: OpenAIChatModel) -> None:
    # The bias leaves one two-byte letter made of two tokens: each half alone is no text.
    halves = {str(token_of_byte(byte)): 100.0 for byte in "ب".encode()}
    events = await answered(star, asking(max_tokens=30, seed=3, temperature=1.0, extra={"logit_bias": halves}))
    pieces = [event.text for event in events if isinstance(event, TextDelta)]
    assert any("ب" in piece for piece in pieces)


async def test_the_same_seed_gives_the_same_answer(star: OpenAIChatModel) -> None:
    same = {await told(star, asking(seed=5, temperature=1.0)) for _ in range(3)}
    others = {await told(star, asking(seed=seed, temperature=1.0)) for seed in (6, 7, 8)}
    assert len(same) == 1
    assert not same & others


async def test_several_answers_come_at_once_and_apart(star: OpenAIChatModel) -> None:
    events = await answered(star, asking(n=3, seed=1, temperature=1.0))
    texts = [text_of(events, choice) for choice in range(3)]
    assert len(set(texts)) == 3
    assert reasons(events) == {0: "length", 1: "length", 2: "length"}


async def test_a_stop_sequence_ends_the_answer_before_it(star: OpenAIChatModel) -> None:
    whole = await told(star, asking(seed=2, temperature=1.0, max_tokens=40))
    stop = whole[8:11]
    events = await answered(star, asking(seed=2, temperature=1.0, max_tokens=40, stop=(stop,)))
    assert text_of(events) == whole[: whole.index(stop)]
    assert reasons(events) == {0: "stop"}


async def test_log_probabilities_stand_beside_each_token(star: OpenAIChatModel) -> None:
    events = await answered(star, asking(max_tokens=10, logprobs=True, top_logprobs=3, temperature=0.0))
    entries = [entry for event in events if isinstance(event, TextDelta) and event.logprobs for entry in event.logprobs["content"]]
    assert len(entries) == completed(events).usage.completion_tokens == 10
    assert all(len(entry["top_logprobs"]) == 3 and entry["logprob"] <= 0 for entry in entries)
    assert all(entry["logprob"] == max(row["logprob"] for row in entry["top_logprobs"]) for entry in entries)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_a_json_schema_is_kept(star: OpenAIChatModel, seed: int) -> None:
    form = {"type": "json_schema", "json_schema": {"name": "thing", "strict": True, "schema": SCHEMA}}
    events = await answered(star, asking(max_tokens=100, seed=seed, temperature=1.0, request={"response_format": form}))
    value = json.loads(text_of(events))
    assert set(value) == {"colour", "count"}
    assert value["colour"] in ("red", "green")
    assert 1 <= value["count"] <= 9
    assert reasons(events) == {0: "stop"}


async def test_json_mode_gives_an_object(star: OpenAIChatModel) -> None:
    # Left alone, a model that was never taught to stop writes on until the bound.
    closing = {"logit_bias": {str(token_of_byte(ord("}"))): 100.0}}
    request = {"response_format": {"type": "json_object"}}
    events = await answered(star, asking(max_tokens=50, temperature=0.0, extra=closing, request=request))
    assert json.loads(text_of(events)) == {}
    assert reasons(events) == {0: "stop"}


@pytest.mark.parametrize("choice", ["required", NAMED], ids=["required", "named"])
async def test_a_strict_tool_is_called_with_arguments_of_its_schema(star: OpenAIChatModel, choice: str | dict[str, object]) -> None:
    # A call's grammar lets white space in, and a model that was never taught to stop writes nothing else.
    dense = {"logit_bias": {str(token_of_byte(byte)): -100.0 for byte in b" \n\t\r"}}
    request = {"tools": (STRICT_TOOL,), "tool_choice": choice}
    events = await answered(star, asking(max_tokens=300, temperature=0.0, extra=dense, request=request))
    ((name, arguments),) = calls(events)
    assert name == "weather"
    assert set(json.loads(arguments)) == {"colour", "count"}
    assert reasons(events) == {0: "tool_calls" if choice == "required" else "stop"}


@pytest.mark.parametrize("choice", ["required", NAMED], ids=["required", "named"])
async def test_a_tool_that_is_not_strict_is_called_with_any_json(star: OpenAIChatModel, choice: str | dict[str, object]) -> None:
    events = await answered(star, asking(max_tokens=300, temperature=0.0, request={"tools": (TOOL,), "tool_choice": choice}))
    ((name, arguments),) = calls(events)
    assert name == "weather"
    json.loads(arguments)


async def test_a_tool_that_may_not_be_called_is_not(star: OpenAIChatModel) -> None:
    events = await answered(star, asking(request={"tools": (TOOL,), "tool_choice": "none"}))
    assert calls(events) == []
    assert text_of(events)


async def test_parts_of_a_message_are_read_as_text(star: OpenAIChatModel) -> None:
    parts = ChatRequest((ChatMessage("user", (TextPart("سؤال"), TextPart("question"))),), sampling=Sampling(max_tokens=4))
    assert completed(await answered(star, parts)).usage.prompt_tokens > 4


async def test_a_prompt_longer_than_the_context_is_refused_as_the_messages_fault(star: OpenAIChatModel) -> None:
    with pytest.raises(UnprocessableError) as refusal:
        await answered(star, asking("ذكرت المنصة مصدر كل جملة. " * 200))
    assert refusal.value.param == "messages"


async def test_a_long_history_is_trimmed_to_the_context(servers: dict[str, Server]) -> None:
    turns = tuple(ChatMessage(role, "proof begins " * 12) for _ in range(20) for role in ("user", "assistant"))  # type: ignore[arg-type]
    request = ChatRequest((*turns, ChatMessage("user", "and ends?")), sampling=Sampling(max_tokens=8))
    async with client(servers["star"].url) as model:
        events = await answered(model, request)
    assert completed(events).usage.prompt_tokens < 512
    assert reasons(events) == {0: "length"}
