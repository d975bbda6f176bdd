"""The calendar, the prayer times and the qibla over HTTP."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from fanar.settings import Settings
from orchestrator.api.app import create_app
from orchestrator.bootstrap.places import LatePlaces
from rag.islamic.prayer.gazetteer import load_places
from tests.fakes.platform import fake_platform, opener

NOW = datetime(2026, 2, 1, 9, 30, tzinfo=UTC)
CALENDAR, TIMES, QIBLA = "/v1/islamic/calendar", "/v1/islamic/prayer-times", "/v1/islamic/qibla"


@pytest.fixture(scope="module")
def places() -> LatePlaces:
    known = load_places()
    return LatePlaces(lambda: known)


@pytest.fixture
async def sky(places: LatePlaces) -> httpx.AsyncClient:
    settings = Settings(_env_file=None)
    platform = replace(fake_platform(settings), places=places, clock=lambda: NOW)
    app = create_app(opener(platform), settings=settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            yield client


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        (CALENDAR, {"occasion": "ramadan"}),
        (CALENDAR, {"date": "1447-09-01", "calendar": "hijri", "year": 1447}),
        (TIMES, {"city": "الدوحة", "date": "2026-03-01", "asr": "hanafi"}),
        (TIMES, {"latitude": 51.5, "longitude": -0.1, "time_zone": "Europe/London", "method": "moonsighting"}),
        (QIBLA, {"city": "London", "country": "GB"}),
        (QIBLA, {"latitude": 0, "longitude": 0}),
    ],
)
async def test_a_query_and_a_body_are_answered_alike(sky: httpx.AsyncClient, path: str, asked: dict[str, object]) -> None:
    by_query, by_body = await sky.get(path, params=asked), await sky.post(path, json=asked)  # type: ignore[arg-type]
    assert by_query.status_code == by_body.status_code == 200
    first, second = by_query.json(), by_body.json()
    assert first.pop("id") == by_query.headers["x-id"]
    assert second.pop("id") != by_query.headers["x-id"]
    assert first == second


async def test_the_calendar_counts_days(sky: httpx.AsyncClient) -> None:
    body = (await sky.get(CALENDAR, params={"occasion": "ramadan", "time_zone": "Asia/Qatar"})).json()
    assert (body["today"], body["occasion"]["gregorian"], body["occasion"]["days_until"]) == ("2026-02-01", "2026-02-18", 17)
    assert body["text"]["ar"].startswith("باقٍ على أول رمضان 17 يومًا")


async def test_prayer_times_name_their_place_and_method_and_what_comes_next(sky: httpx.AsyncClient) -> None:
    body = (await sky.get(TIMES, params={"city": "Doha"})).json()
    assert (body["date"], body["place"]["time_zone"], body["method"]["id"], body["method"]["chosen"]) == (
        "2026-02-01",
        "Asia/Qatar",
        "qatar",
        False,
    )
    assert body["next"]["prayer"] == "asr"
    assert body["times"]["maghrib"] in body["text"]["en"]
    assert "الدوحة" in body["text"]["ar"]


async def test_a_day_that_is_over_has_no_next_prayer_and_a_late_year_no_hijri_date(sky: httpx.AsyncClient) -> None:
    assert (await sky.get(TIMES, params={"city": "Doha", "date": "2026-01-01"})).json()["next"] is None
    assert (await sky.get(TIMES, params={"city": "Doha", "date": "2099-01-01"})).json()["hijri"] is None


async def test_what_a_rule_moved_is_said(sky: httpx.AsyncClient) -> None:
    body = (await sky.get(TIMES, params={"city": "London", "date": "2026-06-21"})).json()
    assert body["adjusted"] == ["fajr", "isha"]
    assert len(body["notes"]) == 2
    polar = (await sky.get(TIMES, params={"city": "Tromsø", "date": "2026-06-21", "high_latitude": "parallel_45"})).json()
    assert polar["by_parallel_45"]


@pytest.mark.parametrize(
    ("path", "asked", "status", "param"),
    [
        (CALENDAR, {"date": "2026-02-30"}, 422, "date"),
        (CALENDAR, {"date": "tomorrow"}, 422, "date"),
        (CALENDAR, {"date": "1447-13-01", "calendar": "hijri"}, 422, "date"),
        (CALENDAR, {"date": "1800-01-01"}, 422, "date"),
        (CALENDAR, {"year": "1700"}, 422, "year"),
        (CALENDAR, {"year": "many"}, 422, "year"),
        (CALENDAR, {"occasion": "christmas"}, 422, "occasion"),
        (CALENDAR, {"time_zone": "Mars/Olympus"}, 422, "time_zone"),
        (CALENDAR, {"api_base": "x"}, 422, "api_base"),
        (TIMES, {}, 422, "city"),
        (TIMES, {"city": "Nowhereville"}, 404, "city"),
        (TIMES, {"city": "Doha", "latitude": "1"}, 422, "city"),
        (TIMES, {"latitude": "1", "time_zone": "UTC"}, 422, "longitude"),
        (TIMES, {"latitude": "1", "longitude": "1"}, 422, "time_zone"),
        (TIMES, {"latitude": "nan", "longitude": "1"}, 422, "latitude"),
        (TIMES, {"latitude": "91", "longitude": "1"}, 422, "latitude"),
        (TIMES, {"city": "Doha", "method": "guess"}, 422, "method"),
        (TIMES, {"city": "Tromsø", "date": "2026-06-21"}, 422, "high_latitude"),
        (TIMES, {"city": "Doha", "time_zone": "../etc/passwd"}, 422, "time_zone"),
        (QIBLA, {"latitude": "21.4225", "longitude": "39.8262"}, 422, "latitude"),
    ],
)
async def test_what_is_missing_or_wrong_is_named(sky: httpx.AsyncClient, path: str, asked: dict[str, str], status: int, param: str) -> None:
    answer = await sky.get(path, params=asked)
    assert (answer.status_code, answer.json()["error"]["param"]) == (status, param)


async def test_a_query_says_each_thing_once_and_briefly(sky: httpx.AsyncClient) -> None:
    assert (await sky.get(f"{QIBLA}?city=Doha&city=London")).status_code == 422
    assert (await sky.get(f"{QIBLA}?city={'a' * 5000}")).status_code == 413
    assert (await sky.get(f"{QIBLA}?city=Doha&new=1", headers={"x-fanar-lenient": "true"})).status_code == 200


async def test_without_a_gazetteer_coordinates_are_asked_for() -> None:
    settings = Settings(_env_file=None)
    app = create_app(opener(fake_platform(settings)), settings=settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            assert (await client.get(QIBLA, params={"city": "Doha"})).status_code == 503
            assert (await client.get(TIMES, params={"latitude": 25, "longitude": 51, "time_zone": "Asia/Qatar"})).status_code == 200


async def test_the_places_are_read_once_however_many_ask() -> None:
    read = []

    def load() -> object:
        read.append(1)
        return object()

    places = LatePlaces(load)  # type: ignore[arg-type]
    first, second = await asyncio.gather(places(), places())
    assert first is second is await places()
    assert len(read) == 1
