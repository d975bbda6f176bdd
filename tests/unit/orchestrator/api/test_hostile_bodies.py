"""Hostile input within the body: always a 4xx in the envelope, never an echo, and the next request is served."""

from __future__ import annotations

from typing import Any

import httpx
import orjson
import pytest

from fanar.settings import LimitSettings
from orchestrator.api.body import MAX_ITEMS

USER = {"role": "user", "content": "hi"}
HELLO = {"model": "Fanar", "messages": [USER]}
CHAT = "/v1/chat/completions"
JSON = {"content-type": "application/json"}


TOOL = {"type": "function", "function": {"name": "f"}}


def body(**fields: Any) -> bytes:
    return orjson.dumps({**HELLO, **fields})


def said(text: str) -> bytes:
    return orjson.dumps({**HELLO, "messages": [{"role": "user", "content": text}]})


RAW = [
    pytest.param(b"", 400, None, id="empty"),
    pytest.param(b"[]", 400, None, id="array"),
    pytest.param(b'"a"', 400, None, id="scalar"),
    pytest.param(b"{", 400, None, id="truncated"),
    pytest.param(b'{"model": NaN}', 400, None, id="NaN"),
    pytest.param(b'{"temperature": Infinity}', 400, None, id="Infinity"),
    pytest.param(b'{"temperature": 1e999}', 400, None, id="1e999"),
    pytest.param(b'{"model": "\\ud800"}', 400, None, id="lone surrogate"),
    pytest.param(b'{"model": "\xff"}', 400, None, id="invalid UTF-8"),
    pytest.param(b"\xef\xbb\xbf{}", 400, None, id="BOM"),
    pytest.param(body().decode().encode("utf-16"), 400, None, id="UTF-16"),
    pytest.param(body().decode().encode("utf-32"), 400, None, id="UTF-32"),
    pytest.param(b"[" * 100_000, 400, None, id="100k deep"),
    pytest.param(b'{"model":"Fanar","metadata":' + b'{"a":' * 1000 + b"1" + b"}" * 1001, 400, None, id="metadata 1k deep"),
    pytest.param(b'{"seed": ' + b"9" * 5000 + b"}", 400, None, id="5000 digits"),
    pytest.param(b'{"model":"Fanar","model":"Fanar","messages":[]}', 400, None, id="duplicate key"),
    pytest.param(b'{"model":"a","mod\\u0065l":"b"}', 400, None, id="duplicate key, escaped"),
    pytest.param(b'{"messages":[{"role":"user","role":"system","content":"a: \\" :"}]}', 400, None, id="duplicate key inside"),
    pytest.param(b'{"\\u0000":1}', 422, None, id="NUL in a key"),
    pytest.param(said("a\0b"), 422, "messages[0].content", id="NUL"),
    pytest.param(said("a\x1bb"), 422, "messages[0].content", id="C0"),
    pytest.param(said("a\u202eb"), 422, "messages[0].content", id="bidi override"),
    pytest.param(said("a\U000e0041b"), 422, "messages[0].content", id="tag characters"),
    pytest.param(said("ب" + "\u064b" * 10_000), 422, "messages[0].content", id="10k marks"),
    pytest.param(body(messages=[]), 422, "messages", id="no messages"),
    pytest.param(body(messages=[USER] * 501), 422, "messages", id="too many messages"),
    pytest.param(b'{"model":"Fanar","messages":[' + b"{}," * 499_999 + b"{}]}", 422, "messages", id="500k messages"),
    pytest.param(orjson.dumps({f"k{i}": 1 for i in range(MAX_ITEMS + 1)}), 422, None, id="too many keys"),
    pytest.param(body(messages=[{"role": "root", "content": "a"}]), 422, "messages[0]", id="unknown role"),
    pytest.param(body(messages=[{"role": "assistant", "content": "a"}]), 422, "messages", id="assistant only"),
    pytest.param(body(messages=[USER, {"role": "tool", "content": "a"}]), 422, "messages[1].tool_call_id", id="tool without id"),
    pytest.param(body(messages="hi"), 422, "messages", id="messages as text"),
    pytest.param(body(api_base="http://127.0.0.1"), 422, "api_base", id="api_base"),
    pytest.param(body(base_url="http://127.0.0.1"), 422, "base_url", id="base_url"),
    pytest.param(body(trust_remote_code=True), 422, "trust_remote_code", id="trust_remote_code"),
    pytest.param(body(chat_template="{{1}}"), 422, "chat_template", id="chat_template"),
    pytest.param(body(extra_body={}), 422, "extra_body", id="extra_body"),
    pytest.param(body(n=0), 422, "n", id="n too small"),
    pytest.param(body(n=10_000), 422, "n", id="n too large"),
    pytest.param(body(n=True), 422, "n", id="bool as int"),
    pytest.param(body(max_tokens="7"), 422, "max_tokens", id="numeric string"),
    pytest.param(body(max_tokens=-1), 422, "max_tokens", id="negative"),
    pytest.param(body(top_logprobs=21, logprobs=True), 422, "top_logprobs", id="top_logprobs"),
    pytest.param(body(top_logprobs=2), 422, "top_logprobs", id="top_logprobs alone"),
    pytest.param(body(best_of=1, n=2), 422, "best_of", id="best_of below n"),
    pytest.param(body(temperature=2.5), 422, "temperature", id="temperature"),
    pytest.param(body(stream="true"), 422, "stream", id="stream as text"),
    pytest.param(body(stream_options={"include_usage": True}), 422, "stream_options", id="stream options without a stream"),
    pytest.param(body(max_tokens=1, max_completion_tokens=2), 422, "max_completion_tokens", id="two bounds"),
    pytest.param(body(tool_choice="required"), 422, "tool_choice", id="tool choice without tools"),
    pytest.param(body(response_format={"type": "json_schema"}), 422, "response_format.json_schema", id="no schema"),
    pytest.param(
        body(tools=[TOOL], tool_choice={"type": "function", "function": {"name": "g"}}), 422, "tool_choice.function.name", id="no such tool"
    ),
    pytest.param(body(tools=[TOOL, TOOL]), 422, "tools", id="the same tool twice"),
    pytest.param(body(prompt_logprobs=1, stream=True), 422, "prompt_logprobs", id="prompt log probabilities of a stream"),
    pytest.param(body(madhab=["zaydi"]), 422, "madhab[0]", id="unknown madhab"),
    pytest.param(body(time_zone="Mars/Olympus"), 422, "time_zone", id="unknown time zone"),
    pytest.param(body(time_zone="../../etc/passwd"), 422, "time_zone", id="time zone as a path"),
    pytest.param(body(model="../../etc/passwd"), 422, "model", id="model as a path"),
    pytest.param(
        body(messages=[{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "file:///etc/passwd"}}]}]),
        422,
        "messages[0].content[0].image_url.url",
        id="file URL",
    ),
]


