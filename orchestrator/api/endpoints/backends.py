"""GET /v1/backends: how the language models behind the platform are doing, as real requests found them."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter

from orchestrator.api.dependencies import Caller, CurrentPlatform
from orchestrator.api.errors import documented
from orchestrator.api.schemas.backends import BackendItem, BackendList

router = APIRouter(tags=["Operations"])


@router.get("/v1/backends", summary="How the model servers are doing", responses=documented())
async def list_backends(platform: CurrentPlatform, key: Caller) -> BackendList:
    """Say of each model server whether it is asked, what is under way, what failed, and how soon answers begin, in this process."""
    data = [BackendItem.model_validate({"seats": list(found.seats), **asdict(found.status)}) for found in platform.backends()]
    return BackendList(object="list", data=data)
