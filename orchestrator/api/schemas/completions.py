"""The answers of POST /v1/chat/completions, whole and in chunks. The API writes them by hand for speed; the tests hold it to these."""

from __future__ import annotations

from typing import Any, Literal

from orchestrator.api.schemas.base import Answer


class Reference(Answer):
    """A source of the answer. `index` is the code point of the text where its marker stands."""

    index: int
    number: int
    source: str
    content: str
    corpus: str
    reference: str
    translation: str | None = None
    url: str | None = None


class FunctionCall(Answer):
    """The function that a model wants called."""

    name: str
    arguments: str


class ClientToolCall(Answer):
    """A call that the client is to make."""

    id: str
    type: Literal["function"]
    function: FunctionCall


class CompletionMessage(Answer):
    """The answer's text, sources and tool calls."""

    role: Literal["assistant"]
    content: str | None
    references: list[Reference] | None = None
    tool_calls: list[ClientToolCall] | None = None


class Choice(Answer):
    """One answer."""

    index: int
    message: CompletionMessage
    finish_reason: Literal["stop", "length", "tool_calls", "content_filter"]
    logprobs: dict[str, Any] | None = None


class Usage(Answer):
    """Tokens as the serving model counted them."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatCompletion(Answer):
    """A whole answer. `metadata.routing` says which route and model answered, and why."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    metadata: dict[str, Any]


class ProgressMessage(Answer):
    """A step of the work, in both languages."""

    en: str
    ar: str


class Progress(Answer):
    """The step that began."""

    message: ProgressMessage


class Delta(Answer):
    """What a chunk adds to an answer."""

    role: Literal["assistant"] | None = None
    content: str | None = None
    tool_calls: list[dict[str, Any]] | None = None
    references: list[Reference] | None = None


class ChunkChoice(Answer):
    """What a chunk adds to one answer."""

    index: int
    delta: Delta
    finish_reason: Literal["stop", "length", "tool_calls", "content_filter"] | None = None
    logprobs: dict[str, Any] | None = None


class ChatCompletionChunk(Answer):
    """One event of a stream; after the last one comes `data: [DONE]`. A failure is a frame `{"error": {…}}`."""

    id: str
    object: Literal["chat.completion.chunk"]
    created: int
    model: str
    choices: list[ChunkChoice]
    progress: Progress | None = None
    tool_events: list[dict[str, Any]] | None = None
    usage: Usage | None = None
    metadata: dict[str, Any] | None = None


class ErrorDetail(Answer):
    """What went wrong. `param` names the field at fault, `type` the filter that blocked."""

    code: str
    message: str
    status: int
    param: str | None = None
    type: Literal["safety", "blocklist", "incomplete"] | None = None


class ErrorEnvelope(Answer):
    """The form of every failure."""

    error: ErrorDetail
