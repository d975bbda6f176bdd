"""The zakat calculator over HTTP."""

from __future__ import annotations

import httpx
import pytest

PATH = "/v1/islamic/zakat"
RICH = {"madhab": "hanafi", "nisab": "silver", "currency": "QAR", "prices": {"gold": 480.5, "silver": 5.6}, "cash": 25000, "debts": 4000}


async def test_a_reckoning_has_exact_strings_and_rules(client: httpx.AsyncClient) -> None:
    answer = await client.post(PATH, json=RICH | {"gold": [{"grams": 12.5, "karat": 22, "use": "worn"}]})
    body = answer.json()
    assert body["id"] == answer.headers["x-id"]
    assert body["nisab"] == {"basis": "silver", "gold": {"grams": "85", "value": "40842.5"}, "silver": {"grams": "595", "value": "3332"}}
    lines = {line["item"]: line for line in body["lines"]}
    assert [line["status"] for line in body["lines"]] == ["counted", "counted", "deducted", "due", "due"]
    assert lines["due.money"]["due"] == [[{"amount": "525", "unit": "money", "name": {"en": "", "ar": ""}}]]
    assert lines["due.gold"]["due"][0][0]["amount"] == "55/192"
    assert lines["due.gold"]["worth"] == {"exact": "52855/384", "rounded": "137.64"}
    assert body["total_money"]["rounded"] == "662.64"
    assert lines["gold"]["rule"]["id"] == "jewellery_due"
    assert all(line["rule"]["school"] == "hanafi" and line["rule"]["source"]["ar"] for line in body["lines"])
    assert "595 g of silver = 3332 QAR" in body["text"]["en"]
    assert "الواجب" in body["text"]["ar"]


async def test_everything_at_once_is_reckoned(client: httpx.AsyncClient) -> None:
    body = (
        await client.post(
            PATH,
            json={
                "madhab": "maliki", "nisab": "gold", "prices": {"gold": 400, "silver": 5},
                "hawl": {"since": "1446-09-01", "calendar": "hijri", "on": "2026-03-01"},
                "silver": [{"grams": 700, "fineness": 925}], "trade_goods": [{"value": 90000}], "shares": [{"value": 1000}],
                "receivables": [{"amount": 500, "kind": "trade"}], "rikaz": {"value": 1000, "kind": "other"},
                "crops": [{"kind": "olives", "kg": 2000, "irrigation": "mixed", "rain_share": 0.25}],
                "livestock": {"camels": {"count": 121, "grazing": False}, "cattle": {"count": 35, "grazing": True}},
                "fitr": {"people": 6, "staple": "dates", "price_per_kg": 10},
            },
        )
    ).json()  # fmt: skip
    assert body["hawl"] == {
        "since": "2025-03-01",
        "since_hijri": "1446-09-01",
        "complete": "2026-02-18",
        "complete_hijri": "1447-09-01",
        "passed": True,
    }
    assert {each["unit"]: each["amount"] for each in body["total"]} == {
        "silver_g": "16.1875", "money": "2487.5", "hiqqa": "2", "tabi": "1",
    }  # fmt: skip
    assert [line["due"][0][0]["amount"] for line in body["lines"] if line["base"]["unit"] == "kg"] == ["125", "13.056"]
    assert next(line for line in body["lines"] if line["item"] == "camels")["due"][1][0]["unit"] == "bint_labun"
    assert body["total_money"] is None
    assert " or " in body["text"]["en"]


@pytest.mark.parametrize(
    ("changed", "param"),
    [
        ({"nisab": None}, "nisab"),
        ({"prices": {"gold": 400}}, "prices.silver"),
        ({"madhab": "zahiri"}, "madhab"),
        ({"madhab": None}, "madhab"),
        ({"cash": -1}, "cash"),
        ({"cash": True}, "cash"),
        ({"cash": "25000"}, "cash"),
        ({"prices": {"gold": 0}}, "prices.gold"),
        ({"horses": 3}, "horses"),
        ({"gold": [{"grams": 10, "karat": 25}]}, "gold[0].karat"),
        ({"livestock": {"camels": {"count": 5}}}, "livestock.camels.grazing"),
        ({"hawl": {"since": "2026-02-30"}}, "date"),
        ({"shares": [{"value": 1, "purpose": "income"}]}, "shares.zakatable"),
    ],
)
async def test_what_is_missing_or_wrong_is_named(client: httpx.AsyncClient, changed: dict[str, object], param: str) -> None:
    answer = await client.post(PATH, json=RICH | changed, headers={"accept-language": "ar"})
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, param)


async def test_gold_alone_needs_no_price_and_a_year_that_is_not_over_puts_it_off(client: httpx.AsyncClient) -> None:
    asked = {"madhab": "shafii", "gold": [{"grams": 200}]}
    assert (await client.post(PATH, json=asked)).json()["total"][0]["amount"] == "5"
    body = (await client.post(PATH, json=asked | {"hawl": {"since": "2026-01-01", "on": "2026-06-01"}})).json()
    assert (body["hawl"]["passed"], body["total"], body["lines"][-1]["status"]) == (False, [], "later")
    assert "not yet due" in body["text"]["en"]
