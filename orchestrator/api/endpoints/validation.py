"""POST /v1/sadiq/validate: a text with its verified quotations in their sources' words, and what was found of each."""

from __future__ import annotations

import asyncio
from dataclasses import asdict

from fastapi import APIRouter
from starlette.requests import Request

from fanar import errors
from fanar.bilingual import Bilingual
from orchestrator.api.dependencies import Caller, CurrentPlatform, body_as
from orchestrator.api.errors import documented
from orchestrator.api.identity import new_id
from orchestrator.api.openapi import reads
from orchestrator.api.sadiq import require_sadiq
from orchestrator.api.schemas.validation import ValidationAnswer, ValidationRequest

router = APIRouter(tags=["Attribution"])

_NOT_SADIQ = Bilingual(
    "No model of this id validates quotations; Fanar-Sadiq-2 does.", "لا نموذج بهذا المعرّف يتحقق من الاقتباسات؛ يفعل ذلك Fanar-Sadiq-2."
)


@router.post(
    "/v1/sadiq/validate",
    summary="Validate the quotations of a text",
    responses=documented(errors.NotFoundError),
    openapi_extra=reads(ValidationRequest),
)
async def validate(request: Request, platform: CurrentPlatform, key: Caller) -> ValidationAnswer:
    """Put every verified verse and hadith between tags, with where it can be read; findings say what is wrong with the others."""
    wanted = await body_as(ValidationRequest, request)
    request.state.id = new_id("validation")
    require_sadiq(platform, wanted.model, _NOT_SADIQ)
    marked = await asyncio.to_thread(platform.verifier.mark, wanted.text)
    report = asdict(marked.report)
    told = {"text": marked.text, "findings": report["quotes"], "warnings": report["warnings"], "versions": report["versions"]}
    return ValidationAnswer.model_validate({"id": request.state.id, **told})
