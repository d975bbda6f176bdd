"""The research tools as an assistant meets them, over a platform whose job takes a while."""

from __future__ import annotations

from typing import Any

import pytest
from mcp import Client
from mcp.server.mcpserver import MCPServer

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, NotFoundError, OverloadedError
from orchestrator.mcp.research import ResearchTools
from tests.fakes.jobs import REPORT


def job(status: str) -> dict[str, Any]:
    progress = {"done": 1, "total": 3, "message": {"en": "Counting", "ar": "عدّ"}, "steps": []}
    begun = {"id": "research-1", "object": "research", "status": status, "created": 1, "model": "Fanar-Sadiq-2", "depth": "quick"}
    return {**begun, "progress": progress, **({"report": REPORT} if status == "completed" else {})}


class SlowService:
    """A job that is done when it was looked at `looks` times."""

    def __init__(self, looks: int, error: FanarError | None = None) -> None:
        self._looks = looks
        self._error = error
        self.asked: list[Any] = []

    async def research(self, body: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(body)
        if self._error is not None:
            raise self._error
        return job("queued")

    async def research_job(self, job_id: str) -> dict[str, Any]:
        self.asked.append(job_id)
        if self._error is not None:
            raise self._error
        self._looks -= 1
        return job("running" if self._looks else "completed")


def server(service: SlowService, *, waits: float = 20.0) -> MCPServer:
    made = MCPServer("test")
    ResearchTools(service, language="ar", waits=waits).offer(made)
    return made


async def test_a_quick_research_comes_back_with_its_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestrator.mcp.research.LOOK_SECONDS", 0.01)
    service = SlowService(looks=2)
    async with Client(server(service)) as client:
        result = await client.call_tool("deep_research", {"question": "ما الصبر؟", "depth": "quick"})
    assert result.structured_content is not None
    assert result.structured_content["status"] == "completed"
    assert result.structured_content["report"]["title"] == REPORT["title"]
    assert service.asked[0] == {"model": "Fanar-Sadiq-2", "input": "ما الصبر؟", "depth": "quick", "background": True}


async def test_a_long_one_is_handed_over_as_a_job_to_come_back_for() -> None:
    service = SlowService(looks=2)
    async with Client(server(service, waits=0)) as client:
        begun = await client.call_tool("deep_research", {"question": "ما الصبر؟"})
        first = await client.call_tool("deep_research_result", {"job_id": "research-1"})
        second = await client.call_tool("deep_research_result", {"job_id": "research-1"})
    found = [each.structured_content or {} for each in (begun, first, second)]
    assert [each["status"] for each in found] == ["queued", "running", "completed"]


@pytest.mark.parametrize(
    ("tool", "given", "error"),
    [
        ("deep_research", {"question": "س"}, OverloadedError(Bilingual("Full.", "ممتلئ."))),
        ("deep_research_result", {"job_id": "x"}, NotFoundError(Bilingual("No such job.", "لا مهمة كهذه."))),
    ],
)
async def test_a_failure_is_told_in_the_language_of_the_server(tool: str, given: dict[str, str], error: FanarError) -> None:
    async with Client(server(SlowService(1, error))) as client:
        result = await client.call_tool(tool, given)
    assert result.is_error
    assert error.message.ar in result.content[0].text  # type: ignore[union-attr]
