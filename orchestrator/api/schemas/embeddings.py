"""The request and the answer of POST /v1/embeddings, in OpenAI's form."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag

from fanar.llm.embeddings import EmbeddingInput
from orchestrator.api.schemas.base import BRANCH, Answer, ModelId, Strict

MOST_INPUTS = 2048
MOST_TOKENS = 8192


def _form(value: object) -> str:
    """Tell a text, texts, ids of tokens and several lists of these apart by what stands first."""
    if not isinstance(value, list):
        return f"{BRANCH}text"
    first = value[0] if value else None
    kind = "many" if isinstance(first, list) else "texts" if isinstance(first, str) else "tokens"
    return f"{BRANCH}{kind}"


Text = Annotated[str, Field(min_length=1)]
TokenIds = Annotated[list[Annotated[int, Field(ge=0, le=2**31 - 1)]], Field(min_length=1, max_length=MOST_TOKENS)]
Input = Annotated[
    Annotated[Text, Tag("branch:text")]
    | Annotated[list[Text], Field(min_length=1, max_length=MOST_INPUTS), Tag("branch:texts")]
    | Annotated[TokenIds, Tag("branch:tokens")]
    | Annotated[list[TokenIds], Field(min_length=1, max_length=MOST_INPUTS), Tag("branch:many")],
    Discriminator(_form),
]


class EmbeddingRequest(Strict):
    """Texts, or the ids of their tokens, that are to become vectors."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"model": "fanar-embedder", "input": ["الصبر", "patience"]}]})

    model: ModelId
    input: Input
    encoding_format: Literal["float", "base64"] | None = None
    dimensions: Annotated[int, Field(ge=1, le=65_536)] | None = None
    user: Annotated[str, Field(max_length=256)] | None = None

    def inputs(self) -> list[EmbeddingInput]:
        """Return what is to be embedded, one by one."""
        if isinstance(self.input, str):
            return [self.input]
        if isinstance(self.input[0], int):
            return [tuple(number for number in self.input if isinstance(number, int))]
        return [each if isinstance(each, str) else tuple(each) for each in self.input if not isinstance(each, int)]


class EmbeddingItem(Answer):
    """One vector: numbers, or their 32-bit little-endian bytes in base64."""

    object: Literal["embedding"]
    index: int
    embedding: list[float] | str


class EmbeddingUsage(Answer):
    """Tokens as the model counted them; our own embedder counts words."""

    prompt_tokens: int
    total_tokens: int


class EmbeddingList(Answer):
    """The vectors in the order of the inputs. `system_fingerprint` names the weights: vectors of different ones do not compare."""

    id: str
    object: Literal["list"]
    model: str
    data: list[EmbeddingItem]
    usage: EmbeddingUsage
    system_fingerprint: str | None = None
