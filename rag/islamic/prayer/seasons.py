"""Twilight by latitude and season, after Khalid Shaukat (Moonsighting Committee Worldwide). Knows nothing of the sun's place.

Minutes before sunrise and after sunset are interpolated between four values of the year, counted from the winter solstice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

# For each of the four seasons' corners: what is added to 75 minutes at 55 degrees of latitude.
_MORNING = (28.65, 19.44, 32.74, 48.10)
_EVENING = (25.60, 2.050, -9.210, 6.140)
# Days since the solstice at which a span begins, how long it is, and the corners that it runs between.
_SPANS = ((0, 91, 0, 1), (91, 46, 1, 2), (137, 46, 2, 3), (183, 46, 3, 2), (229, 46, 2, 1), (275, 91, 1, 0))
_BASE, _AT = 75.0, 55.0
_NORTHERN, _SOUTHERN = (12, 21), (6, 21)


def morning_twilight(day: date, latitude: float) -> timedelta:
    """Return how long before sunrise dawn is."""
    return _twilight(_MORNING, day, latitude)


def evening_twilight(day: date, latitude: float) -> timedelta:
    """Return how long after sunset the glow lasts."""
    return _twilight(_EVENING, day, latitude)


def _twilight(corners: Sequence[float], day: date, latitude: float) -> timedelta:
    values = [_BASE + corner / _AT * abs(latitude) for corner in corners]
    passed = _since_solstice(day, northern=latitude >= 0)
    start, length, first, second = next(span for span in reversed(_SPANS) if passed >= span[0])
    return timedelta(minutes=values[first] + (values[second] - values[first]) / length * (passed - start))


def _since_solstice(day: date, *, northern: bool) -> int:
    month, number = _NORTHERN if northern else _SOUTHERN
    solstice = date(day.year, month, number)
    return (day - (solstice if day >= solstice else solstice.replace(year=day.year - 1))).days
