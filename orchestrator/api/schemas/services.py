"""The requests and answers of the smaller endpoints: route, search, models; and the form of a quotation, which several share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag, WithJsonSchema

from orchestrator.api.schemas.base import BRANCH, Answer, ModelId, Strict
from orchestrator.api.schemas.messages import Message

EXACT = 2**53  # up to here every JSON reader means the same whole number

CorpusName = Annotated[str, Field(min_length=1, max_length=64)]


def _kind(value: object) -> str:
    return f"{BRANCH}{type(value).__name__}"


Scalar = Annotated[
    Annotated[str, Field(max_length=1000), Tag("branch:str")]
    | Annotated[int, Field(ge=-EXACT, le=EXACT), Tag("branch:int")]
    | Annotated[float, Field(ge=-EXACT, le=EXACT), Tag("branch:float")]
    | Annotated[bool, Tag("branch:bool")],
    Discriminator(_kind),
]
FilterName = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
# Written by hand: JSON Schema takes 0 for an integer and a number, and pydantic leaves open what names besides the pattern's there may be.
_FILTERS = {
    "type": "object",
    "maxProperties": 20,
    "propertyNames": {"maxLength": 64, "pattern": r"^[A-Za-z][A-Za-z0-9_]*$"},
    "additionalProperties": {
        "anyOf": [
            {"type": "string", "maxLength": 1000},
            {"type": "number", "minimum": -EXACT, "maximum": EXACT},
            {"type": "boolean"},
        ]
    },
}
Filters = Annotated[dict[FilterName, Scalar], Field(max_length=20), WithJsonSchema(_FILTERS)]


class RouteRequest(Strict):
    """A conversation of which one wants to know where it would go."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"messages": [{"role": "user", "content": "ما حكم صيام المسافر؟"}]}]})

    messages: Annotated[list[Message], Field(min_length=1)]
    model: ModelId = "Fanar"


class Alternative(Answer):
    """A route that was not taken, and how likely it was."""

    route: str
    confidence: float


class RouteAnswer(Answer):
    """Where a prompt goes and why."""

    route: str
    model: str
    confidence: float
    reasons: list[str]
    alternatives: list[Alternative]


class SearchRequest(Strict):
    """What to look for in which corpora; none named means all."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"query": "صيام المسافر", "corpora": ["quran"], "top_k": 3}]})

    query: Annotated[str, Field(min_length=1, max_length=4000)]
    corpora: Annotated[list[CorpusName], Field(max_length=50)] = Field(default=[])
    filters: Filters = Field(default={})
    top_k: Annotated[int, Field(ge=1, le=100)] = 10


class SearchResult(Answer):
    """A passage found. `confident` says that it is above the calibrated threshold."""

    id: str
    corpus: str
    reference: str
    text: str
    translation: str | None
    url: str | None
    score: float
    confident: bool


class SearchAnswer(Answer):
    """The passages found, best first."""

    results: list[SearchResult]


class WordDifference(Answer):
    """One difference between a quotation and its source."""

    operation: Literal["substituted", "inserted", "deleted", "vowels"]
    start: int
    end: int
    found: str
    expected: str


class Claim(Answer):
    """The reference that the text gives for a quotation."""

    text: str
    start: int
    end: int
    reference: str | None
    correct: bool | None


class Source(Answer):
    """Where a hadith stands: collection, number and the grade that the collection states ("unstated" for none)."""

    corpus: str
    collection: str
    number: str
    reference: str
    grade: str
    chapter: str
    url: str | None


class NarratorChain(Answer):
    """Whom the text names as narrators of a hadith, as written; not judged."""

    text: str
    start: int
    end: int


class Quote(Answer):
    """A quotation found. Offsets are end-exclusive code points of the text that was sent."""

    start: int
    end: int
    type: str
    status: str
    score: float
    reference: str | None
    occurrences: list[str]
    differences: list[WordDifference]
    correction: str | None
    claimed_reference: Claim | None
    sources: list[Source]
    note: str | None
    nearest: str | None
    narrators: NarratorChain | None


class ModelItem(Answer):
    """A model id and what answers to it."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str
    served_by: str


class ModelList(Answer):
    """The models that are there now, in Fanar's form and in OpenAI's."""

    id: str
    object: Literal["list"]
    models: list[ModelItem]
    data: list[ModelItem]
