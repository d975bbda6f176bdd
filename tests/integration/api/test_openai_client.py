"""OpenAI's own client, which nobody here wrote, against a real server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import openai
import pytest
from openai import AsyncOpenAI

from fanar.bilingual import Bilingual
from fanar.documents import Citation
from fanar.errors import ModelUnavailableError, NotConfiguredError
from fanar.events import CitationAdded, Event, ProgressReported, ResponseCompleted, TextDelta, ToolCalled, Usage
from fanar.messages import ChatRequest
from tests.fakes.platform import VERSE
from tests.integration.api.serving import Running, serving

ASK = [{"role": "user", "content": "hi"}]


async def rich(request: ChatRequest) -> AsyncIterator[Event]:
    yield ProgressReported(Bilingual("Searching", "أبحث"))
    yield ToolCalled("t", "search", "{}", by="server", result="1")
    for piece in ("إن ", "الله ", "[1]"):
        yield TextDelta(piece)
    yield CitationAdded(Citation(1, VERSE, 9))
    yield ResponseCompleted("sadiq", Usage(3, 3))


async def missing(request: ChatRequest) -> AsyncIterator[Event]:
    raise NotConfiguredError(Bilingual("Set FANAR_STAR__URL.", "اضبط FANAR_STAR__URL."))
    yield


async def dying(request: ChatRequest) -> AsyncIterator[Event]:
    yield TextDelta("a")
    raise ModelUnavailableError(Bilingual("Gone.", "انقطع."))


def client_of(running: Running) -> AsyncOpenAI:
    return AsyncOpenAI(base_url=f"http://127.0.0.1:{running.port}/v1", api_key="none", max_retries=2)


async def test_create_and_list() -> None:
    async with serving(rich) as running, client_of(running) as client:
        answer = await client.chat.completions.create(model="Fanar", messages=ASK)
        assert answer.choices[0].message.content == "إن الله [1]"
        assert answer.choices[0].message.model_extra["references"][0]["content"] == VERSE.text
        assert answer.usage.total_tokens == 6
        assert [model.id async for model in await client.models.list()] == ["Fanar"]


async def test_answer_can_be_sent_back_in_the_next_turn() -> None:
    async with serving(rich) as running, client_of(running) as client:
        answer = await client.chat.completions.create(model="Fanar", messages=ASK)
        again = await client.chat.completions.create(model="Fanar", messages=[*ASK, answer.choices[0].message, *ASK])
        assert again.choices[0].finish_reason == "stop"


async def test_stream_helper_bears_progress_and_server_tools() -> None:
    async with serving(rich) as running, client_of(running) as client:
        async with client.chat.completions.stream(model="Fanar", messages=ASK, stream_options={"include_usage": True}) as stream:
            text = "".join([event.delta async for event in stream if event.type == "content.delta"])
            final = await stream.get_final_completion()
        assert text == final.choices[0].message.content == "إن الله [1]"
        assert final.usage.total_tokens == 6
        assert not final.choices[0].message.tool_calls


async def test_missing_model_is_not_asked_for_again() -> None:
    async with serving(missing) as running, client_of(running) as client:
        with pytest.raises(openai.InternalServerError) as caught:
            await client.chat.completions.create(model="Fanar", messages=ASK)
        assert caught.value.body["code"] == "model_not_configured"
        assert len(running.platform.dispatcher.requests) == 1  # type: ignore[attr-defined]


async def test_failure_midway_is_raised_by_the_client() -> None:
    async with serving(dying) as running, client_of(running) as client:
        with pytest.raises(openai.APIError, match="Gone"):
            async for _ in await client.chat.completions.create(model="Fanar", messages=ASK, stream=True):
                pass
