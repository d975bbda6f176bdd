"""POST /v1/islamic/zakat: reckons zakat by one of the four schools, each line with its rule."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request

from orchestrator.api.dependencies import Caller, CurrentPlatform, body_as
from orchestrator.api.errors import documented
from orchestrator.api.identity import new_id
from orchestrator.api.openapi import reads
from orchestrator.api.schemas.zakat import ZakatAnswer, ZakatRequest
from rag.islamic.zakat.calculator import calculate
from rag.islamic.zakat.telling import told

router = APIRouter(tags=["Islamic"])


@router.post("/v1/islamic/zakat", summary="Reckon zakat", responses=documented(), openapi_extra=reads(ZakatRequest))
async def zakat(request: Request, platform: CurrentPlatform, key: Caller) -> ZakatAnswer:
    """Reckon zakat exactly: what is counted, what is due of it, and the rule of each line. Prices are asked for by name, never guessed."""
    wanted = await body_as(ZakatRequest, request)
    request.state.id = new_id("zak")
    return ZakatAnswer.model_validate({"id": request.state.id, **told(calculate(wanted.case(platform.clock().date())))})
