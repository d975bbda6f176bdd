"""GET and POST /v1/islamic/prayer-times and /v1/islamic/qibla: for a city by name, or for coordinates."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request

from fanar import errors
from orchestrator.api.dependencies import Caller, CurrentPlatform, body_as
from orchestrator.api.errors import documented
from orchestrator.api.identity import new_id
from orchestrator.api.openapi import reads
from orchestrator.api.queries import parameters_of, query_as
from orchestrator.api.schemas.calendar import day_of
from orchestrator.api.schemas.prayer import PrayerTimesAnswer, PrayerTimesRequest, QiblaAnswer, QiblaRequest
from orchestrator.platform import Platform
from rag.islamic.prayer.inquiry import place_of, timetable
from rag.islamic.prayer.qibla import qibla_from
from rag.islamic.prayer.telling import told, told_qibla

TIMES, QIBLA = "/v1/islamic/prayer-times", "/v1/islamic/qibla"
_FAULTS = documented(errors.NotFoundError)
router = APIRouter(tags=["Islamic"])


@router.get(TIMES, summary="Tell the prayer times of a day", responses=_FAULTS, openapi_extra=parameters_of(PrayerTimesRequest))
async def prayer_times(request: Request, platform: CurrentPlatform, key: Caller) -> PrayerTimesAnswer:
    """Return the times by an authority's method, the usual one of the country where none is chosen."""
    return await _times(query_as(PrayerTimesRequest, request), request, platform)


@router.post(TIMES, summary="Tell the prayer times of a day", responses=_FAULTS, openapi_extra=reads(PrayerTimesRequest))
async def prayer_times_by_body(request: Request, platform: CurrentPlatform, key: Caller) -> PrayerTimesAnswer:
    """Return the times by an authority's method, the usual one of the country where none is chosen."""
    return await _times(await body_as(PrayerTimesRequest, request), request, platform)


@router.get(QIBLA, summary="Tell the direction of the qibla", responses=_FAULTS, openapi_extra=parameters_of(QiblaRequest))
async def qibla(request: Request, platform: CurrentPlatform, key: Caller) -> QiblaAnswer:
    """Return the direction of the Kaaba in degrees from true north, and how far it is."""
    return await _qibla(query_as(QiblaRequest, request), request, platform)


@router.post(QIBLA, summary="Tell the direction of the qibla", responses=_FAULTS, openapi_extra=reads(QiblaRequest))
async def qibla_by_body(request: Request, platform: CurrentPlatform, key: Caller) -> QiblaAnswer:
    """Return the direction of the Kaaba in degrees from true north, and how far it is."""
    return await _qibla(await body_as(QiblaRequest, request), request, platform)


async def _times(wanted: PrayerTimesRequest, request: Request, platform: Platform) -> PrayerTimesAnswer:
    place, now = await place_of(wanted.where(), platform.places), platform.clock()
    day = day_of(wanted.date) if wanted.date else None
    found = timetable(place, wanted.manner(), day=day, now=now, zone=wanted.time_zone)
    request.state.id = new_id("pray")
    return PrayerTimesAnswer.model_validate({"id": request.state.id, **told(found, now=now)})


async def _qibla(wanted: QiblaRequest, request: Request, platform: Platform) -> QiblaAnswer:
    place = await place_of(wanted.where(), platform.places, zone_needed=False)
    request.state.id = new_id("qib")
    return QiblaAnswer.model_validate({"id": request.state.id, **told_qibla(place, qibla_from(place.spot))})
