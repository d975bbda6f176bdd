"""The request and the answer of POST /v1/tokens."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from orchestrator.api.schemas.base import Answer, ModelId, Strict


class TokensRequest(Strict):
    """A text whose tokens are to be counted, and the model that counts."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"content": "السلام عليكم", "model": "Fanar-C-2-27B"}]})

    content: Annotated[str, Field(min_length=1)]
    model: ModelId


class TokensAnswer(Answer):
    """The count, and how many tokens a request to the model may have."""

    id: str
    tokens: int
    max_request_tokens: int
