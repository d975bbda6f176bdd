"""Chat messages as clients write them, OpenAI's form and Fanar's, and how they become ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Protocol

import orjson
from pydantic import Discriminator, Field, Tag

from fanar.messages import AudioPart, ChatMessage, ContentPart, ImagePart, TextPart, ToolCall, VideoPart
from orchestrator.api.schemas.base import BRANCH, Name, Strict

Link = Annotated[str, Field(min_length=1, pattern=r"^(?:https?://|data:)")]
CallId = Annotated[str, Field(min_length=1, max_length=256)]


class TextContent(Strict):
    """A piece of text."""

    type: Literal["text"]
    text: str

    def part(self) -> ContentPart:
        """Return it as ours."""
        return TextPart(self.text)


class RefusalContent(Strict):
    """What a model said when it refused; kept as text of the conversation."""

    type: Literal["refusal"]
    refusal: str

    def part(self) -> ContentPart:
        """Return it as ours."""
        return TextPart(self.refusal)


class ImageLink(Strict):
    """Where an image is."""

    url: Link
    detail: Literal["auto", "low", "high"] | None = None


class ImageContent(Strict):
    """An image by URL or data URL."""

    type: Literal["image_url"]
    image_url: ImageLink

    def part(self) -> ContentPart:
        """Return it as ours."""
        return ImagePart(self.image_url.url, self.image_url.detail)


class PlainLink(Strict):
    """Where a video or a sound is."""

    url: Link


class VideoContent(Strict):
    """A video by URL or data URL."""

    type: Literal["video_url"]
    video_url: PlainLink

    def part(self) -> ContentPart:
        """Return it as ours."""
        return VideoPart(self.video_url.url)


class AudioLinkContent(Strict):
    """A sound by URL or data URL."""

    type: Literal["audio_url"]
    audio_url: PlainLink

    def part(self) -> ContentPart:
        """Return it as ours."""
        return AudioPart(url=self.audio_url.url)


class SoundData(Strict):
    """Sound in base64."""

    data: Annotated[str, Field(min_length=1, pattern=r"^[A-Za-z0-9+/=\s]+$")]
    format: Name


class AudioDataContent(Strict):
    """A sound within the request."""

    type: Literal["input_audio"]
    input_audio: SoundData

    def part(self) -> ContentPart:
        """Return it as ours."""
        return AudioPart(data=self.input_audio.data, format=self.input_audio.format)


def _kind(field: str, value: object) -> str | None:
    found = value.get(field) if isinstance(value, Mapping) else getattr(value, field, None)
    return f"{BRANCH}{found}" if isinstance(found, str) else None


def _form(value: object) -> str | None:
    if isinstance(value, str):
        return f"{BRANCH}text"
    return f"{BRANCH}parts" if isinstance(value, list) else None


def _part_type(value: object) -> str | None:
    return _kind("type", value)


AnyContent = Annotated[
    Annotated[TextContent, Tag("branch:text")]
    | Annotated[ImageContent, Tag("branch:image_url")]
    | Annotated[VideoContent, Tag("branch:video_url")]
    | Annotated[AudioLinkContent, Tag("branch:audio_url")]
    | Annotated[AudioDataContent, Tag("branch:input_audio")],
    Discriminator(_part_type),
]
SaidContent = Annotated[
    Annotated[TextContent, Tag("branch:text")] | Annotated[RefusalContent, Tag("branch:refusal")], Discriminator(_part_type)
]
PlainText = Annotated[
    Annotated[str, Tag("branch:text")] | Annotated[list[TextContent], Field(min_length=1), Tag("branch:parts")], Discriminator(_form)
]
UserText = Annotated[
    Annotated[str, Tag("branch:text")] | Annotated[list[AnyContent], Field(min_length=1), Tag("branch:parts")], Discriminator(_form)
]
SaidText = Annotated[
    Annotated[str, Tag("branch:text")] | Annotated[list[SaidContent], Field(min_length=1), Tag("branch:parts")], Discriminator(_form)
]


class CalledFunction(Strict):
    """The function a model called, in OpenAI's form."""

    name: Name
    arguments: str


