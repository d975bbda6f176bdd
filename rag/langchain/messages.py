"""Turns of a conversation, ours and LangChain's, each as the other's. Knows nothing of models."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

from fanar.messages import AudioPart, ChatMessage, ContentPart, ImagePart, Role, TextPart, ToolCall, VideoPart

_ROLES: dict[str, Role] = {"system": "system", "human": "user", "ai": "assistant", "tool": "tool"}


def from_langchain(messages: Sequence[BaseMessage]) -> tuple[ChatMessage, ...]:
    """Return LangChain's messages as ours; a kind that is neither of the four speaks as the user."""
    return tuple(_ours(message) for message in messages)


def to_langchain(messages: Sequence[ChatMessage]) -> list[BaseMessage]:
    """Return our messages as LangChain's; what a model only thought is left out."""
    return [_theirs(message) for message in messages if message.role not in ("thinking", "thinking_user")]


def _ours(message: BaseMessage) -> ChatMessage:
    calls: tuple[ToolCall, ...] = ()
    if isinstance(message, AIMessage):
        calls = tuple(ToolCall(call["id"] or "", call["name"], json.dumps(call["args"], ensure_ascii=False)) for call in message.tool_calls)
    return ChatMessage(
        role=_ROLES.get(message.type, "user"),
        content=message.content if isinstance(message.content, str) else _parts(message.content),
        name=message.name,
        tool_calls=calls,
        tool_call_id=message.tool_call_id if isinstance(message, ToolMessage) else None,
    )


def _parts(content: Sequence[str | dict[Any, Any]]) -> tuple[ContentPart, ...]:
    found: list[ContentPart] = []
    for block in content:
        if isinstance(block, str):
            found.append(TextPart(block))
        elif block.get("type") == "text":
            found.append(TextPart(str(block.get("text", ""))))
        elif block.get("type") == "image_url":
            image = block.get("image_url")
            found.append(ImagePart(str(image.get("url", "")) if isinstance(image, dict) else str(image)))
    return tuple(found)


def _theirs(message: ChatMessage) -> BaseMessage:
    content: Any = message.content if isinstance(message.content, str) else [_block(part) for part in message.content]
    if message.role == "assistant":
        calls = [{"id": call.id, "name": call.name, "args": _arguments(call.arguments), "type": "tool_call"} for call in message.tool_calls]
        return AIMessage(content, name=message.name, tool_calls=calls)
    if message.role == "tool":
        return ToolMessage(content, tool_call_id=message.tool_call_id or "", name=message.name)
    if message.role == "user":
        return HumanMessage(content, name=message.name)
    return SystemMessage(content, name=message.name)


def _arguments(text: str) -> dict[str, Any]:
    try:
        arguments = json.loads(text)
    except ValueError:
        return {}
    return arguments if isinstance(arguments, dict) else {}


def _block(part: ContentPart) -> dict[str, Any]:
    match part:
        case TextPart(text):
            return {"type": "text", "text": text}
        case ImagePart(url):
            return {"type": "image_url", "image_url": {"url": url}}
        case AudioPart(data, format_, url):
            return {"type": "input_audio", "input_audio": {"data": data or url, "format": format_}}
        case VideoPart(url):
            return {"type": "video_url", "video_url": {"url": url}}
