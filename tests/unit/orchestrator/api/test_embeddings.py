"""POST /v1/embeddings as clients see it, from our own embedder."""

from __future__ import annotations

import base64
from array import array
from typing import Any

import httpx
import pytest

from fanar.settings import LimitSettings
from orchestrator.api.schemas.embeddings import EmbeddingList

PATH = "/v1/embeddings"


def asking(given: object, **fields: object) -> dict[str, object]:
    return {"model": "fanar-embedder", "input": given, **fields}


@pytest.mark.parametrize(("given", "many"), [("one two", 1), (["one", "two words"], 2)])
async def test_each_text_becomes_a_vector_in_its_place(client: httpx.AsyncClient, given: object, many: int) -> None:
    answer = await client.post(PATH, json=asking(given))
    body = EmbeddingList.model_validate(answer.json())
    assert [row.index for row in body.data] == list(range(many))
    assert all(len(row.embedding) == 3 for row in body.data)
    assert body.usage.prompt_tokens == body.usage.total_tokens == many + 1
    assert body.system_fingerprint == "counts"
    assert answer.headers["x-id"] == body.id


async def test_base64_holds_the_same_numbers(client: httpx.AsyncClient) -> None:
    plain = (await client.post(PATH, json=asking("one two"))).json()["data"][0]["embedding"]
    packed = (await client.post(PATH, json=asking("one two", encoding_format="base64"))).json()["data"][0]["embedding"]
    assert array("f", base64.b64decode(packed)).tolist() == pytest.approx(plain)


async def test_fewer_dimensions_are_the_first_ones_at_length_one(client: httpx.AsyncClient) -> None:
    whole, short = [(await client.post(PATH, json=asking("a\nb c", **wanted))).json() for wanted in ({}, {"dimensions": 2})]
    (x, y, _), vector = whole["data"][0]["embedding"], short["data"][0]["embedding"]
    assert vector == pytest.approx([x / (x * x + y * y) ** 0.5, y / (x * x + y * y) ** 0.5])


@pytest.mark.parametrize(
    ("body", "param"),
    [
        (asking(""), "input"),
        (asking([]), "input"),
        (asking(["a", ""]), "input[1]"),
        (asking(["a"] * 2049), "input"),
        (asking([1.5, 2]), "input[0]"),
        (asking([1, "a"]), "input[1]"),
        (asking([["a"]]), "input[0][0]"),
        (asking([True]), "input[0]"),
        (asking([-1]), "input[0]"),
        (asking([2**40]), "input[0]"),
        (asking([[]]), "input[0]"),
        (asking({"a": 1}), "input"),
        (asking(None), "input"),
        (asking("a", dimensions=0), "dimensions"),
        (asking("a", dimensions=4), "dimensions"),
        (asking("a", encoding_format="int8"), "encoding_format"),
        (asking("a", api_base="http://169.254.169.254"), "api_base"),
        (asking([1, 2, 3]), "input"),
        (asking([[1], [2]]), "input"),
        ({"model": "Fanar-C-2-27B", "input": "a"}, "model"),
        ({"input": "a"}, "model"),
    ],
)
async def test_what_cannot_be_embedded_is_refused_by_name(client: httpx.AsyncClient, body: dict[str, Any], param: str) -> None:
    refused = await client.post(PATH, json=body)
    assert (refused.status_code, refused.json()["error"]["param"]) == (422, param)


async def test_a_model_that_is_not_connected_names_the_setting(client: httpx.AsyncClient) -> None:
    refused = await client.post(PATH, json={"model": "text-embedding-3-small", "input": "a"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "model_not_configured")
    assert "FANAR_EMBEDDINGS__URL" in refused.json()["error"]["message"]
    assert refused.headers["x-should-retry"] == "false"


async def test_embeddings_are_counted_like_every_request_for_a_model(connect: Any) -> None:
    client = await connect(limits=LimitSettings(requests=1))
    assert [(await client.post(PATH, json=asking("a"))).status_code for _ in range(2)] == [200, 429]


async def test_the_document_describes_it(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    assert "EmbeddingRequest" in document["components"]["schemas"]
    assert "503" in document["paths"][PATH]["post"]["responses"]
