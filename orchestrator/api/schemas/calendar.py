"""The requests and answers of the Hijri calendar. Knows no date."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from orchestrator.api.schemas.base import Answer, Strict
from rag.islamic.calendar.hijri import FIRST_YEAR, LAST_YEAR, HijriDate, to_gregorian
from rag.islamic.calendar.occasions import OccasionName

DateText = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="YYYY-MM-DD")]
ZoneName = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z][A-Za-z0-9_+/-]*$", description="An IANA time zone")]

_NO_SUCH_DAY = Bilingual("There is no such day.", "لا يوجد يوم بهذا التاريخ.")


class CalendarRequest(Strict):
    """A day to look up, in either calendar; today where none is given."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"occasion": "ramadan"}, {"date": "1447-09-01", "calendar": "hijri"}]})

    date: DateText | None = None
    calendar: Literal["gregorian", "hijri"] = Field(default="gregorian", description="How `date` is written")
    occasion: OccasionName | None = Field(default=None, description="Until when days are counted")
    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)] | None = Field(
        default=None, description="A Hijri year whose months are wanted"
    )
    time_zone: ZoneName | None = Field(default=None, description="Whose today is meant; empty means the server's")

    def day(self, today: datetime.date) -> datetime.date:
        """Return the day that is asked for. Raises UnprocessableError for one that is not."""
        if self.date is None:
            return today
        if self.calendar == "hijri":
            return to_gregorian(HijriDate(*map(int, self.date.split("-"))))
        return day_of(self.date)


class CalendarAnswer(Answer):
    """A day in both calendars, its month, and the occasions that come."""

    id: str
    today: str
    date: dict[str, Any]
    month: dict[str, Any]
    occasion: dict[str, Any] | None
    upcoming: list[dict[str, Any]]
    year: dict[str, Any] | None
    calendar: str
    notes: list[dict[str, str]]
    text: dict[str, str]


def day_of(text: str) -> datetime.date:
    """Return a Gregorian day. Raises UnprocessableError where there is none."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as cause:
        raise UnprocessableError(_NO_SUCH_DAY, param="date") from cause
