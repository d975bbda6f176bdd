"""GET /v1/models: the model ids to which something answers now."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request

from orchestrator.api.dependencies import Caller, CurrentPlatform
from orchestrator.api.errors import documented
from orchestrator.api.identity import new_id
from orchestrator.api.schemas.services import ModelItem, ModelList

router = APIRouter(tags=["Models"])


@router.get("/v1/models", summary="List the models that are there", responses=documented())
async def list_models(request: Request, platform: CurrentPlatform, key: Caller) -> ModelList:
    """List the ids that a request may name now, in Fanar's form (`models`) and in OpenAI's (`data`)."""
    request.state.id = new_id("models")
    items = [
        ModelItem(id=model.id, object="model", created=model.created, owned_by=model.owned_by, served_by=model.served_by)
        for model in platform.models()
    ]
    return ModelList(id=request.state.id, object="list", models=items, data=items)
