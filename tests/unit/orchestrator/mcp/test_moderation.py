"""The tool that judges texts: what it is asked, what it gives, what it says when it fails."""

from __future__ import annotations

from typing import Any

import pytest
from mcp import Client
from mcp.server.mcpserver import MCPServer

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, ModelUnavailableError
from orchestrator.mcp.moderation import ModerationTools

JUDGED = {
    "id": "modr-1",
    "model": "guard",
    "safety": 1.0,
    "cultural_awareness": 4.0,
    "flagged": True,
    "categories": {"hate": True},
    "category_scores": {"hate": 0.8},
    "categories_supported": ["hate"],
    "results": [],
}


class FakeService:
    def __init__(self, answer: dict[str, Any] | FanarError) -> None:
        self._answer = answer
        self.asked: tuple[str, str, str] | None = None

    async def moderate(self, prompt: str, response: str, *, model: str) -> dict[str, Any]:
        self.asked = (prompt, response, model)
        if isinstance(self._answer, FanarError):
            raise self._answer
        return self._answer


async def called(service: FakeService, **arguments: str) -> Any:
    server = MCPServer("test")
    ModerationTools(service, language="ar").offer(server)
    async with Client(server) as client:
        return await client.call_tool("moderate", arguments)


async def test_prompt_and_response_are_judged() -> None:
    service = FakeService(JUDGED)
    told = await called(service, prompt="a", response="b")
    assert service.asked == ("a", "b", "Fanar-Guard-2")
    assert told.structured_content["safety"] == 1.0
    assert told.structured_content["categories"] == {"hate": True}


@pytest.mark.parametrize("answer", [ModelUnavailableError(Bilingual("The guard is away.", "المشرف غائب.")), {"id": "x"}])
async def test_failure_is_told_in_the_language_of_the_platform(answer: dict[str, Any] | FanarError) -> None:
    told = await called(FakeService(answer), prompt="a")
    assert told.is_error
    assert any(letter in told.content[0].text for letter in "اخ")