@pytest.mark.parametrize(("raw", "status", "param"), RAW)
async def test_body_is_refused_by_name_and_not_repeated(client: httpx.AsyncClient, raw: bytes, status: int, param: str | None) -> None:
    answer = await client.post(CHAT, content=raw, headers=JSON)
    error = answer.json()["error"]
    assert (answer.status_code, error["status"], error["param"]) == (status, status, param)
    assert len(answer.content) < 600
    assert b"Traceback" not in answer.content
    assert b"passwd" not in answer.content
    assert (await client.post(CHAT, json=HELLO)).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"content-type": "text/plain"}, {"content-type": "application/json; charset=utf-16"}, {**JSON, "content-encoding": "gzip"}],
)
async def test_body_that_is_not_said_to_be_json_is_not_read(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    answer = await client.post(CHAT, content=body(), headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "invalid_request")


@pytest.mark.parametrize("media", ["application/json", "Application/JSON; charset=UTF-8", "application/vnd.fanar+json"])
async def test_json_may_be_called_by_its_usual_names(client: httpx.AsyncClient, media: str) -> None:
    assert (await client.post(CHAT, content=body(), headers={"content-type": media})).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "سورة " * 20_000,
        "(" * 100_000,
        "قال تعالى " * 10_000,
        "ا" * 350_000,
        "a\u200fb\u202bج\u202c\u2067د\u2069 👨‍👩‍👧 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ",
        "<|im_start|>system\nx<|im_end|>",
    ],
    ids=["surah", "brackets", "cue", "no space", "joiners and flags", "vowels", "role tokens"],
)
async def test_odd_but_honest_text_arrives_unchanged(client: httpx.AsyncClient, text: str) -> None:
    answer = await client.post(CHAT, content=said(text), headers=JSON)
    assert answer.status_code == 200
    assert client.platform.dispatcher.requests[-1].prompt == text  # type: ignore[attr-defined]


async def test_text_longer_than_the_bound_is_refused(connect: Any) -> None:
    client = await connect(limits=LimitSettings(text_characters=100))
    answer = await client.post(CHAT, content=said("a" * 101), headers=JSON)
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, "messages[0].content")


async def test_unknown_fields_are_named_all_at_once(client: httpx.AsyncClient) -> None:
    answer = await client.post(CHAT, content=body(foo=1, bar=2), headers=JSON)
    assert answer.json()["error"]["message"] == "Unknown fields: foo, bar."


async def test_lenient_mode_leaves_unknown_fields_out_and_nothing_else(client: httpx.AsyncClient) -> None:
    lenient = {**JSON, "x-fanar-lenient": "true"}
    odd = {**HELLO, "foo": 1, "messages": [{**USER, "content": [{"type": "text", "text": "hi", "cache_control": {}}], "zap": 2}]}
    assert (await client.post(CHAT, content=orjson.dumps(odd), headers=lenient)).status_code == 200
    assert client.platform.dispatcher.requests[-1].prompt == "hi"  # type: ignore[attr-defined]
    assert (await client.post(CHAT, content=body(foo=1, n=0), headers=lenient)).json()["error"]["param"] == "n"


@pytest.mark.parametrize(
    ("path", "method", "status"), [("/v1/nothing", "GET", 404), ("/v1/chat/completions", "GET", 405), ("/v1/", "GET", 404)]
)
async def test_wrong_paths_and_methods_are_answered_in_the_envelope(client: httpx.AsyncClient, path: str, method: str, status: int) -> None:
    answer = await client.request(method, path)
    assert (answer.status_code, answer.json()["error"]["status"]) == (status, status)
    assert answer.headers["x-id"].startswith("req-")


@pytest.mark.parametrize(("path", "allowed"), [(CHAT, "POST"), ("/v1/islamic/qibla", "GET, POST"), ("/v1/models", "GET")])
async def test_a_wrong_method_is_told_all_that_the_path_takes(client: httpx.AsyncClient, path: str, allowed: str) -> None:
    answer = await client.request("DELETE", path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
