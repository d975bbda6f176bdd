"""The times of one day at one place, by a method. Knows nothing of names of places or of wording.

Where a twilight does not come or comes too late, a stated rule for high latitudes bounds it; where the sun does not rise or set, only the
rule that goes by the 45th parallel answers (Islamic Fiqh Academy of the Muslim World League, 9th session, 1406 AH, 6th decision).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.islamic.calendar.hijri import in_ramadan
from rag.islamic.prayer.methods import METHODS, Method, MethodName, Moment
from rag.islamic.prayer.seasons import evening_twilight, morning_twilight
from rag.islamic.prayer.sun import HORIZON, Spot, Sun, at_angle, crossing, moment, noon

AsrSchool = Literal["majority", "hanafi"]
HighLatitude = Literal["middle_of_night", "seventh_of_night", "angle_based", "parallel_45"]
_SHADOWS: Mapping[AsrSchool, int] = {"majority": 1, "hanafi": 2}
_PARALLEL = 45.0
_MOONSIGHTING_BOUND = 55.0
_DAY = timedelta(days=1)
_NO_SUN = Bilingual(
    "On this day the sun does not rise and set there; `high_latitude: parallel_45` tells the times by the 45th parallel.",
    "لا تطلع الشمس وتغرب هناك في هذا اليوم؛ تُقدَّر المواقيت بخط العرض 45 بإرسال ‎`high_latitude: parallel_45`.",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where and when times are wanted, and how they are told."""

    spot: Spot
    zone: ZoneInfo
    day: date
    method: MethodName = "mwl"
    asr: AsrSchool = "majority"
    high_latitude: HighLatitude = "angle_based"


@dataclass(frozen=True, slots=True)
class DayTimes:
    """The times, to the minute, in the place's zone. `adjusted` names those that a rule for high latitudes moved."""

    times: Mapping[Moment, datetime]
    adjusted: tuple[Moment, ...]
    by_parallel: bool = False


@dataclass(frozen=True, slots=True)
class _Sky:
    """The sun's events at a place from one day to the next, as moments. `day` is the UTC day that they are counted from."""

    day: date
    spot: Spot
    sunrise: datetime
    dhuhr: datetime
    sunset: datetime
    next_sunrise: datetime

    @property
    def night(self) -> timedelta:
        return self.next_sunrise - self.sunset


def prayer_times(wanted: Wanted) -> DayTimes:
    """Return the times. Raises UnprocessableError where the sun does not rise or set and no rule for that was chosen."""
    sky = _sky(wanted)
    by_parallel = sky is None
    if sky is None:
        if wanted.high_latitude != "parallel_45":
            raise UnprocessableError(_NO_SUN, param="high_latitude")
        spot = Spot(math.copysign(_PARALLEL, wanted.spot.latitude), wanted.spot.longitude)
        wanted = replace(wanted, spot=spot)
        sky = _sky(wanted)
        assert sky is not None, "the sun rises and sets at 45 degrees"  # noqa: S101
    method = METHODS[wanted.method]
    fajr, fajr_moved = _fajr(wanted, method, sky)
    maghrib = _by_angle(sky, method.maghrib, rising=False) if method.maghrib else sky.sunset
    isha, isha_moved = _isha(wanted, method, sky, maghrib or sky.sunset)
    asr = crossing(sky.day, sky.spot, _shadow(sky.spot, _SHADOWS[wanted.asr]), rising=False)
    end = _by_next_fajr(wanted, method, sky) if method.jafari_midnight else sky.next_sunrise
    found: dict[Moment, datetime] = {
        "fajr": fajr,
        "sunrise": sky.sunrise,
        "dhuhr": sky.dhuhr,
        "asr": moment(sky.day, asr) if asr is not None else sky.dhuhr,
        "sunset": sky.sunset,
        "maghrib": maghrib or sky.sunset,
        "isha": isha,
        "midnight": sky.sunset + (end - sky.sunset) / 2,
        "last_third": sky.sunset + sky.night * 2 / 3,
    }
    moves: tuple[tuple[Moment, bool], ...] = (("fajr", fajr_moved), ("isha", isha_moved))
    moved = tuple(name for name, was_moved in moves if was_moved)
    return DayTimes({name: _shown(found[name], method, name, wanted.zone) for name in found}, moved, by_parallel)


