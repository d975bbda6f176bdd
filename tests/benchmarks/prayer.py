"""Prayer times beside the methods' reference formulas and beside a peer, and Hijri dates beside hijridate.

1,000 cities of the gazetteer and days of 2000 to 2050 drawn by chance. The reference is the almanac's sun and a search by halving,
which shares nothing with ours (tests/unit/rag/islamic/prayer/reference.py); the peer is Adhan for Python, in the same places and on the
same days. Where a twilight does not come, or a rule bounds it, reference and peer have nothing to say and the time is not counted.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import cast
from zoneinfo import ZoneInfo

from adhanpy.calculation.CalculationParameters import CalculationParameters
from adhanpy.PrayerTimes import PrayerTimes
from hijridate import Gregorian

from rag.islamic.calendar.hijri import FIRST_DAY, LAST_YEAR, HijriDate, month_length, to_gregorian, to_hijri
from rag.islamic.prayer.gazetteer import load_places
from rag.islamic.prayer.methods import METHODS, MethodName, Moment
from rag.islamic.prayer.places import Place
from rag.islamic.prayer.qibla import qibla_from
from rag.islamic.prayer.sun import Spot
from rag.islamic.prayer.times import Wanted, prayer_times
from tests.benchmarks.report import Result
from tests.unit.rag.islamic.prayer import reference

TIMETABLES = Path(__file__).parents[1] / "unit" / "rag" / "islamic" / "prayer" / "timetables.tsv"
DATA = (TIMETABLES,)
SEED, CASES = 2026, 1_000
_ANGLES: tuple[MethodName, ...] = ("mwl", "isna", "egypt", "karachi", "kuwait", "france", "indonesia", "tunisia")
_NAMES: tuple[Moment, ...] = ("fajr", "sunrise", "dhuhr", "asr", "maghrib", "isha")
_START, _DAYS = date(2000, 1, 1), 18_628

Case = tuple[Place, date, MethodName]


def main() -> Iterable[Result]:
    """Run the benchmark."""
    cases = list(_cases())
    yield from _agreement(cases)
    yield from _timetables()
    yield from _calendar()
    yield from _cost(cases)


def _cases() -> Iterator[Case]:
    places = load_places().all()
    chance = random.Random(SEED)
    for place in chance.sample(places, CASES):
        yield place, _START + timedelta(days=chance.randrange(_DAYS)), chance.choice(_ANGLES)


def _ours(case: Case) -> Mapping[Moment, datetime]:
    place, day, method = case
    found = prayer_times(Wanted(place.spot, ZoneInfo(place.zone), day, method, high_latitude="middle_of_night"))
    return {name: found.times[name] for name in _NAMES if name not in found.adjusted}


def _reference(case: Case) -> Mapping[str, datetime | None]:
    place, day, method = case
    rules = METHODS[method]
    return reference.times(day, place.spot.latitude, place.spot.longitude, fajr=rules.fajr, isha=cast("float", rules.isha))


def _peer(case: Case) -> Mapping[str, datetime]:
    place, day, method = case
    rules = METHODS[method]
    parameters = CalculationParameters(fajr_angle=rules.fajr, isha_angle=rules.isha)
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    found = PrayerTimes((place.spot.latitude, place.spot.longitude), at, calculation_parameters=parameters)
    return {name: getattr(found, name) for name in _NAMES}


def _agreement(cases: list[Case]) -> Iterator[Result]:
    by_formulas, by_peer, formulas_by_peer = [], [], []
    for case in cases:
        ours, expected, peers = _ours(case), _reference(case), _peer(case)
        # A civil day far from its meridian is another UTC day; both others know only that.
        if abs((expected["dhuhr"] or ours["dhuhr"]) - ours["dhuhr"]) > timedelta(hours=12):
            continue
        for name, found in ours.items():
            exact = expected[name]
            if exact is not None:
                by_formulas.append(abs((found - exact).total_seconds()))
                by_peer.append(abs((found - peers[name]).total_seconds()))
                formulas_by_peer.append(abs((peers[name] - exact).total_seconds()))
    data = f"{len(cases):,} places and days, {len(by_formulas):,} times"
    # Ours are shown to the minute: half a minute of any distance is rounding.
    yield Result(
        "times within 1 minute of the reference formulas",
        _share(by_formulas, 60),
        target="≥ 1",
        peer="adhanpy",
        peer_value=_share(formulas_by_peer, 60),
        data=data,
        seed=SEED,
    )
    yield Result(
        "furthest time from the reference formulas",
        max(by_formulas),
        "s",
        peer="adhanpy",
        peer_value=max(formulas_by_peer),
        data=data,
        seed=SEED,
    )
    yield Result("times within 1 minute of adhanpy's", _share(by_peer, 60), data=data, seed=SEED)


def _timetables() -> Iterator[Result]:
    distances = []
    for line in TIMETABLES.read_text(encoding="utf-8").splitlines():
        _, latitude, longitude, zone, method, _, _, day, *printed = line.split("\t")
        place = Spot(float(latitude), float(longitude))
        found = prayer_times(Wanted(place, ZoneInfo(zone), date.fromisoformat(day), cast("MethodName", method)))
        for name, shown in zip(_NAMES, printed, strict=True):
            at = datetime.fromisoformat(f"{day}T{shown}").replace(tzinfo=ZoneInfo(zone))
            distances.append(abs((found.times[name] - at).total_seconds()))
    data = f"{len(distances)} printed times of seven authorities"
    yield Result("times as the authorities print them, within 1 minute", _share(distances, 60), data=data)
    yield Result("times as the authorities print them, within 2 minutes", _share(distances, 120), target="≥ 1", data=data)


def _calendar() -> Iterator[Result]:
    right = total = 0
    for year in range(1343, LAST_YEAR + 1):
        for month in range(1, 13):
            for number in range(1, month_length(year, month) + 1):
                hijri = HijriDate(year, month, number)
                day = to_gregorian(hijri)
                expected = Gregorian.fromdate(day).to_hijri()
                right += (expected.year, expected.month, expected.day) == (year, month, number) and to_hijri(day) == hijri
                total += 1
    yield Result(
        "Hijri dates as hijridate has them, both ways", right / total, target="≥ 1", data=f"all {total:,} days from {FIRST_DAY.isoformat()}"
    )


def _cost(cases: list[Case]) -> Iterator[Result]:
    spent = []
    for case in cases:
        started = time.perf_counter()
        _ours(case)
        spent.append((time.perf_counter() - started) * 1_000)
    yield Result("all times of one day at one place, p50", median(spent), "ms", data=f"{len(cases):,} places and days", seed=SEED)
    started = time.perf_counter()
    for place, _, _ in cases:
        qibla_from(place.spot)
    yield Result("one qibla", (time.perf_counter() - started) / len(cases) * 1_000, "ms", data=f"{len(cases):,} places", seed=SEED)


def _share(distances: list[float], bound: float) -> float:
    return sum(distance <= bound for distance in distances) / len(distances)
