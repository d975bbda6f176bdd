"""The tools that reckon: the same numbers as the API, and what is missing by name."""

from __future__ import annotations

from typing import Any

import pytest
from mcp.client import Client

from orchestrator.bootstrap.places import LatePlaces
from orchestrator.mcp.server import create_server
from rag.islamic.prayer.gazetteer import load_places
from tests.unit.orchestrator.mcp.test_tools import FakeService


@pytest.fixture(scope="module")
def places() -> LatePlaces:
    known = load_places()
    return LatePlaces(lambda: known)


async def called(places: LatePlaces, tool: str, arguments: dict[str, Any]) -> Any:
    async with Client(create_server(FakeService({}), places=places)) as client:
        return await client.call_tool(tool, arguments)


async def test_zakat_is_reckoned(places: LatePlaces) -> None:
    told = await called(places, "reckon_zakat", {"owned": {"madhab": "maliki", "gold": [{"grams": 200}]}})
    assert told.structured_content["total"][0]["amount"] == "5"
    missing = await called(places, "reckon_zakat", {"owned": {"madhab": "maliki", "cash": 9000, "nisab": "gold"}})
    assert missing.is_error
    assert "prices.gold" in missing.content[0].text


async def test_days_are_counted(places: LatePlaces) -> None:
    told = await called(places, "hijri_calendar", {"wanted": {"date": "2026-02-01", "occasion": "ramadan", "time_zone": "Asia/Qatar"}})
    assert told.structured_content["occasion"]["days_until"] == 17


async def test_times_and_directions_are_told(places: LatePlaces) -> None:
    told = await called(places, "prayer_times", {"wanted": {"city": "الدوحة", "date": "2026-02-01"}})
    assert told.structured_content["times"]["maghrib"] == "17:18"
    told = await called(places, "qibla", {"wanted": {"city": "London"}})
    assert round(told.structured_content["bearing"]) == 119
    assert (await called(places, "qibla", {"wanted": {"city": "Nowhereville"}})).is_error
