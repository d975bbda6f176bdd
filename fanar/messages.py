"""What a client asks: chat messages, their parts, and the request around them. Knows nothing of JSON or HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from zoneinfo import ZoneInfo

from fanar.bilingual import Language
from fanar.files import Attached

Role = Literal["system", "developer", "user", "assistant", "tool", "thinking", "thinking_user"]
Madhab = Literal["hanafi", "maliki", "shafii", "hanbali"]


@dataclass(frozen=True, slots=True)
class TextPart:
    """A piece of text within a message."""

    text: str


@dataclass(frozen=True, slots=True)
class ImagePart:
    """An image within a message: an http(s) or data URL."""

    url: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class AudioPart:
    """Sound within a message: base64 data and its format, or an http(s) or data URL."""

    data: str | None = None
    format: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class VideoPart:
    """A video within a message: an http(s) or data URL."""

    url: str


ContentPart = TextPart | ImagePart | AudioPart | VideoPart


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call of a client's function, asked for by a model; `arguments` is the JSON text the model wrote."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One turn of a conversation."""

    role: Role
    content: str | tuple[ContentPart, ...]
    name: str | None = None
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str | None = None

    @property
    def text(self) -> str:
        """The text of the message; parts that are not text are left out."""
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content if isinstance(part, TextPart))


@dataclass(frozen=True, slots=True)
class Sampling:
    """How a model samples. `None` leaves the choice to the model's server; `extra` holds the vLLM fields of the contract by name."""

    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    stop: tuple[str, ...] = ()
    seed: int | None = None
    n: int = 1
    presence_penalty: float | None = None
    frequency_penalty: float | None = None
    logprobs: bool = False
    top_logprobs: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceFilter:
    """Which sources an answer may rest on; empty tuples constrain nothing."""

    book_names: tuple[str, ...] = ()
    preferred: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    madhabs: tuple[Madhab, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """A conversation that wants its next turn. `tools`, `tool_choice` and `response_format` are kept as the client's JSON."""

    messages: tuple[ChatMessage, ...]
    model: str = "Fanar"
    sampling: Sampling = field(default_factory=Sampling)
    tools: tuple[Mapping[str, Any], ...] = ()
    tool_choice: str | Mapping[str, Any] | None = None
    parallel_tool_calls: bool | None = None
    response_format: Mapping[str, Any] | None = None
    enable_thinking: bool = False
    sources: SourceFilter = field(default_factory=SourceFilter)
    persona: str | None = None
    restrict_to_islamic: bool = False
    user: str | None = None
    time_zone: ZoneInfo | None = None
    """Whose today is meant; None is the server's."""
    language: Language = "en"
    """In which the asker reads what is said about an answer; the answer itself keeps to the language of the question."""
    attached: Attached | None = None
    """The files that the answer is to rest on, and on nothing else."""
    streamed: bool = True
    """Whether somebody sees the pieces as they come. Otherwise an answer that broke off may be begun again."""

    @property
    def prompt(self) -> str:
        """The text of the last user message, or the empty string."""
        return next((m.text for m in reversed(self.messages) if m.role == "user"), "")
