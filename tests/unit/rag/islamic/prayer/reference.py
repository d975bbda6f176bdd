"""A second way to the times, which shares nothing with the first: the almanac's approximate sun, and a search by halving for altitudes.

The sun's place is that of the U.S. Naval Observatory's page "Computing Approximate Solar Coordinates" (1 arcminute within two centuries of
2000), which PrayTimes.org's reference formulas use as well; an altitude is looked for by bisection, with the sun's place at every trial.
"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta

MINUTE = timedelta(minutes=1)


def sun(moment: datetime) -> tuple[float, float]:
    """Return declination in degrees and the equation of time in hours."""
    days = (moment - datetime(2000, 1, 1, 12, tzinfo=UTC)) / timedelta(days=1)
    g = math.radians((357.529 + 0.98560028 * days) % 360)
    q = (280.459 + 0.98564736 * days) % 360
    longitude = math.radians(q + 1.915 * math.sin(g) + 0.020 * math.sin(2 * g))
    tilt = math.radians(23.439 - 0.00000036 * days)
    ascension = math.degrees(math.atan2(math.cos(tilt) * math.sin(longitude), math.cos(longitude))) / 15
    equation = (q / 15 - ascension + 12) % 24 - 12
    return math.degrees(math.asin(math.sin(tilt) * math.sin(longitude))), equation


def altitude(moment: datetime, latitude: float, longitude: float) -> float:
    """Return the altitude of the sun's centre in degrees."""
    declination, equation = (math.radians(value) for value in sun(moment))
    equation = math.degrees(equation)
    clock = moment.hour + moment.minute / 60 + moment.second / 3600 + moment.microsecond / 3.6e9
    hour = math.radians((clock + longitude / 15 + equation - 12) * 15)
    north = math.radians(latitude)
    return math.degrees(math.asin(math.sin(north) * math.sin(declination) + math.cos(north) * math.cos(declination) * math.cos(hour)))


def transit(day: date, longitude: float) -> datetime:
    """Return when the sun crosses the meridian on a UTC day, give or take half a day."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=12 - longitude / 15)
    for _ in range(3):
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=12 - longitude / 15 - sun(moment)[1])
    return moment


def falls_to(noon: datetime, latitude: float, longitude: float, degrees: float, *, rising: bool) -> datetime | None:
    """Return when the sun stands at an altitude before or after noon, by halving the half day; None when it does not."""
    away = timedelta(hours=-12 if rising else 12)
    high, low = noon, noon + away
    if not altitude(low, latitude, longitude) <= degrees <= altitude(high, latitude, longitude):
        return None
    while abs(high - low) > timedelta(seconds=0.5):
        middle = low + (high - low) / 2
        if altitude(middle, latitude, longitude) > degrees:
            high = middle
        else:
            low = middle
    return low


def times(day: date, latitude: float, longitude: float, *, fajr: float, isha: float, shadow: int = 1) -> dict[str, datetime | None]:
    """Return the times by two angles, without any rule for high latitudes."""
    noon = transit(day, longitude)
    away = abs(latitude - sun(noon)[0])
    asr = None if away >= 90 else math.degrees(math.atan(1 / (shadow + math.tan(math.radians(away)))))
    return {
        "fajr": falls_to(noon, latitude, longitude, -fajr, rising=True),
        "sunrise": falls_to(noon, latitude, longitude, -50 / 60, rising=True),
        "dhuhr": noon,
        "asr": None if asr is None else falls_to(noon, latitude, longitude, asr, rising=False),
        "maghrib": falls_to(noon, latitude, longitude, -50 / 60, rising=False),
        "isha": falls_to(noon, latitude, longitude, -isha, rising=False),
    }
