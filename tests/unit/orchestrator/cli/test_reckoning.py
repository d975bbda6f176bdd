"""`fanar zakat`, `calendar`, `prayer` and `qibla` on the command line."""

from __future__ import annotations

import json

import pytest

from orchestrator.cli.exits import Exit
from tests.unit.orchestrator.cli.conftest import Fanar


def test_zakat_is_reckoned_from_options(fanar: Fanar) -> None:
    said = fanar(
        "zakat", "--madhab", "hanafi", "--cash", "25000", "--debts", "4000", "--nisab", "silver", "--silver-price", "5.6", "--json"
    )
    assert (said.code, said.json["total_money"]["exact"]) == (Exit.OK, "525")
    said = fanar("zakat", "--madhab", "shafii", "--gold", "200", "--karat", "21", "--silver", "10", "--since", "2020-01-01", "--json")
    assert {each["unit"]: each["amount"] for each in said.json["total"]} == {"gold_g": "4.375"}
    assert fanar("zakat", "--madhab", "hanafi", "--sheep", "130", "--fed", "--json").json["total"] == []
    assert "2 شاة" in fanar("--language", "ar", "zakat", "--madhab", "maliki", "--sheep", "130", "--fed").out
    assert fanar("zakat", "--madhab", "maliki", "--gold", "100", "--worn", "--json").json["total"] == []


def test_zakat_is_reckoned_from_a_request_and_from_a_question(fanar: Fanar) -> None:
    body = {"madhab": "shafii", "crops": [{"kind": "dates", "kg": 1000, "irrigation": "rain"}]}
    assert fanar("zakat", "-", "--json", given=json.dumps(body)).json["lines"][0]["due"][0][0]["amount"] == "100"
    assert "المذاهب الأربعة: الذهب: 5 جم" in fanar("zakat", "عندي ٢٠٠ جرام ذهب كم زكاتها").out
    asked = fanar("zakat", "احسب زكاة 90000 ريال")
    assert (asked.code, "سعر جرام الذهب" in asked.out) == (Exit.FINDING, True)


@pytest.mark.parametrize(
    "line",
    [
        ("zakat",),
        ("zakat", "--madhab", "hanafi"),
        ("zakat", "--madhab", "zahiri", "--cash", "5"),
        ("zakat", "--madhab", "hanafi", "--cash", "5000"),
        ("zakat", "ما أركان الإسلام"),
        ("calendar", "2026-02-30"),
        ("calendar", "--until", "christmas"),
        ("prayer",),
        ("prayer", "London", "--method", "guess"),
        ("qibla", "--latitude", "21.4225", "--longitude", "39.8262"),
    ],
)
def test_what_is_missing_or_wrong_is_refused(fanar: Fanar, line: tuple[str, ...]) -> None:
    said = fanar(*line)
    assert said.code == Exit.USAGE
    assert said.err


@pytest.mark.parametrize("given", ["[1]", "{"])
def test_a_request_that_is_no_object_is_refused(fanar: Fanar, given: str) -> None:
    assert fanar("zakat", "-", given=given).code == Exit.USAGE


def test_the_calendar_shows_a_day_and_counts(fanar: Fanar) -> None:
    assert "Wednesday, 18 February 2026" in fanar("calendar", "1447-09-01", "--hijri").out
    assert fanar("calendar", "--until", "arafa", "--json").json["occasion"]["id"] == "arafa"
    assert len(fanar("calendar", "--year", "1447", "--json").json["year"]["months"]) == 12
    assert fanar("calendar").code == Exit.OK


def test_prayer_times_and_the_qibla_are_told(fanar: Fanar) -> None:
    said = fanar("prayer", "الدوحة", "--date", "2026-02-01", "--json")
    assert (said.json["times"]["maghrib"], said.json["method"]["id"]) == ("17:18", "qatar")
    here = fanar("prayer", "--latitude", "51.5", "--longitude", "-0.1", "--time-zone", "Europe/London", "--date", "2026-06-21",
                 "--asr", "hanafi", "--method", "mwl", "--high-latitude", "seventh_of_night")  # fmt: skip
    assert "Fajr" in here.out
    assert "القبلة من لندن: 119.0°" in fanar("--language", "ar", "qibla", "London").out
    assert fanar("qibla", "London", "--country", "CA", "--json").json["place"]["time_zone"] == "America/Toronto"
