"""The request of POST /v1/chat/completions: the contract's fields, OpenAI's besides, and how they become ours."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Discriminator, Field, JsonValue, Tag

from fanar.files import Attached
from fanar.messages import ChatRequest, Madhab, Sampling, SourceFilter
from orchestrator.api.pages import OwnId
from orchestrator.api.schemas.base import BRANCH, ModelId, Name, Strict
from orchestrator.api.schemas.calendar import ZoneName
from orchestrator.api.schemas.messages import Message
from rag.islamic.prayer.inquiry import zone_named

Text = Annotated[str, Field(min_length=1, max_length=256)]
Sources = Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(max_length=600)]
Tokens = Annotated[int, Field(ge=1, le=1_000_000)]
Alternatives = Annotated[int, Field(ge=0, le=20)]
Penalty = Annotated[float, Field(ge=-2, le=2)]
TokenIds = Annotated[list[Annotated[int, Field(ge=0, le=2**31 - 1)]], Field(max_length=64)]
# Without the last word the document would leave open what other names there may be.
Biases = Annotated[
    dict[Annotated[str, Field(pattern=r"^[0-9]{1,10}$")], Annotated[float, Field(ge=-100, le=100)]],
    Field(json_schema_extra={"additionalProperties": False}),
]
MADHABS: tuple[Madhab, ...] = ("hanafi", "maliki", "shafii", "hanbali")

# The vLLM fields of the contract: they mean something to the model's server only, so they travel by name.
_EXTRA = (
    "logit_bias",
    "best_of",
    "top_k",
    "min_p",
    "repetition_penalty",
    "length_penalty",
    "early_stopping",
    "stop_token_ids",
    "ignore_eos",
    "min_tokens",
    "skip_special_tokens",
    "spaces_between_special_tokens",
    "truncate_prompt_tokens",
    "prompt_logprobs",
)
_EXAMPLES: list[JsonValue] = [
    {"model": "Fanar", "messages": [{"role": "user", "content": "ما حكم صيام المسافر؟"}]},
    {"model": "Fanar-C-2-27B", "messages": [{"role": "user", "content": "Prove that √2 is irrational."}], "stream": True},
]


class Function(Strict):
    """A function of the client that a model may call."""

    name: Name
    description: str | None = None
    parameters: dict[str, Any] | None = None
    strict: bool | None = None


class Tool(Strict):
    """A tool of the client."""

    type: Literal["function"]
    function: Function


class NamedFunction(Strict):
    """The name of a function."""

    name: Name


class NamedTool(Strict):
    """The tool that must be called."""

    type: Literal["function"]
    function: NamedFunction


class JsonSchema(Strict):
    """The shape an answer must have."""

    name: Name
    description: str | None = None
    schema_: dict[str, Any] | None = Field(default=None, alias="schema")
    strict: bool | None = None


class ResponseFormat(Strict):
    """The form an answer must have."""

    type: Literal["text", "json_object", "json_schema"]
    json_schema: JsonSchema | None = None


class StreamOptions(Strict):
    """What a stream carries besides the answer."""

    include_usage: bool | None = None


def _form(value: object) -> str:
    return f"{BRANCH}text" if isinstance(value, str) else f"{BRANCH}other"


ToolChoice = Annotated[
    Annotated[Literal["none", "auto", "required"], Tag("branch:text")] | Annotated[NamedTool, Tag("branch:other")], Discriminator(_form)
]
Stop = Annotated[
    Annotated[Text, Tag("branch:text")] | Annotated[list[Text], Field(max_length=4), Tag("branch:other")], Discriminator(_form)
]


class ChatCompletionRequest(Strict):
    """A conversation that wants its next turn."""

    model_config = ConfigDict(json_schema_extra={"examples": _EXAMPLES})

    messages: Annotated[list[Message], Field(min_length=1)]
    model: ModelId
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    user: Annotated[str, Field(max_length=256)] | None = None

    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(gt=0, le=1)] | None = None
    max_tokens: Tokens | None = None
    max_completion_tokens: Tokens | None = None
    n: Annotated[int, Field(ge=1, le=16)] | None = None
    stop: Stop | None = None
    seed: Annotated[int, Field(ge=-(2**63), le=2**63 - 1)] | None = None
    frequency_penalty: Penalty | None = None
    presence_penalty: Penalty | None = None
    logprobs: bool | None = None
    top_logprobs: Alternatives | None = None
    tools: Annotated[list[Tool], Field(max_length=128)] | None = None
    tool_choice: ToolChoice | None = None
    parallel_tool_calls: bool | None = None
    response_format: ResponseFormat | None = None
    enable_thinking: bool | None = None

    logit_bias: Biases | None = None
    best_of: Annotated[int, Field(ge=1, le=16)] | None = None
    top_k: Annotated[int, Field(ge=-1, le=1_000_000)] | None = None
    min_p: Annotated[float, Field(ge=0, le=1)] | None = None
    repetition_penalty: Annotated[float, Field(gt=0, le=2)] | None = None
    length_penalty: Annotated[float, Field(ge=-10, le=10)] | None = None
    early_stopping: bool | None = None
    stop_token_ids: TokenIds | None = None
    ignore_eos: bool | None = None
    min_tokens: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    skip_special_tokens: bool | None = None
    spaces_between_special_tokens: bool | None = None
    truncate_prompt_tokens: Tokens | None = None
    prompt_logprobs: Alternatives | None = None

    book_names: Sources | None = None
    preferred_sources: Sources | None = None
    exclude_sources: Sources | None = None
    filter_sources: Sources | None = None
    madhab: Annotated[list[Literal["all", "hanafi", "maliki", "shafii", "hanbali"]], Field(max_length=5)] | None = None
    persona: Annotated[str, Field(max_length=2000)] | None = None
    restrict_to_islamic: bool | None = None

    time_zone: ZoneName | None = Field(default=None, description="Whose today is meant; empty means the server's")
    files: Annotated[list[OwnId], Field(max_length=20)] | None = Field(
        default=None, description="Files that the answer is to rest on alone"
    )
    collections: Annotated[list[OwnId], Field(max_length=5)] | None = Field(default=None, description="Collections of files, likewise")

    @property
    def names_files(self) -> bool:
        """Whether the answer is to rest on files."""
        return bool(self.files or self.collections)

    def attached(self, owner: str) -> Attached | None:
        """Return the files that are meant, of this owner."""
        return Attached(owner, tuple(self.files or ()), tuple(self.collections or ())) if self.names_files else None

    def request(self) -> ChatRequest:
        """Return it as ours. Raises UnprocessableError for a time zone that there is not."""
        return ChatRequest(
            messages=tuple(message.message() for message in self.messages),
            model=self.model,
            sampling=self._sampling(),
            tools=tuple(tool.model_dump(exclude_unset=True, by_alias=True) for tool in self.tools or ()),
            tool_choice=_as_json(self.tool_choice),
            parallel_tool_calls=self.parallel_tool_calls,
            response_format=self.response_format.model_dump(exclude_unset=True, by_alias=True) if self.response_format else None,
            enable_thinking=bool(self.enable_thinking),
            sources=self._sources(),
            persona=self.persona,
            restrict_to_islamic=bool(self.restrict_to_islamic),
            user=self.user,
            time_zone=zone_named(self.time_zone) if self.time_zone else None,
            streamed=bool(self.stream),
        )

    def _sampling(self) -> Sampling:
        return Sampling(
            temperature=self.temperature,
            top_p=self.top_p,
            max_tokens=self.max_completion_tokens if self.max_tokens is None else self.max_tokens,
            stop=(self.stop,) if isinstance(self.stop, str) else tuple(self.stop or ()),
            seed=self.seed,
            n=self.n or 1,
            presence_penalty=self.presence_penalty,
            frequency_penalty=self.frequency_penalty,
            logprobs=bool(self.logprobs),
            top_logprobs=self.top_logprobs,
            extra=self._extra(),
        )

    def _extra(self) -> dict[str, Any]:
        # What asks for nothing is left out: not every server knows these fields.
        neutral = {"best_of": self.n or 1, "early_stopping": False, "length_penalty": 1.0}
        return {name: value for name in _EXTRA if (value := getattr(self, name)) is not None and value != neutral.get(name)}

    def _sources(self) -> SourceFilter:
        chosen = self.madhab or []
        return SourceFilter(
            book_names=tuple(self.book_names or ()),
            preferred=tuple(self.preferred_sources or ()),
            excluded=tuple(self.exclude_sources or ()),
            only=tuple(self.filter_sources or ()),
            madhabs=() if "all" in chosen else tuple(madhab for madhab in MADHABS if madhab in chosen),
        )


def _as_json(choice: str | NamedTool | None) -> str | dict[str, Any] | None:
    return choice.model_dump(exclude_unset=True) if isinstance(choice, NamedTool) else choice
