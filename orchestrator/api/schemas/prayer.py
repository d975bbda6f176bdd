"""The requests and answers for prayer times and the qibla. Knows nothing of the sun."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from orchestrator.api.schemas.base import Answer, Strict
from orchestrator.api.schemas.calendar import DateText, ZoneName
from rag.islamic.prayer.inquiry import Manner, Where
from rag.islamic.prayer.methods import MethodName
from rag.islamic.prayer.times import AsrSchool, HighLatitude

PlaceName = Annotated[str, Field(min_length=1, max_length=100, description="A city, in Arabic or English")]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


class QiblaRequest(Strict):
    """A place: a city by name, or coordinates."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"city": "London"}]})

    city: PlaceName | None = None
    country: Annotated[str, Field(min_length=2, max_length=60)] | None = Field(
        default=None, description="ISO 3166 code or name, where a city's name is not enough"
    )
    latitude: Latitude | None = None
    longitude: Longitude | None = None

    def where(self) -> Where:
        """Return the place that is asked for."""
        return Where(self.city, self.country, self.latitude, self.longitude)


class PrayerTimesRequest(QiblaRequest):
    """A place and a day; today there where none is given."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"city": "الدوحة"}, {"city": "London", "asr": "hanafi"}]})

    time_zone: ZoneName | None = Field(default=None, description="Needed with coordinates")
    date: DateText | None = None
    method: MethodName | None = Field(default=None, description="Empty means what is usual in the country")
    asr: AsrSchool = "majority"
    high_latitude: HighLatitude = "angle_based"

    def where(self) -> Where:
        """Return the place that is asked for."""
        return Where(self.city, self.country, self.latitude, self.longitude, self.time_zone)

    def manner(self) -> Manner:
        """Return how the times are to be told."""
        return Manner(self.method, self.asr, self.high_latitude)


class PrayerTimesAnswer(Answer):
    """The times of one day at one place."""

    id: str
    date: str
    hijri: str | None
    place: dict[str, Any]
    method: dict[str, Any]
    asr: AsrSchool
    high_latitude: HighLatitude
    times: dict[str, str]
    moments: dict[str, str]
    adjusted: list[str]
    by_parallel_45: bool
    next: dict[str, Any] | None
    notes: list[dict[str, str]]
    text: dict[str, str]


class QiblaAnswer(Answer):
    """The direction of the Kaaba."""

    id: str
    place: dict[str, Any]
    bearing: float
    direction: dict[str, str]
    distance_km: float
    notes: list[dict[str, str]]
    text: dict[str, str]
