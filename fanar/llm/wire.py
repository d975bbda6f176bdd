"""Writes a chat request as the JSON of an OpenAI-compatible server. Knows nothing of connections or of answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

import orjson

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.messages import AudioPart, ChatMessage, ChatRequest, ContentPart, ImagePart, Role, Sampling, TextPart, ToolCall, VideoPart

# Chat templates know four roles. A developer is the system to them, and past reasoning is no part of the conversation.
_ROLES: dict[Role, str | None] = {
    "system": "system",
    "developer": "system",
    "user": "user",
    "thinking_user": "user",
    "assistant": "assistant",
    "tool": "tool",
    "thinking": None,
}


def request_body(request: ChatRequest, *, model: str) -> dict[str, Any]:
    """Return the body that asks `model` for its answer; what the request leaves open is left to the server."""
    fields = {
        **_sampling(request.sampling),
        **(_tools(request) if request.tools else {}),
        "response_format": request.response_format,
        "user": request.user,
        # Sent only when asked for: servers that do not know the field refuse it.
        "chat_template_kwargs": {"enable_thinking": True} if request.enable_thinking else None,
        "model": model,
        "messages": [_message(m, role) for m in request.messages if (role := _ROLES[m.role])],
        "stream": request.streamed,
        "stream_options": {"include_usage": True} if request.streamed else None,
    }
    return _given(request.sampling.extra) | _given(fields)


def encode(body: dict[str, Any]) -> bytes:
    """Return the body as bytes. Raises UnprocessableError for what JSON cannot carry (half surrogates, huge numbers)."""
    try:
        return orjson.dumps(body)
    except orjson.JSONEncodeError as cause:
        raise UnprocessableError(
            Bilingual("The request holds text or numbers that JSON cannot carry.", "في الطلب نص أو أرقام لا يمكن تمثيلها في JSON."),
            param="messages",
        ) from cause


def _given(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _sampling(sampling: Sampling) -> dict[str, Any]:
    return {
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "max_tokens": sampling.max_tokens,
        "stop": list(sampling.stop) or None,
        "seed": sampling.seed,
        "n": sampling.n if sampling.n > 1 else None,
        "presence_penalty": sampling.presence_penalty,
        "frequency_penalty": sampling.frequency_penalty,
        "logprobs": sampling.logprobs or None,
        "top_logprobs": sampling.top_logprobs,
    }


def _tools(request: ChatRequest) -> dict[str, Any]:
    # Without tools these say nothing, and servers refuse them.
    return {"tools": list(request.tools), "tool_choice": request.tool_choice, "parallel_tool_calls": request.parallel_tool_calls}


def _message(message: ChatMessage, role: str) -> dict[str, Any]:
    content = message.content if isinstance(message.content, str) else [_part(part) for part in message.content]
    fields = {
        "role": role,
        "content": content,
        "name": message.name,
        "tool_calls": [_tool_call(call) for call in message.tool_calls] or None,
        "tool_call_id": message.tool_call_id,
    }
    return _given(fields)


def _tool_call(call: ToolCall) -> dict[str, Any]:
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}


def _part(part: ContentPart) -> dict[str, Any]:
    match part:
        case TextPart(text):
            return {"type": "text", "text": text}
        case ImagePart(url, detail):
            return {"type": "image_url", "image_url": {"url": url, "detail": detail} if detail else {"url": url}}
        case AudioPart(url=str() as url):
            return {"type": "audio_url", "audio_url": {"url": url}}
        case AudioPart(data, form):
            return {"type": "input_audio", "input_audio": {"data": data, "format": form}}
        case VideoPart(url):
            return {"type": "video_url", "video_url": {"url": url}}
        case _:
            assert_never(part)
