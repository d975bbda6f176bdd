"""What the tools return, as schemas that assistants are shown; and answers of the API read as them. Knows nothing of MCP."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError
from orchestrator.api.schemas.completions import ChatCompletion, Reference

Shape = TypeVar("Shape", bound=BaseModel)

_FOREIGN = Bilingual(
    "The server's answer is not one of this API: --server or FANAR_BASE_URL must name a Fanar server.",
    "جواب الخادم ليس من هذه الواجهة: يجب أن يشير --server أو FANAR_BASE_URL إلى خادم فنار.",
)


class Answered(BaseModel):
    """An answer with its sources."""

    answer: str = Field(description="The answer. Verses in it are verbatim.")
    references: list[Reference] = Field(description="The passages that the answer cites; `number` is the number in the text.")
    model: str = Field(description="What really answered.")
    routing: dict[str, Any] = Field(description="Which route was taken, how sure that was, and why.")
    finish_reason: str = Field(description="`stop` when the answer is whole, `length` when it was cut, `content_filter` when blocked.")


def read_as(shape: type[Shape], body: dict[str, Any]) -> Shape:
    """Return an answer of the API as `shape`. Raises ModelUnavailableError when it is something else."""
    try:
        return shape.model_validate(body)
    except ValidationError as cause:
        raise ModelUnavailableError(_FOREIGN) from cause


def answered(body: dict[str, Any]) -> Answered:
    """Return a chat completion as what `ask` returns. Raises ModelUnavailableError when it is no completion with an answer."""
    completion = read_as(ChatCompletion, body)
    if not completion.choices:
        raise ModelUnavailableError(_FOREIGN)
    choice = completion.choices[0]
    return Answered(
        answer=choice.message.content or "",
        references=choice.message.references or [],
        model=completion.model,
        routing=completion.metadata.get("routing") or {},
        finish_reason=choice.finish_reason,
    )
