"""POST /v1/embeddings: vectors of texts, in OpenAI's form."""

from __future__ import annotations

import asyncio
import base64
from array import array
from collections.abc import Sequence
from sys import byteorder
from typing import Any

import orjson
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from fanar import errors
from fanar.llm.embeddings import Embedded
from orchestrator.api.dependencies import Caller, CurrentPlatform, admitted, body_as, state_of
from orchestrator.api.errors import documented
from orchestrator.api.identity import new_id
from orchestrator.api.openapi import reads
from orchestrator.api.schemas.embeddings import EmbeddingList, EmbeddingRequest
from orchestrator.api.sse import unless_disconnected

router = APIRouter(tags=["Embeddings"])


@router.post(
    "/v1/embeddings",
    summary="Turn texts into vectors",
    response_model=EmbeddingList,
    responses=documented(
        errors.NotFoundError, errors.RateLimitedError, errors.NotConfiguredError, errors.UpstreamTimeoutError, errors.ModelUnavailableError
    ),
    openapi_extra=reads(EmbeddingRequest),
)
async def create_embeddings(request: Request, platform: CurrentPlatform, key: Caller) -> Response:
    """Embed texts with the model of the operator's server, or with `fanar-embedder`, which was trained here on the Quran."""
    wanted = await body_as(EmbeddingRequest, request)
    request.state.id = new_id("embd")
    await admitted(request, platform, wanted.model)
    with state_of(request).slots:
        work = platform.embeddings.embed(wanted.inputs(), model=wanted.model, dimensions=wanted.dimensions)
        embedded = await unless_disconnected(request.receive, work)
    body = await asyncio.to_thread(_written, embedded, request.state.id, packed=wanted.encoding_format == "base64")
    return Response(body, media_type="application/json")


def _written(embedded: Embedded, identity: str, *, packed: bool) -> bytes:
    rows: list[dict[str, Any]] = [
        {"object": "embedding", "index": index, "embedding": _packed(vector) if packed else vector}
        for index, vector in enumerate(embedded.vectors)
    ]
    usage = {"prompt_tokens": embedded.tokens, "total_tokens": embedded.tokens}
    told = {"id": identity, "object": "list", "model": embedded.model, "data": rows, "usage": usage}
    return orjson.dumps({**told, "system_fingerprint": embedded.version})


def _packed(vector: Sequence[float]) -> str:
    numbers = array("f", vector)
    if byteorder == "big":
        numbers.byteswap()
    return base64.b64encode(numbers.tobytes()).decode("ascii")
