"""POST /v1/moderations in both forms: the hosted API's and OpenAI's."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from fanar.moderation.verdict import CATEGORIES

PATH = "/v1/moderations"


async def sent(client: httpx.AsyncClient, **body: Any) -> httpx.Response:
    return await client.post(PATH, json=body)


async def test_prompt_and_response_get_both_scales(client: httpx.AsyncClient) -> None:
    answer = await sent(client, model="Fanar-Guard-2", prompt="Hello", response="Hello to you.")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["safety"], told["cultural_awareness"], told["flagged"]) == (5.0, 5.0, False)
    assert set(told["categories"]) == set(told["category_scores"]) == set(CATEGORIES)
    assert told["categories_supported"] == ["harassment"]
    assert answer.headers["x-id"] == told["id"]


async def test_response_is_judged_as_the_prompt_is(client: httpx.AsyncClient) -> None:
    told = (await sent(client, model="Fanar-Guard-2", prompt="Hello", response="You are awful.")).json()
    assert told["flagged"]
    assert told["categories"]["harassment"]
    assert told["safety"] < 1


@pytest.mark.parametrize("model", [{}, {"model": "omni-moderation-latest"}])
async def test_openai_form_gives_a_result_for_each_input(client: httpx.AsyncClient, model: dict[str, str]) -> None:
    told = (await sent(client, input=["kind words", "awful words"], **model)).json()
    assert [result["flagged"] for result in told["results"]] == [False, True]
    assert told["results"][1]["category_applied_input_types"]["harassment"] == ["text"]
    assert told["flagged"]


async def test_parts_are_one_text(client: httpx.AsyncClient) -> None:
    told = (await sent(client, input=[{"type": "text", "text": "awful"}, {"type": "text", "text": "day"}])).json()
    assert len(told["results"]) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"prompt": "a", "input": "b"},
        {"input": "a", "response": "b"},
        {"input": []},
        {"input": [1]},
        {"input": [{"type": "image_url", "image_url": {"url": "http://a"}}]},
        {"prompt": 1},
        {"prompt": "a", "else": 1},
        {"input": ["a"] * 257},
    ],
)
async def test_what_is_neither_form_is_refused_by_name(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    answer = await sent(client, **body)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "unprocessable"


async def test_model_that_judges_nothing_is_refused(client: httpx.AsyncClient) -> None:
    assert (await sent(client, model="Fanar-S-1-7B", prompt="a")).status_code == 422
    assert (await sent(client, model="Fanar-X", prompt="a")).status_code == 404
