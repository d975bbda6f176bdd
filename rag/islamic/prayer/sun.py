"""Where the sun stands and when it crosses an altitude. Knows nothing of prayers.

The formulas are those of Jean Meeus, Astronomical Algorithms, 2nd edition: the sun's apparent place (chapter 25, about 0.01°), the
equation of time (chapter 28, by Smart). An event is computed with the sun's place at that event, not at midnight.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

HORIZON = -5 / 6
"""The altitude of the sun's centre when its upper limb touches the horizon, with the usual refraction."""

_EPOCH = date(2000, 1, 1)
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Sun:
    """The sun's declination in radians, and the equation of time in hours."""

    declination: float
    equation: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on earth, in degrees, north and east positive."""

    latitude: float
    longitude: float


def sun_at(day: date, hours: float) -> Sun:
    """Return the sun's place so many hours after 0h UTC of `day`."""
    # 0h UTC of 2000-01-01 is half a day before the epoch. Universal and dynamical time differ by too little to matter here.
    t = ((day - _EPOCH).days - 0.5 + hours / 24) / 36_525
    mean_longitude = math.radians((280.46646 + t * (36_000.76983 + t * 0.0003032)) % 360)
    anomaly = math.radians((357.52911 + t * (35_999.05029 - t * 0.0001537)) % 360)
    eccentricity = 0.016708634 - t * (0.000042037 + t * 0.0000001267)
    center = math.radians(
        (1.914602 - t * (0.004817 + t * 0.000014)) * math.sin(anomaly)
        + (0.019993 - t * 0.000101) * math.sin(2 * anomaly)
        + 0.000289 * math.sin(3 * anomaly)
    )
    node = math.radians(125.04 - 1934.136 * t)
    longitude = mean_longitude + center - math.radians(0.00569 + 0.00478 * math.sin(node))
    obliquity = math.radians(23.4392911 - t * (0.0130042 + t * (0.00000016 - t * 0.000000504)) + 0.00256 * math.cos(node))
    declination = math.asin(math.sin(obliquity) * math.sin(longitude))
    return Sun(declination, _equation(mean_longitude, anomaly, eccentricity, obliquity))


def _equation(longitude: float, anomaly: float, eccentricity: float, obliquity: float) -> float:
    y = math.tan(obliquity / 2) ** 2
    angle = (
        y * math.sin(2 * longitude)
        - 2 * eccentricity * math.sin(anomaly)
        + 4 * eccentricity * y * math.sin(anomaly) * math.cos(2 * longitude)
        - y * y / 2 * math.sin(4 * longitude)
        - 1.25 * eccentricity**2 * math.sin(2 * anomaly)
    )
    return math.degrees(angle) / 15


def noon(day: date, spot: Spot) -> float:
    """Return when the sun crosses the meridian, in hours after 0h UTC of `day`."""
    hours = 12 - spot.longitude / 15
    for _ in range(2):
        hours = 12 - spot.longitude / 15 - sun_at(day, hours).equation
    return hours


def crossing(day: date, spot: Spot, altitude: Callable[[Sun], float], *, rising: bool) -> float | None:
    """Return when the sun's centre is at `altitude` degrees, in hours after 0h UTC of `day`; None when it never is on that day."""
    latitude = math.radians(spot.latitude)
    hours = noon(day, spot)
    for _ in range(_ROUNDS):
        sun = sun_at(day, hours)
        across = math.cos(latitude) * math.cos(sun.declination)
        above = math.sin(math.radians(altitude(sun))) - math.sin(latitude) * math.sin(sun.declination)
        if abs(above) > across:
            return None
        away = math.degrees(math.acos(above / across)) / 15
        hours = 12 - spot.longitude / 15 - sun.equation + (-away if rising else away)
    return hours


def at_angle(degrees: float) -> Callable[[Sun], float]:
    """Return what stands so many degrees below the horizon, whatever the sun's place."""
    return lambda sun: -degrees


def moment(day: date, hours: float) -> datetime:
    """Return the moment so many hours after 0h UTC of `day`."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hours)
