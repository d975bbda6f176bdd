"""The request and the answer of POST /v1/moderations, in the hosted API's form and in OpenAI's."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic.config import JsonDict

from orchestrator.api.schemas.base import BRANCH, Answer, ModelId, Strict

MOST_INPUTS = 256
DEFAULT_MODEL = "Fanar-Guard-2"
_NOTHING: JsonDict = {"type": "null"}


class TextInput(Strict):
    """A text among the inputs; pictures are not judged here."""

    type: Literal["text"]
    text: str


def _form(value: object) -> str:
    """Tell a text, texts and parts apart by what stands first."""
    if not isinstance(value, list):
        return f"{BRANCH}text"
    return f"{BRANCH}{'parts' if value and isinstance(value[0], dict) else 'texts'}"


Input = Annotated[
    Annotated[str, Tag("branch:text")]
    | Annotated[list[str], Field(min_length=1, max_length=MOST_INPUTS), Tag("branch:texts")]
    | Annotated[list[TextInput], Field(min_length=1, max_length=MOST_INPUTS), Tag("branch:parts")],
    Discriminator(_form),
]


class ModerationRequest(Strict):
    """A prompt and, where there is one, its response; or, as OpenAI's clients write it, `input`: one or the other."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"model": DEFAULT_MODEL, "prompt": "What is the weather?", "response": "The weather is sunny today."}],
            "oneOf": [
                {"required": ["prompt"], "properties": {"prompt": {"type": "string"}, "input": _NOTHING}},
                {"required": ["input"], "properties": {"input": {"not": _NOTHING}, "prompt": _NOTHING, "response": _NOTHING}},
            ],
        }
    )

    model: ModelId | None = None
    prompt: str | None = None
    response: str | None = None
    input: Input | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.prompt is None) == (self.input is None):
            raise ValueError("send prompt (and response), or input")
        if self.input is not None and self.response is not None:
            raise ValueError("response goes with prompt, not with input")
        return self

    def exchanges(self) -> list[tuple[str, str]]:
        """Return what is to be judged: pairs of a prompt and a response, which may be empty."""
        if self.prompt is not None:
            return [(self.prompt, self.response or "")]
        given = self.input if self.input is not None else ""
        if isinstance(given, str):
            return [(given, "")]
        if any(isinstance(each, TextInput) for each in given):
            # Parts are one text, in OpenAI's form; texts are many.
            return [("\n".join(each.text for each in given if isinstance(each, TextInput)), "")]
        return [(each, "") for each in given if isinstance(each, str)]


class ModerationResult(Answer):
    """What was found of one input. Categories that are not among `categories_supported` are never flagged."""

    flagged: bool
    categories: dict[str, bool]
    category_scores: dict[str, float]
    category_applied_input_types: dict[str, list[str]]


class ModerationAnswer(Answer):
    """How safe it is and how well it fits the culture, 0 to 5, 5 being best; and what was found of each input and of all."""

    id: str
    model: str
    safety: float
    cultural_awareness: float
    flagged: bool
    categories: dict[str, bool]
    category_scores: dict[str, float]
    categories_supported: list[str]
    results: list[ModerationResult]
