"""The direction of the Kaaba."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanar.errors import UnprocessableError
from rag.islamic.prayer.qibla import KAABA, qibla_from
from rag.islamic.prayer.sun import Spot

# Degrees as Adhan's tests have them (Qibla.test.ts), which cite qiblalocator.com and islamicfinder.org.
PUBLISHED = [
    ("Washington, DC", 38.9072, -77.0369, 56.56),
    ("New York", 40.7128, -74.0059, 58.48),
    ("San Francisco", 37.7749, -122.4194, 18.84),
    ("Anchorage", 61.2181, -149.9003, 350.88),
    ("Sydney", -33.8688, 151.2093, 277.50),
    ("Auckland", -36.8485, 174.7633, 261.20),
    ("London", 51.5074, -0.1278, 118.99),
    ("Paris", 48.8566, 2.3522, 119.16),
    ("Oslo", 59.9139, 10.7522, 139.03),
    ("Islamabad", 33.7294, 73.0931, 255.88),
    ("Tokyo", 35.6895, 139.6917, 293.02),
    ("Cape Town", -33.9249, 18.4241, 23.35),
    ("Cairo", 30.0444, 31.2357, 136.14),
]


@pytest.mark.parametrize(("city", "latitude", "longitude", "degrees"), PUBLISHED)
def test_the_direction_is_the_published_one(city: str, latitude: float, longitude: float, degrees: float) -> None:
    assert abs(qibla_from(Spot(latitude, longitude)).bearing - degrees) < 0.05


def test_the_wind_and_the_distance_go_with_the_direction() -> None:
    found = qibla_from(Spot(51.5074, -0.1278))
    assert (found.wind.en, found.wind.ar) == ("south-east", "الجنوب الشرقي")
    assert found.distance_km == pytest.approx(4_793, abs=15)


@pytest.mark.parametrize("spot", [KAABA, Spot(-KAABA.latitude, KAABA.longitude - 180)])
def test_where_every_direction_is_as_good_as_any_none_is_given(spot: Spot) -> None:
    with pytest.raises(UnprocessableError):
        qibla_from(spot)


@given(st.floats(-89, 89), st.floats(-180, 180))
def test_a_step_towards_the_qibla_comes_nearer(latitude: float, longitude: float) -> None:
    here = Spot(latitude, longitude)
    if not 10 < qibla_from(here).distance_km < 20_000:
        return
    way, step = math.radians(qibla_from(here).bearing), math.radians(0.05)
    north = math.asin(math.sin(math.radians(latitude)) * math.cos(step) + math.cos(math.radians(latitude)) * math.sin(step) * math.cos(way))
    east = math.atan2(
        math.sin(way) * math.sin(step) * math.cos(math.radians(latitude)),
        math.cos(step) - math.sin(math.radians(latitude)) * math.sin(north),
    )
    there = Spot(math.degrees(north), (longitude + math.degrees(east) + 180) % 360 - 180)
    assert qibla_from(there).distance_km < qibla_from(here).distance_km
