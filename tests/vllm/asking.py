"""Asks a model server through our own client, and reads what came back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fanar.events import ChoiceFinished, Event, ResponseCompleted, TextDelta, ToolCalled
from fanar.llm.connections import model_connections
from fanar.llm.openai import OpenAIChatModel
from fanar.messages import ChatMessage, ChatRequest, Sampling
from fanar.settings import ModelSettings
from tests.vllm.servers import CONTEXT

QUESTION = "قل شيئا"
SPECIAL_TOKENS = 6


@asynccontextmanager
async def client(url: str, **settings: Any) -> AsyncIterator[OpenAIChatModel]:
    """Give our client of the server at `url`, as the platform makes it."""
    options: dict[str, Any] = {"url": url, "context_tokens": CONTEXT} | settings
    async with model_connections() as connections:
        yield OpenAIChatModel(connections=connections, settings=ModelSettings(**options))


def asking(text: str = QUESTION, *, max_tokens: int = 12, request: dict[str, Any] | None = None, **sampling: Any) -> ChatRequest:
    """Return a request for a short answer."""
    return ChatRequest((ChatMessage("user", text),), sampling=Sampling(max_tokens=max_tokens, **sampling), **(request or {}))


async def answered(model: OpenAIChatModel, request: ChatRequest) -> list[Event]:
    """Return all events of the answer."""
    return [event async for event in model.stream(request)]


async def told(model: OpenAIChatModel, request: ChatRequest) -> str:
    """Return the text of the answer's first choice."""
    return text_of(await answered(model, request))


def text_of(events: Sequence[Event], choice: int = 0) -> str:
    """Return the text of one choice."""
    return "".join(event.text for event in events if isinstance(event, TextDelta) and event.choice == choice)


def reasons(events: Sequence[Event]) -> dict[int, str]:
    """Return why each choice ended."""
    return {event.choice: event.reason for event in events if isinstance(event, ChoiceFinished)}


def calls(events: Sequence[Event]) -> list[tuple[str, str]]:
    """Return the tool calls of the answer, each with its arguments put together."""
    pieces = [event for event in events if isinstance(event, ToolCalled)]
    named = {event.index: event.name for event in pieces if event.name}
    return [(name, "".join(event.arguments for event in pieces if event.index == index)) for index, name in named.items()]


def completed(events: Sequence[Event]) -> ResponseCompleted:
    """Return the last event."""
    last = events[-1]
    assert isinstance(last, ResponseCompleted)
    return last


def token_of_byte(byte: int) -> int:
    """Return the tiny checkpoint's token of one byte: special tokens come first, then the bytes in the order of their printable forms."""
    printable = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [b for b in range(256) if b not in printable]
    forms = {b: chr(b) for b in printable} | {b: chr(256 + position) for position, b in enumerate(others)}
    return SPECIAL_TOKENS + sorted(forms.values()).index(forms[byte])
