"""The tools over the text of the Quran, over a platform that is a fake."""

from __future__ import annotations

from typing import Any

import pytest
from mcp import Client

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError
from orchestrator.mcp.server import create_server
from tests.unit.orchestrator.mcp.test_tools import COMPLETION, FakeService


def _completion(**metadata: Any) -> dict[str, Any]:
    return {**COMPLETION, "metadata": {"routing": {"route": "islamic"}, **metadata}}


async def _called(service: FakeService, tool: str, **arguments: str) -> Any:
    async with Client(create_server(service)) as client:
        return await client.call_tool(tool, arguments)


async def test_a_count_comes_with_its_numbers_from_the_islamic_pipeline() -> None:
    service = FakeService(_completion(tool="statistics", statistics={"count": 4}, confident=True))
    told = await _called(service, "count_in_quran", question="كم مرة وردت كلمة الصبر في القرآن")
    assert told.structured_content["exact"] is True
    assert told.structured_content["data"] == {"statistics": {"count": 4}}
    assert service.asked[0]["model"] == "Fanar-Sadiq"


@pytest.mark.parametrize(("tool", "exact"), [("verse", True), ("divisions", True), (None, False)])
async def test_verses_that_were_searched_for_are_not_called_exact(tool: str | None, exact: bool) -> None:
    metadata = {"confident": True, **({"tool": tool} if tool else {})}
    told = await _called(FakeService(_completion(**metadata)), "look_up_verses", named="2:153")
    assert told.structured_content["exact"] is exact
    assert told.structured_content["references"][0]["reference"] == "2:153"


async def test_a_failure_is_told_with_its_remedy() -> None:
    error = ModelUnavailableError(Bilingual("Start it.", "شغّله."))
    told = await _called(FakeService(error), "look_up_verses", named="2:153")
    assert told.is_error
    assert "Start it." in told.content[0].text
