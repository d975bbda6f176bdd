"""What is asked about prayer at a place, and where that place is: by name, or by coordinates with a time zone. Knows nothing of HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.islamic.prayer.methods import MethodName, usual_method
from rag.islamic.prayer.places import Place, Places
from rag.islamic.prayer.sun import Spot
from rag.islamic.prayer.times import AsrSchool, DayTimes, HighLatitude, Wanted, prayer_times

OpenPlaces = Callable[[], Awaitable[Places]]
"""Returns the gazetteer, which is read when it is first asked for."""

_HERE = Bilingual("the given coordinates", "الإحداثيات المعطاة")
_NOWHERE = Bilingual("Send `city`, or `latitude` and `longitude`.", "أرسل city، أو latitude وlongitude.")
_HALF = Bilingual("`latitude` and `longitude` go together.", "يُرسل latitude وlongitude معًا.")
_TWICE = Bilingual("Send a city or coordinates, not both.", "أرسل مدينة أو إحداثيات، لا كليهما.")
_NO_ZONE = Bilingual(
    "Coordinates need `time_zone`, an IANA name such as Asia/Qatar.", "تحتاج الإحداثيات إلى time_zone باسم من أسماء IANA مثل Asia/Qatar."
)
_BAD_ZONE = Bilingual(
    "There is no such time zone; names are IANA's, such as Asia/Qatar.", "لا توجد منطقة زمنية بهذا الاسم؛ الأسماء من IANA مثل Asia/Qatar."
)


@dataclass(frozen=True, slots=True)
class Where:
    """A place as it is asked for."""

    city: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Manner:
    """How times are told; what is not chosen is what is usual at the place."""

    method: MethodName | None = None
    asr: AsrSchool = "majority"
    high_latitude: HighLatitude = "angle_based"


@dataclass(frozen=True, slots=True)
class Timetable:
    """The times of a day at a place, and how they were told."""

    place: Place
    wanted: Wanted
    day: DayTimes
    chosen: bool


async def place_of(where: Where, places: OpenPlaces, *, zone_needed: bool = True) -> Place:
    """Return where that is. Raises NotFoundError for an unknown city, UnprocessableError for what is missing or contradicts itself."""
    given = where.latitude is not None or where.longitude is not None
    if where.city is not None and given:
        raise UnprocessableError(_TWICE, param="city")
    if where.city is not None:
        return (await places()).named(where.city, country=where.country)
    if not given:
        raise UnprocessableError(_NOWHERE, param="city")
    if where.latitude is None or where.longitude is None:
        raise UnprocessableError(_HALF, param="longitude" if where.longitude is None else "latitude")
    if where.zone is None and zone_needed:
        raise UnprocessableError(_NO_ZONE, param="time_zone")
    return Place(_HERE, where.country or "", Spot(where.latitude, where.longitude), where.zone or "UTC", 0)


def timetable(place: Place, manner: Manner, *, day: date | None, now: datetime, zone: str | None = None) -> Timetable:
    """Return the times at a place; without a day, those of the day that it is there. Raises UnprocessableError."""
    own = zone_named(zone or place.zone)
    method = manner.method or usual_method(place.country)
    wanted = Wanted(place.spot, own, day or now.astimezone(own).date(), method, manner.asr, manner.high_latitude)
    return Timetable(place, wanted, prayer_times(wanted), chosen=manner.method is not None)


def zone_named(name: str) -> ZoneInfo:
    """Return a time zone. Raises UnprocessableError where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as cause:
        raise UnprocessableError(_BAD_ZONE, param="time_zone") from cause
