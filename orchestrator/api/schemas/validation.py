"""The request and answer of the endpoint that validates quotations, in the hosted API's form, with our findings besides."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from orchestrator.api.schemas.base import Answer, ModelId, Strict
from orchestrator.api.schemas.services import Quote


class ValidationRequest(Strict):
    """A text whose quotations of the Quran and of hadith are to be validated."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"model": "Fanar-Sadiq-2", "text": "قال تعالى: ﴿إن الله مع الصابرين﴾ [البقرة: 153]"}]}
    )

    model: ModelId
    text: Annotated[str, Field(min_length=1)]


class ValidationAnswer(Answer):
    """The text with every verified quotation between tags. `findings` say of each quotation, verified or not, what was found.

    Their offsets are end-exclusive code points of the text that was sent.
    """

    id: str
    text: str
    findings: list[Quote]
    warnings: list[str]
    versions: dict[str, str]
