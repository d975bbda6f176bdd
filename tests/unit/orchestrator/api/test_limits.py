"""Limits as clients meet them: the contract's headers, on the answers that are counted and on no others."""

from __future__ import annotations

from typing import Any

import pytest

from fanar.settings import LimitSettings
from tests.fakes.platform import SECRET

HELLO = {"model": "Fanar", "messages": [{"role": "user", "content": "one two"}]}
WINDOW = ("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "ratelimit-policy")


def told(answer: Any) -> list[str | None]:
    return [answer.headers.get(name) for name in WINDOW]


@pytest.mark.parametrize("stream", [False, True])
async def test_counted_answers_say_what_is_left(connect: Any, stream: bool) -> None:
    client = await connect(limits=LimitSettings(requests=50))
    first = await client.post("/v1/chat/completions", json={**HELLO, "stream": stream})
    assert told(first) == ["50", "49", "60", "50;w=60"]
    assert told(await client.post("/v1/chat/completions", json=HELLO))[1] == "48"


async def test_one_too_many_is_429_with_the_time_to_come_back(connect: Any) -> None:
    client = await connect(limits=LimitSettings(requests=1, window_seconds=30))
    await client.post("/v1/chat/completions", json=HELLO)
    refused = await client.post("/v1/chat/completions", json=HELLO)
    assert refused.status_code == 429
    assert refused.json()["error"] == {
        "code": "rate_limit_reached",
        "message": "More than 1 requests for this model within 30 seconds.",
        "status": 429,
        "param": None,
        "type": None,
    }
    assert told(refused) == ["1", "0", refused.headers["retry-after"], "1;w=30"]
    assert 0 < int(refused.headers["retry-after"]) <= 30
    assert refused.headers["x-id"].startswith("chatcmpl-")


async def test_a_quota_that_is_used_up_is_429_of_its_own_code(connect: Any) -> None:
    client = await connect(limits=LimitSettings(requests=0, daily=1))
    assert told(await client.post("/v1/chat/completions", json=HELLO)) == [None] * 4
    refused = await client.post("/v1/chat/completions", json=HELLO, headers={"accept-language": "ar"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "exceeded_quota")
    assert "حصة" in refused.json()["error"]["message"]
    assert 0 < int(refused.headers["retry-after"]) <= 86_400


async def test_models_have_limits_of_their_own(connect: Any) -> None:
    client = await connect(limits=LimitSettings(models={"Fanar-C-2-27B": "3/10"}))
    assert told(await client.post("/v1/chat/completions", json=HELLO)) == [None] * 4
    assert told(await client.post("/v1/chat/completions", json={**HELLO, "model": "Fanar-C-2-27B"}))[0] == "3"


async def test_where_keys_are_needed_the_hosted_limit_holds_unless_another_is_set(connect: Any) -> None:
    owner = {"authorization": f"Bearer {SECRET}"}
    client = await connect(require_key=True)
    assert told(await client.post("/v1/chat/completions", json=HELLO, headers=owner))[3] == "50;w=60"
    free = await connect(require_key=True, limits=LimitSettings(requests=0))
    assert told(await free.post("/v1/chat/completions", json=HELLO, headers=owner)) == [None] * 4


async def test_without_a_key_there_is_no_limit_unless_one_is_set(client: Any) -> None:
    assert told(await client.post("/v1/chat/completions", json=HELLO)) == [None] * 4


async def test_what_is_not_counted_says_nothing_of_limits(connect: Any) -> None:
    client = await connect(require_key=True, limits=LimitSettings(requests=1))
    owner = {"authorization": f"Bearer {SECRET}"}
    answers = [
        await client.post("/v1/chat/completions", json=HELLO),
        await client.post("/v1/chat/completions", json=HELLO, headers={**owner, "origin": "https://elsewhere.example"}),
        await client.get("/v1/models", headers=owner),
        await client.post("/v1/tokens", json={"content": "a", "model": "Fanar-C-2-27B"}, headers=owner),
        await client.post("/v1/chat/completions", json={**HELLO, "n": 0}, headers=owner),
    ]
    assert [answer.status_code for answer in answers] == [401, 403, 200, 200, 422]
    assert [told(answer) for answer in answers] == [[None] * 4] * 5
    assert told(await client.post("/v1/chat/completions", json=HELLO, headers=owner))[1] == "0"


async def test_feedback_is_counted_by_itself(connect: Any) -> None:
    client = await connect(limits=LimitSettings(requests=1))
    await client.post("/v1/chat/completions", json=HELLO)
    said = {"id": f"chatcmpl-{'0' * 32}", "rating": "up"}
    assert [(await client.post("/v1/feedback", json=said)).status_code for _ in range(2)] == [200, 429]
