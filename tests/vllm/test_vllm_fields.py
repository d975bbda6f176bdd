"""Which sampling fields of the contract real vLLM honours, refuses, or passes over in silence.

The table is the record: a new vLLM that changes its mind makes a test fail, and the table follows.
"""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import pytest

from fanar.errors import UnprocessableError
from fanar.llm.openai import OpenAIChatModel
from orchestrator.api.schemas.chat import ChatCompletionRequest
from tests.vllm.asking import answered, asking, completed, text_of, told
from tests.vllm.servers import Server

GREEDY: dict[str, Any] = {"temperature": 0.0, "max_tokens": 12}
SEEDED: dict[str, Any] = {"temperature": 1.0, "seed": 11, "max_tokens": 24}

# field, value, how the answer without it is sampled: the field visibly changes that answer
EFFECTIVE = (
    ("top_k", 1, SEEDED),
    ("min_p", 1.0, SEEDED),
    ("repetition_penalty", 2.0, {**GREEDY, "max_tokens": 40}),
)
ACCEPTED = {
    "logit_bias": {"40": -100.0},
    "length_penalty": 1.2,
    "ignore_eos": True,
    "min_tokens": 4,
    "skip_special_tokens": False,
    "spaces_between_special_tokens": False,
    "stop_token_ids": [7],
    "truncate_prompt_tokens": 8,
}
# Not fields of this server; it drops what it does not know without a word.
UNKNOWN = {"best_of": 2, "early_stopping": True}
# The answers are always streamed, and these need an answer in one piece.
REFUSED = {"prompt_logprobs": 1}


def _contract() -> set[str]:
    """The contract's own fields for the model's server: what a request carries through `Sampling.extra`."""
    rows = {**ACCEPTED, **UNKNOWN, **REFUSED, **{name: value for name, value, _ in EFFECTIVE}}
    body = {"model": "Fanar", "messages": [{"role": "user", "content": "?"}], **rows}
    return set(ChatCompletionRequest.model_validate(body).request().sampling.extra)


def test_the_table_covers_every_field_that_travels_to_the_server() -> None:
    assert _contract() == {*ACCEPTED, *UNKNOWN, *REFUSED, *(name for name, _, _ in EFFECTIVE)}


@pytest.mark.parametrize(("field", "value", "sampling"), EFFECTIVE)
async def test_the_field_changes_the_answer(star: OpenAIChatModel, field: str, value: object, sampling: dict[str, Any]) -> None:
    plain = await told(star, asking(**sampling))
    assert await told(star, asking(**sampling, extra={field: value})) != plain


@pytest.mark.parametrize("field", ACCEPTED)
async def test_the_field_is_accepted(star: OpenAIChatModel, field: str) -> None:
    assert completed(await answered(star, asking(extra={field: ACCEPTED[field]})))


@pytest.mark.parametrize("field", REFUSED)
async def test_the_field_is_refused_by_name(star: OpenAIChatModel, field: str) -> None:
    with pytest.raises(UnprocessableError) as refusal:
        await answered(star, asking(extra={field: REFUSED[field]}))
    assert refusal.value.param == field


def test_the_fields_passed_over_in_silence_are_none_of_the_server_s(servers: dict[str, Server]) -> None:
    with urllib.request.urlopen(servers["star"].url.removesuffix("/v1") + "/openapi.json") as answer:
        known = json.load(answer)["components"]["schemas"]["ChatCompletionRequest"]["properties"]
    assert _contract() - set(known) == set(UNKNOWN)


async def test_a_forbidden_token_is_not_written(star: OpenAIChatModel) -> None:
    plain = await answered(star, asking(**GREEDY, logprobs=True, top_logprobs=2))
    biased = await told(star, asking(**GREEDY, extra={"logit_bias": {str(token): -100.0 for token in range(200, 412)}}))
    assert biased != text_of(plain)


async def test_a_prompt_is_truncated_to_the_tokens_asked_for(star: OpenAIChatModel) -> None:
    events = await answered(star, asking(extra={"truncate_prompt_tokens": 8}))
    assert completed(events).usage.prompt_tokens == 8


async def test_a_stop_token_ends_the_answer(star: OpenAIChatModel) -> None:
    events = await answered(star, asking(**SEEDED, extra={"stop_token_ids": list(range(6, 412))}))
    assert completed(events).usage.completion_tokens == 1
    assert completed(events).finish_reason == "stop"


async def test_no_stop_token_ends_the_answer_before_its_least_length(star: OpenAIChatModel) -> None:
    events = await answered(star, asking(**SEEDED, extra={"stop_token_ids": list(range(6, 300)), "min_tokens": 5}))
    assert completed(events).usage.completion_tokens > 5
