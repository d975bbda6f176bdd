"""The implementations of ChatModel, each told what to answer in its own way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from fanar.llm.connections import model_connections
from fanar.llm.openai import OpenAIChatModel
from fanar.llm.scripted import Rule, ScriptedCall, ScriptedChatModel
from fanar.protocols import ChatModel
from fanar.settings import ModelSettings
from orchestrator.bootstrap.backends import guarded
from orchestrator.models import LanguageModels, SeatedModel
from rag.langchain.models import ChatFanar, LangChainChatModel
from tests.fakes.upstream import Behaviour, upstream


@dataclass(frozen=True)
class Answer:
    """What a model is to answer."""

    text: str = "سلام عليكم and welcome"
    tools: tuple[tuple[str, str], ...] = ()
    error: str | None = None
    endless: bool = False


Speaking = Callable[[Answer], Awaitable[ChatModel]]


async def _scripted(_stack: AsyncExitStack, answer: Answer) -> ChatModel:
    calls = tuple(ScriptedCall(name=name, arguments=arguments) for name, arguments in answer.tools)
    text = answer.text * 10_000 if answer.endless else answer.text
    return ScriptedChatModel([Rule(reply=text, tool_calls=calls, error=answer.error)])


_STATUS = {None: 200, "unavailable": 500, "timeout": 504, "overloaded": 503, "unprocessable": 422}


async def _openai(stack: AsyncExitStack, answer: Answer) -> ChatModel:
    behaviour = Behaviour(
        reply=answer.text,
        tool_calls=answer.tools,
        finish="tool_calls" if answer.tools else "stop",
        status=_STATUS[answer.error],
        hangs=answer.endless,
        done=not answer.endless,
    )
    server = await stack.enter_async_context(upstream(behaviour))
    connections = await stack.enter_async_context(model_connections())
    return OpenAIChatModel(connections=connections, settings=ModelSettings(url=server.url))


async def _seated(stack: AsyncExitStack, answer: Answer) -> ChatModel:
    return SeatedModel(LanguageModels({"prime": await _scripted(stack, answer)}), preferred="star")


async def _langchain(stack: AsyncExitStack, answer: Answer) -> ChatModel:
    return LangChainChatModel(ChatFanar(chat_model=await _scripted(stack, answer)), name="langchain")


async def _backend(stack: AsyncExitStack, answer: Answer) -> ChatModel:
    return guarded(await _openai(stack, answer), ModelSettings())


IMPLEMENTATIONS = {"backend": _backend, "langchain": _langchain, "openai": _openai, "scripted": _scripted, "seated": _seated}


@asynccontextmanager
async def speaking(implementation: str) -> AsyncIterator[Speaking]:
    """Give a function that makes a model of this implementation."""
    async with AsyncExitStack() as stack:
        make = IMPLEMENTATIONS[implementation]
        yield lambda answer: make(stack, answer)
