"""The gateway as it is built from settings: two servers, one of which dies and comes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from fanar.settings import ModelSettings, Settings
from orchestrator.api.app import create_app
from orchestrator.bootstrap.gateway import open_gateway
from tests.fakes.upstream import Behaviour, Upstream, upstream

CHAT = "/v1/chat/completions"


def asking(model: str, **fields: object) -> dict[str, object]:
    return {"model": model, "messages": [{"role": "user", "content": "hi"}], **fields}


@asynccontextmanager
async def gateway(**given: object) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(_env_file=None, discover=False, only="gateway", **given)
    app = create_app(lambda: open_gateway(settings), settings=settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", timeout=30) as client:
            yield client


@pytest.fixture
async def star() -> AsyncIterator[Upstream]:
    async with upstream(model="star-7b") as server:
        yield server


@pytest.fixture
async def client(star: Upstream, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with gateway(data=tmp_path, star=ModelSettings(url=star.url, model="star-7b")) as client:
        yield client


async def test_named_model_answers_whole_and_streamed(client: httpx.AsyncClient, star: Upstream) -> None:
    star.behaviour = Behaviour(reply="<think>hm</think>Doha, سلام.")
    whole = (await client.post(CHAT, json=asking("Fanar-S-1-7B"))).json()
    assert whole["choices"][0]["message"]["content"] == "Doha, سلام."
    assert whole["model"] == "star-7b"
    streamed = await client.post(CHAT, json=asking("Fanar-S-1-7B", stream=True))
    assert streamed.text.endswith("data: [DONE]\n\n")
    assert "<think>" not in streamed.text
    assert streamed.headers["x-id"] in streamed.text
    assert [body["stream"] for body in star.requests] == [False, True]


async def test_what_names_no_model_goes_by_the_policy(client: httpx.AsyncClient) -> None:
    body = (await client.post(CHAT, json=asking("Fanar"))).json()
    assert body["metadata"]["routing"]["model"] == "star"
    streamed = await client.post(CHAT, json=asking("Fanar", stream=True))
    assert '"route":"general"' in streamed.text


async def test_what_a_gateway_lacks_names_the_command_that_has_it(client: httpx.AsyncClient) -> None:
    calls = {
        CHAT: asking("Fanar-Sadiq"),
        "/v1/search": {"query": "q"},
        "/v1/attributions": {"text": "t"},
        "/v1/feedback": {"id": "chatcmpl-1", "rating": "up"},
    }
    for path, body in calls.items():
        answer = await client.post(path, json=body)
        if answer.status_code == 422:
            continue
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "model_not_configured")
        assert "fanar serve" in answer.json()["error"]["message"]
    assert (await client.post(CHAT, json=asking("nobody"))).status_code == 404


async def test_models_and_capabilities_are_those_that_are_there(client: httpx.AsyncClient) -> None:
    assert {model["id"] for model in (await client.get("/v1/models")).json()["data"]} == {"Fanar", "Fanar-S-1-7B", "Fanar-Guard-2"}
    there = {found["name"]: found["available"] for found in (await client.get("/readyz")).json()["capabilities"]}
    assert there == {"star": True, "prime": False, "speech": False, "moderation": True}


async def test_key_of_ours_is_checked_against_the_database(client: httpx.AsyncClient, tmp_path: Path) -> None:
    answer = await client.get("/v1/models", headers={"authorization": f"Bearer fanar-{'x' * 43}"})
    assert answer.status_code == 401
    assert (tmp_path / "fanar.db").exists()


async def test_source_filters_are_refused_by_name(client: httpx.AsyncClient) -> None:
    for stream in (False, True):
        answer = await client.post(CHAT, json=asking("Fanar-S-1-7B", stream=stream, madhab=["hanafi"]))
        assert (answer.status_code, answer.json()["error"]["param"]) == (422, "madhab")


async def test_nobody_notices_that_a_model_died_while_the_other_serves(tmp_path: Path, star: Upstream) -> None:
    async with upstream(model="prime-27b") as prime:
        port = prime.port
        servers = {"star": ModelSettings(url=star.url, model="star-7b"), "prime": ModelSettings(url=prime.url, model="prime-27b")}
        async with gateway(data=tmp_path, **servers) as client:
            thinking = asking("Fanar", messages=[{"role": "user", "content": "Prove that the integral of x^2 = x^3/3"}])
            assert (await client.post(CHAT, json=thinking)).json()["model"] == "prime-27b"
            # Killed in the middle of an answer.
            prime.behaviour = Behaviour(dies_after=0, body={}, frames=[b"data: x\n\n"])
            await client.post(CHAT, json={**thinking, "stream": True})
            prime.behaviour = Behaviour(status=500, body={})
            answers = await asyncio.gather(*(client.post(CHAT, json=thinking) for _ in range(20)))
            assert {answer.json()["model"] for answer in answers} == {"star-7b"}
            states = {row["model"]: row["state"] for row in (await client.get("/v1/backends")).json()["data"]}
            assert states["prime-27b"] in ("open", "half_open")
            assert port == prime.port
            prime.behaviour = Behaviour()
            async with asyncio.timeout(20):
                while (await client.post(CHAT, json=thinking)).json()["model"] != "prime-27b":
                    await asyncio.sleep(0.05)


async def test_who_stands_in_for_whom_follows_the_policy_table(tmp_path: Path, star: Upstream) -> None:
    table = tmp_path / "policy.toml"
    text = '[failover]\nrouted = {routed}\n\n[[rule]]\nuse = "star"\nreason = "the house rule"\n'
    table.write_text(text.format(routed="false"))
    star.behaviour = Behaviour(status=500, body={})
    async with upstream(model="prime-27b") as prime:
        servers = {"star": ModelSettings(url=star.url, model="star-7b"), "prime": ModelSettings(url=prime.url, model="prime-27b")}
        async with gateway(data=tmp_path, policy=table, **servers) as client:
            assert (await client.post(CHAT, json=asking("Fanar"))).status_code == 503
            table.write_text(text.format(routed="true"))
            async with asyncio.timeout(10):
                while (await client.post(CHAT, json=asking("Fanar"))).status_code != 200:
                    await asyncio.sleep(0.1)


async def test_stream_whose_server_dies_ends_with_the_error(client: httpx.AsyncClient, star: Upstream) -> None:
    star.behaviour = Behaviour(dies_after=900)
    answer = await client.post(CHAT, json=asking("Fanar-S-1-7B", stream=True))
    *_, error, done, rest = answer.text.split("\n\n")
    assert '"error"' in error
    assert '"code":"overloaded"' in error
    assert (done, rest) == ("data: [DONE]", "")


async def test_tokens_are_counted_by_the_server_of_the_model_that_was_named(client: httpx.AsyncClient, star: Upstream) -> None:
    text = "one two three"
    answer = await client.post("/v1/tokens", json={"content": text, "model": "Fanar-S-1-7B"})
    assert answer.json() == {"id": answer.headers["x-id"], "tokens": 3, "max_request_tokens": 512}
    star.behaviour = Behaviour(counts=False)
    refusals = {
        "Fanar-S-1-7B": (503, "model_not_configured"),
        "Fanar-C-2-27B": (503, "model_not_configured"),
        "Fanar": (422, "unprocessable"),
    }
    for model, told in refusals.items():
        answer = await client.post("/v1/tokens", json={"content": text, "model": model})
        assert (answer.status_code, answer.json()["error"]["code"], answer.json()["error"]["param"]) == (*told, "model")