class OpenAIToolCall(Strict):
    """A tool call in OpenAI's form."""

    id: CallId
    type: Literal["function"] = "function"
    function: CalledFunction
    index: int | None = None

    def call(self) -> ToolCall:
        """Return it as ours."""
        return ToolCall(self.id, self.function.name, self.function.arguments)


class FanarToolCall(Strict):
    """A tool call in Fanar's form, which may carry its result."""

    id: CallId
    name: Name
    arguments: dict[str, Any]
    result: Any = None
    structured_content: Any = None
    is_error: bool | None = None

    def call(self) -> ToolCall:
        """Return it as ours; the result stands in the conversation anyway."""
        return ToolCall(self.id, self.name, orjson.dumps(self.arguments).decode())


def _call_form(value: object) -> str:
    return f"{BRANCH}openai" if isinstance(value, Mapping) and "function" in value else f"{BRANCH}fanar"


AnyToolCall = Annotated[
    Annotated[OpenAIToolCall, Tag("branch:openai")] | Annotated[FanarToolCall, Tag("branch:fanar")], Discriminator(_call_form)
]


class SystemMessage(Strict):
    """An instruction of the application."""

    role: Literal["system", "developer"]
    content: PlainText
    name: Name | None = None

    def message(self) -> ChatMessage:
        """Return it as ours."""
        return ChatMessage(self.role, _content(self.content), self.name)


class UserMessage(Strict):
    """What the user said or showed."""

    role: Literal["user"]
    content: UserText
    name: Name | None = None

    def message(self) -> ChatMessage:
        """Return it as ours."""
        return ChatMessage("user", _content(self.content), self.name)


class AssistantMessage(Strict):
    """An earlier answer. What our own answers carry besides their text may be sent back with it and is not read again."""

    role: Literal["assistant"]
    content: SaidText | None = None
    name: Name | None = None
    tool_calls: list[AnyToolCall] | None = None
    refusal: str | None = None
    references: list[dict[str, Any]] | None = None
    annotations: list[dict[str, Any]] | None = None
    tool_events: list[dict[str, Any]] | None = None
    provider_specific_fields: dict[str, Any] | None = None  # LiteLLM moves there what it does not know, and sends it back
    audio: None = None
    function_call: None = None

    def message(self) -> ChatMessage:
        """Return it as ours."""
        content = "" if self.content is None else _content(self.content)
        return ChatMessage("assistant", content or self.refusal or "", self.name, tuple(call.call() for call in self.tool_calls or ()))


class ToolMessage(Strict):
    """What a client's tool returned."""

    role: Literal["tool"]
    content: PlainText
    tool_call_id: CallId
    name: Name | None = None

    def message(self) -> ChatMessage:
        """Return it as ours."""
        return ChatMessage("tool", _content(self.content), self.name, tool_call_id=self.tool_call_id)


class ThinkingMessage(Strict):
    """What a model thought before an earlier answer."""

    role: Literal["thinking"]
    content: str

    def message(self) -> ChatMessage:
        """Return it as ours."""
        return ChatMessage("thinking", self.content)


class ThinkingUserMessage(Strict):
    """The question a model was to think about."""

    role: Literal["thinking_user"]
    content: str

    def message(self) -> ChatMessage:
        """Return it as ours."""
        return ChatMessage("thinking_user", self.content)


def _role(value: object) -> str | None:
    return _kind("role", value)


Message = Annotated[
    Annotated[SystemMessage, Tag("branch:system")]
    | Annotated[SystemMessage, Tag("branch:developer")]
    | Annotated[UserMessage, Tag("branch:user")]
    | Annotated[AssistantMessage, Tag("branch:assistant")]
    | Annotated[ToolMessage, Tag("branch:tool")]
    | Annotated[ThinkingMessage, Tag("branch:thinking")]
    | Annotated[ThinkingUserMessage, Tag("branch:thinking_user")],
    Discriminator(_role),
]


class _Piece(Protocol):
    def part(self) -> ContentPart: ...


def _content(content: str | Sequence[_Piece]) -> str | tuple[ContentPart, ...]:
    return content if isinstance(content, str) else tuple(piece.part() for piece in content)
