"""POST /v1/chat/completions as clients see it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import orjson
import pytest

from fanar.bilingual import Bilingual
from fanar.documents import Citation
from fanar.errors import ModelUnavailableError, NotConfiguredError
from fanar.events import (
    ChoiceFinished,
    CitationAdded,
    ContentBlocked,
    Event,
    ProgressReported,
    ResponseCompleted,
    RouteSelected,
    TextDelta,
    ToolCalled,
    Usage,
)
from fanar.messages import ChatRequest
from fanar.settings import LimitSettings
from orchestrator.api.schemas.completions import ChatCompletion, ChatCompletionChunk
from tests.fakes.platform import DECISION, VERSE

HELLO = {"model": "Fanar", "messages": [{"role": "user", "content": "one two"}]}
BILINGUAL = Bilingual("Looking.", "أبحث.")


async def cited(request: ChatRequest) -> AsyncIterator[Event]:
    yield RouteSelected(DECISION)
    yield ProgressReported(BILINGUAL)
    yield ToolCalled("t1", "search", "{}", by="server", result="1 verse")
    yield TextDelta("آية ")
    yield TextDelta("[1]")
    yield CitationAdded(Citation(1, VERSE, 4))
    yield ResponseCompleted("rag", Usage(3, 4), metadata={"routing": {"route": "islamic"}})


async def two_choices(request: ChatRequest) -> AsyncIterator[Event]:
    yield TextDelta("a", choice=0, logprobs={"content": [{"token": "a"}]})
    yield TextDelta("b", choice=1)
    yield ChoiceFinished("stop", 0)
    yield ToolCalled("c1", "f", '{"x"', by="client", choice=1)
    yield ToolCalled("", "", ":1}", by="client", choice=1)
    yield ChoiceFinished("tool_calls", 1)
    yield ResponseCompleted("model")


async def blocked(request: ChatRequest) -> AsyncIterator[Event]:
    yield ContentBlocked("safety", BILINGUAL)
    yield ResponseCompleted("guard")


async def blocked_late(request: ChatRequest) -> AsyncIterator[Event]:
    yield TextDelta("a")
    yield ContentBlocked("safety", BILINGUAL)
    yield ResponseCompleted("guard")


async def missing(request: ChatRequest) -> AsyncIterator[Event]:
    yield RouteSelected(DECISION)
    raise NotConfiguredError(Bilingual("Set FANAR_STAR__URL.", "اضبط FANAR_STAR__URL."))


async def dying(request: ChatRequest) -> AsyncIterator[Event]:
    yield TextDelta("a")
    raise ModelUnavailableError(Bilingual("The model's server is gone.", "انقطع خادم النموذج."))


async def buggy(request: ChatRequest) -> AsyncIterator[Event]:
    yield TextDelta("a")
    raise ZeroDivisionError("secret detail")


async def chunks(client: httpx.AsyncClient, headers: dict[str, str] | None = None, **fields: Any) -> list[dict[str, Any]]:
    answer = await client.post("/v1/chat/completions", json={**HELLO, "stream": True, **fields}, headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")
    frames = [frame for frame in answer.text.split("\n\n") if frame]
    assert frames[-1] == "data: [DONE]"
    return [orjson.loads(frame.removeprefix("data: ")) for frame in frames[:-1]]


async def test_whole_answer_has_the_form_of_the_contract(connect: Any) -> None:
    answer = await (await connect(cited)).post("/v1/chat/completions", json=HELLO)
    body = ChatCompletion.model_validate(answer.json())
    assert answer.headers["x-id"] == body.id
    assert body.model == "rag"
    assert body.choices[0].message.content == "آية [1]"
    assert body.choices[0].message.references[0].model_dump() == {
        "index": 4,
        "number": 1,
        "source": VERSE.url,
        "content": VERSE.text,
        "corpus": "quran",
        "reference": "2:153",
        "translation": None,
        "url": VERSE.url,
    }
    assert body.usage.total_tokens == 7
    assert body.metadata == {"routing": {"route": "islamic"}}
    assert answer.json()["tool_events"] == [{"id": "t1", "name": "search", "arguments": "{}", "result": "1 verse"}]


async def test_stream_begins_with_progress_then_the_role_and_ends_with_references(connect: Any) -> None:
    found = [ChatCompletionChunk.model_validate(chunk) for chunk in await chunks(await connect(cited))]
    progress, tool, first, second, last = found
    assert progress.choices == []
    assert progress.progress.message.ar == "أبحث."
    assert tool.choices == []
    assert tool.tool_events[0]["name"] == "search"
    assert first.choices[0].delta.role == "assistant"
    assert first.choices[0].delta.content == "آية "
    assert second.choices[0].delta.role is None
    assert last.choices[0].finish_reason == "stop"
    assert last.choices[0].delta.references[0].number == 1
    assert last.usage.total_tokens == 7
    assert last.metadata == {"routing": {"route": "islamic"}}
    assert len({chunk.id for chunk in found}) == 1


async def test_usage_moves_to_its_own_chunk_when_asked_for(connect: Any) -> None:
    *_, done, usage = await chunks(await connect(cited), stream_options={"include_usage": True})
    assert done["usage"] is None
    assert usage["choices"] == []
    assert usage["usage"]["total_tokens"] == 7


async def test_platforms_own_tool_calls_take_the_hosted_form_only_on_request(connect: Any) -> None:
    found = await chunks(await connect(cited), headers={"x-fanar-tool-events": "contract"})
    deltas = [chunk["choices"][0]["delta"] for chunk in found if chunk["choices"]]
    assert deltas[0]["tool_calls"][0]["function"]["name"] == "search"
    assert deltas[1]["tool_result"]["result"] == "1 verse"


async def test_choices_and_client_tools_come_back_apart(connect: Any) -> None:
    body = (await (await connect(two_choices)).post("/v1/chat/completions", json=HELLO)).json()
    first, second = body["choices"]
    assert first["logprobs"] == {"content": [{"token": "a"}]}
    assert second["message"]["tool_calls"] == [{"id": "c1", "type": "function", "function": {"name": "f", "arguments": '{"x":1}'}}]
    assert second["finish_reason"] == "tool_calls"


async def test_streamed_tool_call_names_itself_once(connect: Any) -> None:
    found = await chunks(await connect(two_choices))
    calls = [choice["delta"]["tool_calls"][0] for chunk in found for choice in chunk["choices"] if "tool_calls" in choice["delta"]]
    assert calls[0] == {"index": 0, "id": "c1", "type": "function", "function": {"name": "f", "arguments": '{"x"'}}
    assert calls[1] == {"index": 0, "function": {"arguments": ":1}"}}
    assert [choice["finish_reason"] for choice in found[-1]["choices"]] == ["stop", "tool_calls"]


@pytest.mark.parametrize("said", ["", "  \n", [{"type": "text", "text": " "}]])
async def test_a_conversation_that_ends_in_nothing_is_refused_by_its_field(connect: Any, said: object) -> None:
    asked = {"model": "Fanar", "messages": [{"role": "user", "content": "one"}, {"role": "user", "content": said}]}
    answer = await (await connect(two_choices)).post("/v1/chat/completions", json=asked)
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, "messages[1].content")


async def test_an_empty_turn_may_follow_instructions(connect: Any) -> None:
    asked = {"model": "Fanar", "messages": [{"role": "system", "content": "Say something."}, {"role": "user", "content": ""}]}
    assert (await (await connect(two_choices)).post("/v1/chat/completions", json=asked)).status_code == 200


async def test_blocked_answer_is_an_error_and_not_a_polite_200(connect: Any) -> None:
    answer = await (await connect(blocked)).post("/v1/chat/completions", json=HELLO)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "content_filter"
    assert answer.json()["error"]["type"] == "safety"


async def test_answer_blocked_midway_says_so_in_its_finish_reason(connect: Any) -> None:
    client = await connect(blocked_late)
    whole = (await client.post("/v1/chat/completions", json=HELLO)).json()
    assert whole["choices"][0]["finish_reason"] == "content_filter"
    assert whole["metadata"]["blocked"]["type"] == "safety"
    assert (await chunks(client))[-1]["choices"][0]["finish_reason"] == "content_filter"


async def test_of_an_answer_that_was_cut_no_choice_is_missing(connect: Any) -> None:
    client = await connect(blocked_late)
    whole = (await client.post("/v1/chat/completions", json={**HELLO, "n": 3})).json()
    assert [(choice["index"], choice["finish_reason"]) for choice in whole["choices"]] == [(at, "content_filter") for at in range(3)]
    assert [choice["message"]["content"] for choice in whole["choices"]] == ["a", "", ""]
    last = (await chunks(client, n=3))[-1]
    assert [(choice["index"], choice["finish_reason"]) for choice in last["choices"]] == [(at, "content_filter") for at in range(3)]


@pytest.mark.parametrize("stream", [True, False])
async def test_failure_before_the_first_word_is_an_ordinary_error(connect: Any, stream: bool) -> None:
    client = await connect(missing)
    answer = await client.post("/v1/chat/completions", json={**HELLO, "stream": stream}, headers={"accept-language": "ar-QA,en;q=0.5"})
    assert answer.status_code == 503
    assert answer.headers["x-should-retry"] == "false"
    assert answer.json()["error"] == {
        "code": "model_not_configured",
        "message": "اضبط FANAR_STAR__URL.",
        "status": 503,
        "param": None,
        "type": None,
    }


async def test_failure_after_the_first_word_is_an_error_frame(connect: Any) -> None:
    *_, last = await chunks(await connect(dying))
    assert last["error"]["code"] == "overloaded"
    assert last["error"]["status"] == 503


async def test_fault_of_ours_ends_a_stream_without_telling_what_it_was(connect: Any) -> None:
    *_, last = await chunks(await connect(buggy))
    assert last["error"]["code"] == "internal_server_error"
    assert "secret" not in orjson.dumps(last).decode()


async def test_fault_of_ours_is_a_500_in_the_envelope(connect: Any) -> None:
    answer = await (await connect(buggy)).post("/v1/chat/completions", json=HELLO)
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "internal_server_error"
    assert "secret" not in answer.text


async def test_answers_in_progress_are_bounded(connect: Any) -> None:
    release = asyncio.Event()

    async def slow(request: ChatRequest) -> AsyncIterator[Event]:
        yield TextDelta("a")
        await release.wait()
        yield ResponseCompleted("m")

    client = await connect(slow, LimitSettings(streams=1))
    first = asyncio.create_task(client.post("/v1/chat/completions", json=HELLO))
    while not client.platform.dispatcher.requests:
        await asyncio.sleep(0)
    second = await client.post("/v1/chat/completions", json=HELLO)
    release.set()
    assert (second.status_code, second.json()["error"]["code"]) == (503, "overloaded")
    assert second.headers["retry-after"] == "1"
    assert (await first).status_code == 200
    assert (await client.post("/v1/chat/completions", json=HELLO)).status_code == 200


async def test_sliding_window_counts_by_model_and_says_when_to_return(connect: Any) -> None:
    client = await connect(limits=LimitSettings(requests=1, window_seconds=60))
    first = await client.post("/v1/chat/completions", json=HELLO)
    second = await client.post("/v1/chat/completions", json=HELLO)
    other = await client.post("/v1/chat/completions", json={**HELLO, "model": "Fanar-Sadiq"})
    assert first.headers["x-ratelimit-remaining"] == "0"
    assert first.headers["ratelimit-policy"] == "1;w=60"
    assert (second.status_code, second.json()["error"]["code"]) == (429, "rate_limit_reached")
    assert second.headers["retry-after"] == second.headers["x-ratelimit-reset"]
    assert other.status_code == 200
    assert "x-ratelimit-limit" not in (await client.get("/v1/models")).headers
