"""GET /healthz, /readyz, /metrics: whether the process lives, whether it can answer and what with, and its counters."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from fanar import errors
from orchestrator.api.dependencies import Caller, CurrentPlatform
from orchestrator.api.errors import documented

router = APIRouter(tags=["Operations"])


@router.get("/healthz", summary="Whether the process lives")
async def healthz() -> dict[str, str]:
    """Answer as long as the event loop turns; `service` tells our servers from model servers."""
    return {"status": "ok", "service": "fanar"}


@router.get("/readyz", summary="Whether the platform can answer, and what with", responses=documented(errors.StorageError))
async def readyz(platform: CurrentPlatform) -> dict[str, Any]:
    """Say what is there and what is missing, with the one command or setting that adds it. 503 when a part has failed."""
    await platform.check()
    return {
        "status": "ready",
        "capabilities": [
            {
                "name": capability.name,
                "available": capability.available,
                "detail": {"en": capability.detail.en, "ar": capability.detail.ar},
                "remedy": capability.remedy,
            }
            for capability in platform.capabilities()
        ],
    }


@router.get("/metrics", summary="Counters, in Prometheus' text format", response_class=Response, responses=documented())
async def metrics(platform: CurrentPlatform, key: Caller) -> Response:
    """Return the counters of this process."""
    return Response(platform.metrics.expose(), media_type=platform.metrics.content_type)
