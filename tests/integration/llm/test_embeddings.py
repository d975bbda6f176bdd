"""Embeddings from a real server on loopback, through the gateway and through the openai SDK."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import openai
import pytest

from fanar.errors import ConfigurationError
from fanar.settings import EmbeddingSettings, LimitSettings, Settings
from orchestrator.bootstrap.gateway import open_gateway
from tests.fakes.upstream import Behaviour, Upstream, upstream
from tests.integration.platform.test_gateway import gateway

PATH = "/v1/embeddings"
MODEL = "BAAI/bge-m3"


@pytest.fixture
async def server() -> AsyncIterator[Upstream]:
    async with upstream(model=MODEL) as server:
        yield server


@pytest.fixture
async def client(server: Upstream, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    embeddings = EmbeddingSettings(url=server.url, model=MODEL, api_key="sk-secret", answer_timeout=2)
    async with gateway(data=tmp_path, embeddings=embeddings) as client:
        yield client


def asking(given: object = "a", **fields: object) -> dict[str, object]:
    return {"model": MODEL, "input": given, **fields}


@pytest.mark.parametrize(
    ("given", "sent"),
    [("text", ["text"]), (["a", "b"], ["a", "b"]), ([1, 2], [[1, 2]]), ([[1], [2, 3]], [[1], [2, 3]])],
)
async def test_every_form_of_input_reaches_the_server_and_comes_back_in_order(
    client: httpx.AsyncClient, server: Upstream, given: object, sent: list[object]
) -> None:
    answer = (await client.post(PATH, json=asking(given))).json()
    assert server.requests == [{"model": MODEL, "input": sent, "encoding_format": "float"}]
    assert server.headers[0]["Authorization"] == "Bearer sk-secret"
    assert [row["embedding"] for row in answer["data"]] == [[float(at)] * 4 for at in range(len(sent))]
    assert answer["model"] == MODEL


async def test_dimensions_are_honoured_or_refused(client: httpx.AsyncClient, server: Upstream) -> None:
    answer = await client.post(PATH, json=asking(dimensions=7))
    assert len(answer.json()["data"][0]["embedding"]) == 7
    server.behaviour = Behaviour(body={"data": [{"index": 0, "embedding": [1.0, 2.0]}], "usage": {"prompt_tokens": 1}})
    refused = await client.post(PATH, json=asking(dimensions=7))
    assert (refused.status_code, refused.json()["error"]["param"]) == (422, "dimensions")


@pytest.mark.parametrize(
    ("behaviour", "status", "code"),
    [
        (Behaviour(status=400, body={"error": {"message": "sk-secret too long", "param": "input"}}), 422, "unprocessable"),
        (Behaviour(status=401, body={}), 503, "overloaded"),
        (Behaviour(status=404, body={}), 503, "overloaded"),
        (Behaviour(status=429, body={}), 503, "overloaded"),
        (Behaviour(status=500, body={}), 503, "overloaded"),
        (Behaviour(first_byte_after=5), 504, "timeout"),
        (Behaviour(body={"data": []}), 503, "overloaded"),
        (Behaviour(body=[]), 503, "overloaded"),
        (Behaviour(body={"data": [{"index": 1, "embedding": [1.0]}]}), 503, "overloaded"),
        (Behaviour(body={"data": [{"index": 0, "embedding": ["x"]}]}), 503, "overloaded"),
        (Behaviour(body={"data": [{"index": 0, "embedding": []}]}), 503, "overloaded"),
        (Behaviour(body={"data": [{"embedding": [1.0]}]}), 503, "overloaded"),
        (Behaviour(body={"data": [{"index": 0, "embedding": [1.0]}], "usage": {"prompt_tokens": "1"}}), 503, "overloaded"),
    ],
)
async def test_what_goes_wrong_is_said_in_our_words(
    client: httpx.AsyncClient, server: Upstream, behaviour: Behaviour, status: int, code: str
) -> None:
    server.behaviour = behaviour
    answer = await client.post(PATH, json=asking())
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert "sk-secret" not in answer.text


async def test_a_server_that_is_gone_is_unavailable(tmp_path: Path) -> None:
    embeddings = EmbeddingSettings(url="http://127.0.0.1:9/v1", model=MODEL)
    async with gateway(data=tmp_path, embeddings=embeddings) as client:
        assert (await client.post(PATH, json=asking())).status_code == 503


async def test_the_model_is_listed_under_its_own_name_and_may_be_limited(server: Upstream, tmp_path: Path) -> None:
    embeddings = EmbeddingSettings(url=server.url, model=MODEL)
    async with gateway(data=tmp_path, embeddings=embeddings, limits=LimitSettings(models={MODEL: "5/60"})) as client:
        listed = (await client.get("/v1/models")).json()["data"]
        assert [model["id"] for model in listed if model["owned_by"] == "operator"] == [MODEL]
        assert (await client.post(PATH, json=asking())).headers["ratelimit-policy"] == "5;w=60"
        unknown = await client.post(PATH, json={"model": "other", "input": "a"})
        assert (unknown.status_code, unknown.json()["error"]["param"]) == (404, "model")
        own = await client.post(PATH, json={"model": "fanar-embedder", "input": "a"})
        assert own.json()["error"]["code"] == "model_not_configured"


@pytest.mark.parametrize("given", [{"url": "http://127.0.0.1:9/v1"}, {"model": MODEL}])
async def test_half_a_setting_is_refused_at_start(tmp_path: Path, given: dict[str, str]) -> None:
    settings = Settings(_env_file=None, data=tmp_path, discover=False, embeddings=EmbeddingSettings(**given))
    with pytest.raises(ConfigurationError, match="FANAR_EMBEDDINGS__MODEL"):
        async with open_gateway(settings):
            pass


async def test_the_openai_sdk_reads_both_encodings(client: httpx.AsyncClient) -> None:
    sdk = openai.AsyncOpenAI(api_key="any", base_url="http://127.0.0.1:8000/v1", http_client=client, max_retries=0)
    for wanted in ({}, {"encoding_format": "float"}, {"encoding_format": "base64"}):
        answer = await sdk.embeddings.create(model=MODEL, input=["a", "bc"], dimensions=5, **wanted)
        assert answer.usage.prompt_tokens == 3
        vector = answer.data[1].embedding
        assert wanted.get("encoding_format") == "base64" or vector == [1.0] * 5
