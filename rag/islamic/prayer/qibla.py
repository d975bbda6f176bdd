"""The direction of the Kaaba from a place, and how far it is. Knows nothing of names of places.

The bearing is that of the great circle on a sphere, from true north; a compass points to magnetic north.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.islamic.prayer.sun import Spot

KAABA = Spot(21.4225, 39.8262)
_EARTH_KM = 6371.0088
_INSIDE_KM = 0.05
_WINDS = (
    Bilingual("north", "الشمال"),
    Bilingual("north-east", "الشمال الشرقي"),
    Bilingual("east", "الشرق"),
    Bilingual("south-east", "الجنوب الشرقي"),
    Bilingual("south", "الجنوب"),
    Bilingual("south-west", "الجنوب الغربي"),
    Bilingual("west", "الغرب"),
    Bilingual("north-west", "الشمال الغربي"),
)
NOTE = Bilingual(
    "Degrees clockwise from true north; a magnetic compass differs by the local declination.",
    "الدرجات باتجاه عقارب الساعة من الشمال الجغرافي؛ وتنحرف البوصلة المغناطيسية عنه بمقدار يختلف من مكان إلى آخر.",
)
_AT_IT = Bilingual("At the Kaaba every direction towards it is the qibla.", "من كان عند الكعبة استقبلها من أي جهة.")
_OPPOSITE = Bilingual("On the other side of the earth every direction is the qibla.", "في الجهة المقابلة من الأرض كل الجهات قبلة.")


@dataclass(frozen=True, slots=True)
class Qibla:
    """The direction: degrees clockwise from true north, the wind it is nearest to, and the distance along the way."""

    bearing: float
    wind: Bilingual
    distance_km: float


def qibla_from(spot: Spot) -> Qibla:
    """Return the direction from a place. Raises UnprocessableError where every direction is as good as any."""
    distance = _distance(spot)
    if distance < _INSIDE_KM:
        raise UnprocessableError(_AT_IT, param="latitude")
    if distance > math.pi * _EARTH_KM - _INSIDE_KM:
        raise UnprocessableError(_OPPOSITE, param="latitude")
    latitude, target = math.radians(spot.latitude), math.radians(KAABA.latitude)
    across = math.radians(KAABA.longitude - spot.longitude)
    bearing = math.degrees(math.atan2(math.sin(across), math.cos(latitude) * math.tan(target) - math.sin(latitude) * math.cos(across)))
    bearing = round(bearing % 360, 2) % 360
    return Qibla(bearing, _WINDS[round(bearing / 45) % len(_WINDS)], round(distance, 1))


def _distance(spot: Spot) -> float:
    first, second = math.radians(spot.latitude), math.radians(KAABA.latitude)
    across = math.radians(KAABA.longitude - spot.longitude)
    half = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(across / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
