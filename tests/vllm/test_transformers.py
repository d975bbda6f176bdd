"""What real `transformers serve`, the laptop engine, does through our client, and what it passes over in silence."""

from __future__ import annotations

import asyncio
import urllib.request
from contextlib import aclosing
from typing import Any

import pytest

from fanar.errors import ModelUnavailableError, UnprocessableError
from fanar.events import TextDelta
from fanar.llm.openai import OpenAIChatModel
from tests.vllm.asking import answered, asking, client, completed, reasons, text_of, told
from tests.vllm.servers import Server

# It takes these fields and does nothing with them: where it serves, the platform has to refuse them itself.
SILENT: dict[str, dict[str, Any]] = {
    "response_format": {"request": {"response_format": {"type": "json_object"}}},
    "tool_choice": {"request": {"tools": ({"type": "function", "function": {"name": "f"}},), "tool_choice": "required"}},
    "logprobs": {"logprobs": True, "top_logprobs": 2},
    "presence_penalty": {"presence_penalty": 2.0},
}
REFUSED: dict[str, Any] = {
    "best_of": 2,
    "top_k": 1,
    "min_p": 0.5,
    "repetition_penalty": 1.2,
    "length_penalty": 1.2,
    "early_stopping": True,
    "stop_token_ids": [7],
    "ignore_eos": True,
    "min_tokens": 2,
    "skip_special_tokens": False,
    "spaces_between_special_tokens": False,
    "truncate_prompt_tokens": 8,
    "prompt_logprobs": 1,
}


async def test_an_answer_streams_in_pieces_and_is_counted(local: OpenAIChatModel) -> None:
    events = await answered(local, asking(max_tokens=40))
    assert sum(isinstance(event, TextDelta) for event in events) > 1
    assert reasons(events) == {0: "length"}
    assert completed(events).usage.completion_tokens == 40


async def test_it_is_available_and_says_the_same_as_vllm(local: OpenAIChatModel, star: OpenAIChatModel) -> None:
    assert await local.available()
    assert await told(local, asking(max_tokens=8, temperature=0.0)) == await told(star, asking(max_tokens=8, temperature=0.0))


async def test_a_stop_sequence_ends_the_answer(local: OpenAIChatModel) -> None:
    whole = await told(local, asking(max_tokens=30))
    stop = whole[4:6]
    events = await answered(local, asking(max_tokens=30, stop=(stop,)))
    # Unlike vLLM it writes the stop sequence itself, too.
    assert text_of(events) == whole[: whole.index(stop) + len(stop)]
    assert reasons(events) == {0: "stop"}


async def test_another_model_s_name_is_refused(local_server: Server) -> None:
    async with client(local_server.url, model="Fanar") as model:
        with pytest.raises(UnprocessableError):
            await answered(model, asking())


@pytest.mark.parametrize("field", REFUSED)
async def test_a_field_that_is_not_openai_s_is_refused(local: OpenAIChatModel, field: str) -> None:
    with pytest.raises(UnprocessableError):
        await answered(local, asking(extra={field: REFUSED[field]}))


@pytest.mark.parametrize("field", SILENT)
async def test_a_field_that_it_does_not_know_is_passed_over_in_silence(local: OpenAIChatModel, field: str) -> None:
    plain = await told(local, asking())
    assert await told(local, asking(**SILENT[field])) == plain != ""


async def test_a_forbidden_token_is_not_written(local: OpenAIChatModel) -> None:
    biased = await told(local, asking(extra={"logit_bias": {str(token): -100.0 for token in range(200, 412)}}))
    assert biased != await told(local, asking())


async def test_more_than_one_answer_is_not_given(local: OpenAIChatModel) -> None:
    with pytest.raises((UnprocessableError, ModelUnavailableError)):
        await answered(local, asking(n=2))


async def test_closing_the_stream_leaves_it_free_for_the_next(local: OpenAIChatModel) -> None:
    async with aclosing(local.stream(asking(max_tokens=400))) as events:
        async for event in events:
            if isinstance(event, TextDelta):
                break
    async with asyncio.timeout(20):
        assert completed(await answered(local, asking(max_tokens=4))).usage.completion_tokens == 4


async def test_a_killed_server_is_unavailable_and_serves_again_after_its_return(local_server: Server) -> None:
    async with client(local_server.url, model="star") as model:
        local_server.kill()
        assert not await model.available()
        with pytest.raises(ModelUnavailableError):
            await answered(model, asking())
        local_server.start()
        await asyncio.to_thread(local_server.await_ready)
        assert completed(await answered(model, asking(max_tokens=4))).usage.completion_tokens == 4


def test_its_list_of_models_is_its_cache_s_and_not_what_it_serves(local_server: Server) -> None:
    with urllib.request.urlopen(f"{local_server.url}/models") as answer:
        assert b"star" not in answer.read()