def _sky(wanted: Wanted) -> _Sky | None:
    """Return the sun's events on the civil day of the place's zone; None where it does not rise and set."""
    day = wanted.day
    at_noon = moment(day, noon(day, wanted.spot))
    # Zones far from their meridian (Kiritimati keeps UTC+14 at 157° W) have their noon on another UTC day.
    day += wanted.day - at_noon.astimezone(wanted.zone).date()
    dhuhr = moment(day, noon(day, wanted.spot))
    hours = [
        crossing(at, wanted.spot, lambda sun: HORIZON, rising=rising) for at, rising in ((day, True), (day, False), (day + _DAY, True))
    ]
    sunrise, sunset, after = hours
    if sunrise is None or sunset is None or after is None:
        return None
    return _Sky(day, wanted.spot, moment(day, sunrise), dhuhr, moment(day, sunset), moment(day + _DAY, after))


def _by_angle(sky: _Sky, degrees: float | None, *, rising: bool) -> datetime | None:
    if degrees is None:
        return None
    hours = crossing(sky.day, sky.spot, at_angle(degrees), rising=rising)
    return None if hours is None else moment(sky.day, hours)


def _shadow(spot: Spot, length: int) -> Callable[[Sun], float]:
    """Return the altitude at which a shadow is `length` times its object longer than at noon."""

    def altitude(sun: Sun) -> float:
        """Return the altitude in degrees."""
        return math.degrees(math.atan(1 / (length + math.tan(abs(math.radians(spot.latitude) - sun.declination)))))

    return altitude


def _portion(wanted: Wanted, angle: float, sky: _Sky, *, rising: bool) -> timedelta:
    """Return how long before sunrise, or after sunset, a twilight may be at most."""
    if wanted.high_latitude == "parallel_45":
        return sky.night * _share_at_parallel(wanted, angle, rising=rising)
    shares = {"middle_of_night": 1 / 2, "seventh_of_night": 1 / 7, "angle_based": angle / 60}
    return sky.night * shares[wanted.high_latitude]


def _share_at_parallel(wanted: Wanted, angle: float, *, rising: bool) -> float:
    """Return which share of the night the twilight takes at the 45th parallel on that day."""
    spot = Spot(math.copysign(_PARALLEL, wanted.spot.latitude), wanted.spot.longitude)
    sky = _sky(replace(wanted, spot=spot))
    twilight = _by_angle(sky, angle, rising=rising) if sky else None
    if sky is None or twilight is None:
        return 1 / 2
    return (sky.sunrise - twilight if rising else twilight - sky.sunset) / sky.night


def _fajr(wanted: Wanted, method: Method, sky: _Sky) -> tuple[datetime, bool]:
    found = _by_angle(sky, method.fajr, rising=True)
    if method.seasonal:
        shared = sky.sunrise - sky.night / 7 if _is_far(sky) else found
        bound = sky.sunrise - morning_twilight(sky.day, sky.spot.latitude)
        return (shared if shared is not None and shared >= bound else bound), shared is None or shared != found
    if found is not None and wanted.high_latitude == "parallel_45":
        return found, False
    bound = sky.sunrise - _portion(wanted, method.fajr, sky, rising=True)
    return (found, False) if found is not None and found >= bound else (bound, True)


def _isha(wanted: Wanted, method: Method, sky: _Sky, maghrib: datetime) -> tuple[datetime, bool]:
    if method.isha_minutes is not None:
        longer = method.isha_ramadan is not None and in_ramadan(wanted.day)
        return maghrib + timedelta(minutes=(method.isha_ramadan if longer else method.isha_minutes) or 0), False
    found = _by_angle(sky, method.isha, rising=False)
    if method.seasonal:
        shared = sky.sunset + sky.night / 7 if _is_far(sky) else found
        bound = sky.sunset + evening_twilight(sky.day, sky.spot.latitude)
        return (shared if shared is not None and shared <= bound else bound), shared is None or shared != found
    if found is not None and wanted.high_latitude == "parallel_45":
        return found, False
    bound = sky.sunset + _portion(wanted, method.isha or 0, sky, rising=False)
    return (found, False) if found is not None and found <= bound else (bound, True)


def _is_far(sky: _Sky) -> bool:
    """Whether the Moonsighting Committee takes a seventh of the night there."""
    return abs(sky.spot.latitude) >= _MOONSIGHTING_BOUND


def _by_next_fajr(wanted: Wanted, method: Method, sky: _Sky) -> datetime:
    later = _Sky(sky.day + _DAY, sky.spot, sky.next_sunrise, sky.dhuhr + _DAY, sky.sunset + _DAY, sky.next_sunrise + _DAY)
    return _fajr(wanted, method, later)[0]


def _shown(found: datetime, method: Method, name: Moment, zone: ZoneInfo) -> datetime:
    """Return a moment to the nearest minute in the place's zone, with the minutes that the authority adds."""
    local = (found + timedelta(minutes=method.added.get(name, 0), seconds=30)).astimezone(zone)
    return local.replace(second=0, microsecond=0)
