"""GET and POST /v1/islamic/calendar: Hijri dates, months, occasions, and how many days are left."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request

from orchestrator.api.dependencies import Caller, CurrentPlatform, body_as
from orchestrator.api.errors import documented
from orchestrator.api.identity import new_id
from orchestrator.api.openapi import reads
from orchestrator.api.queries import parameters_of, query_as
from orchestrator.api.schemas.calendar import CalendarAnswer, CalendarRequest
from orchestrator.platform import Platform
from rag.islamic.calendar.telling import told
from rag.islamic.prayer.inquiry import zone_named

PATH = "/v1/islamic/calendar"
router = APIRouter(tags=["Islamic"])


@router.get(PATH, summary="Look a day up", responses=documented(), openapi_extra=parameters_of(CalendarRequest))
async def look_up(request: Request, platform: CurrentPlatform, key: Caller) -> CalendarAnswer:
    """Return a day in both calendars, its month, and the occasions that come, by the Umm al-Qura calendar."""
    return _answer(query_as(CalendarRequest, request), request, platform)


@router.post(PATH, summary="Look a day up", responses=documented(), openapi_extra=reads(CalendarRequest))
async def look_up_by_body(request: Request, platform: CurrentPlatform, key: Caller) -> CalendarAnswer:
    """Return a day in both calendars, its month, and the occasions that come, by the Umm al-Qura calendar."""
    return _answer(await body_as(CalendarRequest, request), request, platform)


def _answer(wanted: CalendarRequest, request: Request, platform: Platform) -> CalendarAnswer:
    now = platform.clock()
    today = (now.astimezone(zone_named(wanted.time_zone)) if wanted.time_zone else now).date()
    request.state.id = new_id("cal")
    found = told(wanted.day(today), today=today, occasion=wanted.occasion, year=wanted.year)
    return CalendarAnswer.model_validate({"id": request.state.id, **found})
