"""POST /v1/search: passages of the installed corpora for a query."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request

from fanar import errors
from fanar.documents import ScoredDocument
from orchestrator.api.dependencies import Caller, CurrentPlatform, body_as
from orchestrator.api.errors import documented
from orchestrator.api.openapi import reads
from orchestrator.api.schemas.services import SearchAnswer, SearchRequest, SearchResult

router = APIRouter(tags=["Retrieval"])


@router.post(
    "/v1/search",
    summary="Search the installed corpora",
    responses=documented(errors.NotFoundError, errors.StorageError),
    openapi_extra=reads(SearchRequest),
)
async def search(request: Request, platform: CurrentPlatform, key: Caller) -> SearchAnswer:
    """Find passages, best first. `confident` says which of them are above the calibrated threshold."""
    wanted = await body_as(SearchRequest, request)
    found = await platform.retriever.retrieve(wanted.query, top_k=wanted.top_k, corpora=wanted.corpora, filters=wanted.filters or None)
    return SearchAnswer(results=[_result(scored) for scored in found])


def _result(scored: ScoredDocument) -> SearchResult:
    document = scored.document
    return SearchResult(
        id=document.id,
        corpus=document.corpus,
        reference=document.reference,
        text=document.text,
        translation=document.translation,
        url=document.url,
        score=scored.score,
        confident=scored.confident,
    )
