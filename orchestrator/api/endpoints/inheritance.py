"""POST /v1/islamic/inheritance: divides an estate by one of the four schools, with its proof."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request

from orchestrator.api.dependencies import Caller, body_as
from orchestrator.api.errors import documented
from orchestrator.api.identity import new_id
from orchestrator.api.openapi import reads
from orchestrator.api.schemas.inheritance import InheritanceAnswer, InheritanceRequest
from rag.islamic.inheritance.calculator import calculate
from rag.islamic.inheritance.telling import told

router = APIRouter(tags=["Islamic"])


@router.post("/v1/islamic/inheritance", summary="Divide an estate", responses=documented(), openapi_extra=reads(InheritanceRequest))
async def inheritance(request: Request, key: Caller) -> InheritanceAnswer:
    """Divide an estate exactly: shares, who is excluded and by whom, the base, what is raised or returned, and the proof, line by line."""
    wanted = await body_as(InheritanceRequest, request)
    request.state.id = new_id("inh")
    return InheritanceAnswer.model_validate({"id": request.state.id, **told(calculate(wanted.inquiry()))})
