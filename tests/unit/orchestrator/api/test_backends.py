"""GET /v1/backends as operators see it."""

from __future__ import annotations

from dataclasses import replace

import httpx

from fanar.messages import ChatMessage, ChatRequest
from fanar.settings import ModelSettings
from orchestrator.bootstrap.backends import guarded, statuses
from tests.fakes.models import SayingModel, collected


async def test_each_server_is_listed_once_with_its_seats_and_health(client: httpx.AsyncClient) -> None:
    backend = guarded(SayingModel("tiny", "a"), ModelSettings())
    await collected(backend.stream(ChatRequest((ChatMessage("user", "hi"),))))
    app = client._transport.app  # type: ignore[attr-defined]
    app.state.fanar.platform = replace(app.state.fanar.platform, backends=lambda: statuses({"star": backend, "prime": backend}))
    answer = (await client.get("/v1/backends")).json()
    (found,) = answer["data"]
    assert (found["model"], found["seats"], found["state"], found["requests"]) == ("tiny", ["star", "prime"], "closed", 1)
    assert found["first_byte_ms"].keys() == {"p50", "p90", "p99"}
    assert found["last_error"] is None


async def test_platform_without_models_lists_none(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/backends")).json() == {"object": "list", "data": []}
