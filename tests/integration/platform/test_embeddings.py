"""Embeddings by the embedder that was trained on the installed Quran."""

from __future__ import annotations

from math import hypot

import pytest

from tests.integration.platform.conftest import Opened

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_our_own_embedder_answers_and_knows_which_words_keep_company(bare: Opened) -> None:
    texts = ["صيام رمضان", "الصوم في شهر رمضان", "قسمة الميراث بين الورثة"]
    answer = (await bare.client.post("/v1/embeddings", json={"model": "fanar-embedder", "input": texts})).json()
    one, other, far = [row["embedding"] for row in answer["data"]]
    assert len(one) == 256
    assert hypot(*one) == pytest.approx(1, abs=1e-4)
    assert sum(a * b for a, b in zip(one, other, strict=True)) > sum(a * b for a, b in zip(one, far, strict=True))
    assert answer["system_fingerprint"]


async def test_our_own_embedder_is_listed_and_answers_no_conversation(bare: Opened) -> None:
    listed = {model["id"] for model in (await bare.client.get("/v1/models")).json()["data"]}
    assert "fanar-embedder" in listed
    asked = {"model": "fanar-embedder", "messages": [{"role": "user", "content": "hi"}]}
    refused = await bare.client.post("/v1/chat/completions", json=asked)
    assert (refused.status_code, refused.json()["error"]["param"]) == (422, "model")
