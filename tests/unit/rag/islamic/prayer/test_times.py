"""Times by the methods: as printed by authorities, as an independent reference has them, and where the sun does not set."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from adhanpy.calculation.CalculationMethod import CalculationMethod
from adhanpy.PrayerTimes import PrayerTimes

from fanar.errors import UnprocessableError
from rag.islamic.prayer.methods import METHODS, usual_method
from rag.islamic.prayer.sun import Spot
from rag.islamic.prayer.times import Wanted, prayer_times
from tests.unit.rag.islamic.prayer.reference import MINUTE, times

# Printed by the authorities themselves (named in each row), collected in Adhan's Shared/Times (MIT), whose stated variance the rows bear.
TIMETABLES = [row.split("\t") for row in Path(__file__).with_name("timetables.tsv").read_text(encoding="utf-8").splitlines()]
NAMES = ("fajr", "sunrise", "dhuhr", "asr", "maghrib", "isha")
DOHA, LONDON, TROMSO = Spot(25.28545, 51.53096), Spot(51.50853, -0.12574), Spot(69.6489, 18.95508)
QATAR, BRITAIN, NORWAY = ZoneInfo("Asia/Qatar"), ZoneInfo("Europe/London"), ZoneInfo("Europe/Oslo")
SUMMER, WINTER = date(2026, 6, 21), date(2026, 12, 21)


@pytest.mark.parametrize("row", TIMETABLES, ids=lambda row: f"{row[0]} {row[7]}")
def test_times_are_those_that_the_authority_prints(row: list[str]) -> None:
    _, latitude, longitude, zone, method, _, variance, day, *printed = row
    found = prayer_times(Wanted(Spot(float(latitude), float(longitude)), ZoneInfo(zone), date.fromisoformat(day), method))
    for name, shown in zip(NAMES, printed, strict=True):
        at = datetime.fromisoformat(f"{day}T{shown}").replace(tzinfo=ZoneInfo(zone))
        assert abs(found.times[name] - at) <= int(variance) * MINUTE, name


@pytest.mark.parametrize("method", ["mwl", "isna", "egypt", "karachi", "kuwait", "france", "russia"])
@pytest.mark.parametrize("school", ["majority", "hanafi"])
def test_times_are_within_a_minute_of_the_reference_formulas(method: str, school: str) -> None:
    chance = random.Random(f"{method}{school}")
    for _ in range(15):
        spot = Spot(chance.uniform(-45, 45), chance.uniform(-180, 180))
        day = date(2000, 1, 1) + timedelta(days=chance.randrange(18_000))
        zone = ZoneInfo("Etc/GMT" + f"{-round(spot.longitude / 15):+d}")
        found = prayer_times(Wanted(spot, zone, day, method, asr=school))
        rules = METHODS[method]
        expected = times(day, spot.latitude, spot.longitude, fajr=rules.fajr, isha=rules.isha, shadow=1 + (school == "hanafi"))
        for name, at in expected.items():
            assert at is None or name in found.adjusted or abs(found.times[name] - at) <= MINUTE, (spot, day, name)


@pytest.mark.parametrize(
    ("spot", "days"), [(LONDON, range(0, 365, 30)), (Spot(-33.9, 18.4), range(0, 365, 45)), (TROMSO, range(60, 110, 10))]
)
def test_the_moonsighting_committees_seasons_are_as_adhan_has_them(spot: Spot, days: range) -> None:
    for number in days:
        day = date(2026, 1, 1) + timedelta(days=number)
        found = prayer_times(Wanted(spot, ZoneInfo("UTC"), day, "moonsighting"))
        peer = PrayerTimes(
            (spot.latitude, spot.longitude), datetime(day.year, day.month, day.day, tzinfo=UTC), CalculationMethod.MOON_SIGHTING_COMMITTEE
        )
        for name in ("fajr", "isha"):
            # Adhan bounds the night of a southern place, or of one beyond 55 degrees south, by other days: a minute more is theirs.
            assert abs(found.times[name].replace(tzinfo=None) - getattr(peer, name).replace(tzinfo=None)) <= 2 * MINUTE, (day, name)


def test_isha_in_makkah_is_half_an_hour_later_in_ramadan() -> None:
    for method, more in (("umm_al_qura", 120), ("qatar", 90)):
        found = prayer_times(Wanted(DOHA, QATAR, date(2026, 3, 1), method)).times
        assert found["isha"] - found["maghrib"] == timedelta(minutes=more)
    found = prayer_times(Wanted(DOHA, QATAR, date(2026, 5, 1), "umm_al_qura")).times
    assert found["isha"] - found["maghrib"] == timedelta(minutes=90)


def test_maghrib_of_the_jafari_method_is_after_sunset_and_its_midnight_before_that_of_others() -> None:
    jafari, other = (prayer_times(Wanted(DOHA, QATAR, SUMMER, method)).times for method in ("jafari", "mwl"))
    assert jafari["maghrib"] > jafari["sunset"] == other["maghrib"]
    assert jafari["midnight"] < other["midnight"]


def test_hanafi_asr_is_later() -> None:
    majority, hanafi = (prayer_times(Wanted(LONDON, BRITAIN, SUMMER, "mwl", asr=school)).times["asr"] for school in ("majority", "hanafi"))
    assert timedelta(minutes=30) < hanafi - majority < timedelta(minutes=90)


@pytest.mark.parametrize("rule", ["middle_of_night", "seventh_of_night", "angle_based", "parallel_45"])
def test_each_rule_for_high_latitudes_keeps_the_order_of_the_day(rule: str) -> None:
    found = prayer_times(Wanted(LONDON, BRITAIN, SUMMER, "mwl", high_latitude=rule))
    assert set(found.adjusted) == {"fajr", "isha"}
    order = [found.times[name] for name in NAMES]
    assert order == sorted(order)
    assert not prayer_times(Wanted(LONDON, BRITAIN, WINTER, "mwl", high_latitude=rule)).adjusted


def test_a_seventh_of_the_night_is_a_seventh_of_the_night() -> None:
    found = prayer_times(Wanted(LONDON, BRITAIN, SUMMER, "mwl", high_latitude="seventh_of_night")).times
    night = 3 * (found["last_third"] - found["sunset"]) / 2
    assert abs(found["isha"] - found["sunset"] - night / 7) <= MINUTE
    assert abs(found["sunrise"] - found["fajr"] - night / 7) <= MINUTE


@pytest.mark.parametrize("day", [SUMMER, WINTER])
def test_where_the_sun_does_not_rise_and_set_only_the_45th_parallel_answers(day: date) -> None:
    with pytest.raises(UnprocessableError) as refused:
        prayer_times(Wanted(TROMSO, NORWAY, day, "mwl"))
    assert refused.value.param == "high_latitude"
    found = prayer_times(Wanted(TROMSO, NORWAY, day, "mwl", high_latitude="parallel_45"))
    assert found.by_parallel
    assert found.times == prayer_times(Wanted(Spot(45, TROMSO.longitude), NORWAY, day, "mwl", high_latitude="parallel_45")).times


@pytest.mark.parametrize("day", [date(2026, 5, 16), date(2026, 7, 27)])
def test_near_the_midnight_sun_the_proportion_of_the_45th_parallel_is_taken(day: date) -> None:
    found = prayer_times(Wanted(Spot(66.0, 18.9), NORWAY, day, "mwl", high_latitude="parallel_45"))
    assert found.adjusted == ("fajr", "isha")
    assert not found.by_parallel


@pytest.mark.parametrize(("zone", "spot"), [("Pacific/Kiritimati", Spot(1.87, -157.43)), ("Pacific/Apia", Spot(-13.83, -171.77))])
def test_a_zone_far_from_its_meridian_has_its_own_day(zone: str, spot: Spot) -> None:
    found = prayer_times(Wanted(spot, ZoneInfo(zone), SUMMER, "mwl")).times
    assert {found[name].date() for name in NAMES} == {SUMMER}


def test_the_clocks_change_moves_the_times_by_an_hour() -> None:
    before, after = (prayer_times(Wanted(LONDON, BRITAIN, date(2026, 3, number), "mwl")).times["dhuhr"] for number in (28, 29))
    assert timedelta(minutes=59) <= after.replace(tzinfo=None) - before.replace(tzinfo=None) - timedelta(days=1) <= timedelta(minutes=61)


def test_every_country_has_a_usual_method() -> None:
    assert (usual_method("QA"), usual_method("SA"), usual_method("JP"), usual_method(None)) == ("qatar", "umm_al_qura", "mwl", "mwl")
