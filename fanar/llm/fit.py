"""Fits a conversation to a model's context. Knows nothing of tokenizers: it counts conservatively.

The ratio is one token for each three UTF-8 bytes, and one for each digit: three English letters, but only one and a half Arabic ones,
make a token. Tokenizers trained on Arabic need fewer; the error is on the safe side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fanar.messages import ChatMessage, ChatRequest, TextPart

BYTES_PER_TOKEN = 3
MESSAGE_TOKENS = 8
"""What a chat template adds around one message."""
MEDIA_TOKENS = 1024
"""What an image, a sound or a video is counted as."""
ANSWER_SHARE = 4
"""Without max_tokens, one part in this many of the context is left to the answer."""

_DIGITS = b"0123456789"


def estimate_tokens(text: str) -> int:
    """Return how many tokens `text` takes at most, by the stated ratio."""
    encoded = text.encode("utf-8", "surrogatepass")
    rest = len(encoded.translate(None, _DIGITS))
    return len(encoded) - rest + -(-rest // BYTES_PER_TOKEN)


def message_tokens(message: ChatMessage) -> int:
    """Return how many tokens one message takes."""
    media = 0 if isinstance(message.content, str) else sum(not isinstance(part, TextPart) for part in message.content)
    calls = sum(estimate_tokens(call.name + call.arguments) + MESSAGE_TOKENS for call in message.tool_calls)
    return MESSAGE_TOKENS + estimate_tokens(message.text) + media * MEDIA_TOKENS + calls


def fit_messages(messages: Sequence[ChatMessage], *, tokens: int) -> tuple[ChatMessage, ...]:
    """Return the conversation without its oldest turns, so that it takes at most `tokens` if that can be.

    System messages and everything from the last user message on are kept. A turn is a user message with all that answers it: a tool's
    result never loses its call.
    """
    costs = [message_tokens(message) for message in messages]
    excess = sum(costs) - tokens
    dropped: set[int] = set()
    for turn in _turns(messages)[:-1]:
        if excess <= 0:
            break
        dropped.update(turn)
        excess -= sum(costs[i] for i in turn)
    return tuple(message for i, message in enumerate(messages) if i not in dropped)


def fit_request(request: ChatRequest, *, context_tokens: int) -> ChatRequest:
    """Return the request with its history trimmed to the context, room for the answer left."""
    wanted = request.sampling.max_tokens or context_tokens // ANSWER_SHARE
    answer = min(wanted, context_tokens // 2)
    tools = sum(estimate_tokens(str(tool)) for tool in request.tools)
    messages = fit_messages(request.messages, tokens=context_tokens - answer - tools)
    return request if len(messages) == len(request.messages) else replace(request, messages=messages)


def _turns(messages: Sequence[ChatMessage]) -> list[list[int]]:
    """Return the positions of each turn's messages, in order; what stands before the first user message is a turn too."""
    turns: list[list[int]] = [[]]
    for i, message in enumerate(messages):
        if message.role in ("system", "developer"):
            continue
        if message.role in ("user", "thinking_user") and turns[-1]:
            turns.append([])
        turns[-1].append(i)
    return turns
