"""Every field of a chat request is honoured by the model's server or refused by name, by the short way and by the ordinary one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from fanar.settings import ModelSettings
from orchestrator.api.schemas.chat import ChatCompletionRequest
from tests.fakes.upstream import Behaviour, Upstream, upstream
from tests.integration.platform.test_gateway import CHAT, asking, gateway

MODEL = "Fanar-S-1-7B"
TOOL = {"type": "function", "function": {"name": "f", "description": "d", "parameters": {"type": "object"}, "strict": True}}
SCHEMA = {"type": "json_schema", "json_schema": {"name": "a", "schema": {"type": "object"}, "strict": True}}

# field, value, what the server is told
HONOURED: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("temperature", 0.3, {"temperature": 0.3}),
    ("top_p", 0.9, {"top_p": 0.9}),
    ("max_tokens", 9, {"max_tokens": 9}),
    ("max_completion_tokens", 9, {"max_tokens": 9}),
    ("n", 2, {"n": 2}),
    ("stop", "x", {"stop": ["x"]}),
    ("stop", ["x", "y"], {"stop": ["x", "y"]}),
    ("seed", -5, {"seed": -5}),
    ("frequency_penalty", 0.5, {"frequency_penalty": 0.5}),
    ("presence_penalty", -0.5, {"presence_penalty": -0.5}),
    ("logprobs", True, {"logprobs": True}),
    ("tools", [TOOL], {"tools": [TOOL]}),
    ("response_format", SCHEMA, {"response_format": SCHEMA}),
    ("response_format", {"type": "json_object"}, {"response_format": {"type": "json_object"}}),
    ("enable_thinking", True, {"chat_template_kwargs": {"enable_thinking": True}}),
    ("user", "u1", {"user": "u1"}),
    ("logit_bias", {"7": -100.0}, {"logit_bias": {"7": -100.0}}),
    ("top_k", 5, {"top_k": 5}),
    ("min_p", 0.1, {"min_p": 0.1}),
    ("repetition_penalty", 1.1, {"repetition_penalty": 1.1}),
    ("stop_token_ids", [7], {"stop_token_ids": [7]}),
    ("ignore_eos", True, {"ignore_eos": True}),
    ("min_tokens", 3, {"min_tokens": 3}),
    ("skip_special_tokens", False, {"skip_special_tokens": False}),
    ("spaces_between_special_tokens", False, {"spaces_between_special_tokens": False}),
    ("truncate_prompt_tokens", 8, {"truncate_prompt_tokens": 8}),
    ("persona", "a poet", {"messages": [{"role": "system", "content": "a poet"}, {"role": "user", "content": "hi"}]}),
)
NEUTRAL: dict[str, Any] = {
    "best_of": 1,
    "early_stopping": False,
    "length_penalty": 1.0,
    "stream": False,
    "enable_thinking": False,
    "time_zone": "Asia/Qatar",
}
REFUSED: dict[str, Any] = {
    "best_of": 2,
    "early_stopping": True,
    "length_penalty": 1.2,
    "book_names": ["a"],
    "preferred_sources": ["a"],
    "exclude_sources": ["a"],
    "filter_sources": ["a"],
    "madhab": ["hanafi"],
    "restrict_to_islamic": True,
}
ELSEWHERE = {"messages", "model", "stream", "stream_options", "top_logprobs", "tool_choice", "parallel_tool_calls", "prompt_logprobs"}
ELSEWHERE |= {"files", "collections", "time_zone"}
"""Fields that have tests of their own here."""


@pytest.fixture
async def star() -> AsyncIterator[Upstream]:
    async with upstream(model="star-7b") as server:
        yield server


@pytest.fixture
async def client(star: Upstream, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with gateway(data=tmp_path, star=ModelSettings(url=star.url, model="star-7b")) as client:
        yield client


def test_the_table_covers_every_field_of_the_contract() -> None:
    assert {name for name, _, _ in HONOURED} | set(REFUSED) | ELSEWHERE == set(ChatCompletionRequest.model_fields)


@pytest.mark.parametrize(("field", "value", "told"), HONOURED)
@pytest.mark.parametrize("stream", [False, True])
async def test_the_field_reaches_the_models_server(
    client: httpx.AsyncClient, star: Upstream, field: str, value: object, told: dict[str, object], stream: bool
) -> None:
    assert (await client.post(CHAT, json=asking(MODEL, **{field: value}, stream=stream))).status_code == 200
    sent = star.requests[-1]
    assert {name: sent.get(name) for name in told} == told
    plain = {"model", "messages", "stream", *(["stream_options"] if stream else [])}
    assert set(sent) == plain | set(told)


async def test_fields_that_need_others_travel_with_them(client: httpx.AsyncClient, star: Upstream) -> None:
    fields = {"tools": [TOOL], "tool_choice": {"type": "function", "function": {"name": "f"}}, "parallel_tool_calls": False}
    fields |= {"logprobs": True, "top_logprobs": 3}
    assert (await client.post(CHAT, json=asking(MODEL, **fields))).status_code == 200
    assert {name: star.requests[-1][name] for name in fields} == fields


@pytest.mark.parametrize("stream", [False, True])
async def test_what_asks_for_nothing_is_not_sent(client: httpx.AsyncClient, star: Upstream, stream: bool) -> None:
    assert (await client.post(CHAT, json=asking(MODEL, **{**NEUTRAL, "stream": stream}))).status_code == 200
    assert set(star.requests[-1]) == {"model", "messages", "stream", *(["stream_options"] if stream else [])}
    assert (await client.post(CHAT, json=asking(MODEL, best_of=2, n=2))).status_code == 200
    assert "best_of" not in star.requests[-1]


@pytest.mark.parametrize("field", REFUSED)
@pytest.mark.parametrize("model", [MODEL, "Fanar"])
async def test_what_no_server_honours_is_refused_by_name(client: httpx.AsyncClient, star: Upstream, field: str, model: str) -> None:
    refused = await client.post(CHAT, json=asking(model, **{field: REFUSED[field]}))
    assert (refused.status_code, refused.json()["error"]["param"]) == (422, field)
    assert star.requests == []


async def test_prompt_log_probabilities_come_back_with_the_answer(client: httpx.AsyncClient, star: Upstream) -> None:
    told = [None, {"7": {"logprob": -0.5}}]
    whole = {"index": 0, "message": {"role": "assistant", "content": "hi"}, "finish_reason": "stop"}
    star.behaviour = Behaviour(whole={"model": "star-7b", "choices": [whole], "usage": {}, "prompt_logprobs": told})
    answer = (await client.post(CHAT, json=asking(MODEL, prompt_logprobs=1))).json()
    assert star.requests[-1]["prompt_logprobs"] == 1
    assert answer["metadata"]["prompt_logprobs"] == told


@pytest.mark.parametrize("stream", [False, True])
async def test_tags_of_scripture_are_brackets_to_readers(client: httpx.AsyncClient, star: Upstream, stream: bool) -> None:
    star.behaviour = Behaviour(reply=["قال: <quran", "_start>قل هو الله أحد<qu", "ran_end> و<hadith_start>أ<hadith_end>"], cut=7)
    answer = await client.post(CHAT, json=asking(MODEL, stream=stream))
    if stream:
        frames = [orjson.loads(frame[6:]) for frame in answer.text.split("\n\n") if frame.startswith("data: {")]
        text = "".join(choice["delta"].get("content", "") for frame in frames for choice in frame["choices"])
    else:
        text = answer.json()["choices"][0]["message"]["content"]
    assert text == "قال: ﴿قل هو الله أحد﴾ و«أ»"


async def test_thinking_roles_reach_the_server_as_what_it_knows(client: httpx.AsyncClient, star: Upstream) -> None:
    turns = [("thinking_user", "q1"), ("thinking", "secret"), ("assistant", "a1"), ("developer", "be brief"), ("thinking_user", "q2")]
    messages = [{"role": role, "content": content} for role, content in turns]
    assert (await client.post(CHAT, json=asking(MODEL, messages=messages))).status_code == 200
    roles = [(message["role"], message["content"]) for message in star.requests[-1]["messages"]]
    assert roles == [("user", "q1"), ("assistant", "a1"), ("system", "be brief"), ("user", "q2")]
