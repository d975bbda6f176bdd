"""The tools that reckon by themselves: zakat, the Hijri calendar, prayer times, the qibla. Each says what is missing by name.

Knows nothing of models or of where places come from.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mcp.server.mcpserver import MCPServer

from fanar.bilingual import Language
from orchestrator.api.identity import new_id
from orchestrator.api.schemas.calendar import CalendarAnswer, CalendarRequest, day_of
from orchestrator.api.schemas.prayer import PrayerTimesAnswer, PrayerTimesRequest, QiblaAnswer, QiblaRequest
from orchestrator.api.schemas.zakat import ZakatAnswer, ZakatRequest
from orchestrator.mcp.answers import read_as
from orchestrator.mcp.manners import REPEATABLE, failures_told
from rag.islamic.calendar import telling as calendar
from rag.islamic.prayer import telling as prayer
from rag.islamic.prayer.inquiry import OpenPlaces, place_of, timetable, zone_named
from rag.islamic.prayer.qibla import qibla_from
from rag.islamic.zakat import telling as zakat
from rag.islamic.zakat.calculator import calculate


class ReckoningTools:
    """The tools, with the places and the clock that they go by; failures are told in `language`."""

    def __init__(self, *, places: OpenPlaces, clock: Callable[[], datetime], language: Language) -> None:
        self._places = places
        self._clock = clock
        self._language: Language = language

    def offer(self, server: MCPServer) -> None:
        """Make the tools known to `server`."""
        server.tool(title="Reckon zakat", annotations=REPEATABLE)(self.reckon_zakat)
        server.tool(title="Look up the Hijri calendar", annotations=REPEATABLE)(self.hijri_calendar)
        server.tool(title="Tell prayer times", annotations=REPEATABLE)(self.prayer_times)
        server.tool(title="Tell the qibla", annotations=REPEATABLE)(self.qibla)

    async def reckon_zakat(self, owned: ZakatRequest) -> ZakatAnswer:
        """Reckon zakat exactly by one Sunni school, each line with its rule and source.

        Metal prices and the nisab's metal come from the user: ask, never guess. Show the result as arithmetic, never as a fatwa.
        """
        with failures_told(self._language, fields=True):
            found = zakat.told(calculate(owned.case(self._clock().date())))
            return read_as(ZakatAnswer, {"id": new_id("zak"), **found})

    async def hijri_calendar(self, wanted: CalendarRequest) -> CalendarAnswer:
        """Convert a day between the Hijri and the Gregorian calendar, list a Hijri year, or count the days until an occasion.

        By the Umm al-Qura calendar: say that it may differ by a day with the sighting of the moon.
        """
        with failures_told(self._language, fields=True):
            now = self._clock()
            today = (now.astimezone(zone_named(wanted.time_zone)) if wanted.time_zone else now).date()
            found = calendar.told(wanted.day(today), today=today, occasion=wanted.occasion, year=wanted.year)
            return read_as(CalendarAnswer, {"id": new_id("cal"), **found})

    async def prayer_times(self, wanted: PrayerTimesRequest) -> PrayerTimesAnswer:
        """Tell the prayer times of a day in a city, or at coordinates with their time zone. Name the method with the times."""
        with failures_told(self._language, fields=True):
            place, now = await place_of(wanted.where(), self._places), self._clock()
            day = day_of(wanted.date) if wanted.date else None
            table = timetable(place, wanted.manner(), day=day, now=now, zone=wanted.time_zone)
            return read_as(PrayerTimesAnswer, {"id": new_id("pray"), **prayer.told(table, now=now)})

    async def qibla(self, wanted: QiblaRequest) -> QiblaAnswer:
        """Tell the direction of the Kaaba from a city or coordinates, in degrees clockwise from true north."""
        with failures_told(self._language, fields=True):
            place = await place_of(wanted.where(), self._places, zone_needed=False)
            return read_as(QiblaAnswer, {"id": new_id("qib"), **prayer.told_qibla(place, qibla_from(place.spot))})
