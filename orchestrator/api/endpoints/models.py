"""GET /v1/models and /v1/models/{id}: the model ids to which something answers now."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request

from fanar import errors
from orchestrator.api.dependencies import Caller, CurrentPlatform
from orchestrator.api.errors import documented
from orchestrator.api.identity import new_id
from orchestrator.api.schemas.services import ModelItem, ModelList
from orchestrator.platform import ServedModel
from orchestrator.routing.tiers import no_such_model

router = APIRouter(tags=["Models"])


@router.get("/v1/models", summary="List the models that are there", responses=documented())
async def list_models(request: Request, platform: CurrentPlatform, key: Caller) -> ModelList:
    """List the ids that a request may name now, in Fanar's form (`models`) and in OpenAI's (`data`)."""
    request.state.id = new_id("models")
    items = [_item(model) for model in platform.models()]
    return ModelList(id=request.state.id, object="list", models=items, data=items)


@router.get("/v1/models/{id:path}", summary="Tell of one model", responses=documented(errors.NotFoundError))
async def read_model(id: str, platform: CurrentPlatform, key: Caller) -> ModelItem:  # noqa: A002
    """Return what the list says of one id; ids of hubs hold a slash."""
    found = next((model for model in platform.models() if model.id == id), None)
    if found is None:
        raise no_such_model()
    return _item(found)


def _item(model: ServedModel) -> ModelItem:
    return ModelItem(id=model.id, object="model", created=model.created, owned_by=model.owned_by, served_by=model.served_by)
