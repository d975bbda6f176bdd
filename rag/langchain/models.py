"""Language models, ours as LangChain's and LangChain's as ours. Knows nothing of servers."""

# ruff: noqa: ANN401 - the signatures are LangChain's

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing
from typing import Any, cast

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LangSmithParams, LanguageModelInput
from langchain_core.language_models.chat_models import agenerate_from_stream, generate_from_stream
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, ToolCallChunk
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import ConfigDict, Field

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError
from fanar.events import ChoiceFinished, Event, FinishReason, ResponseCompleted, TextDelta, ToolCalled, Usage
from fanar.messages import ChatRequest, Sampling
from fanar.protocols import ChatModel
from rag.langchain.loop import iterate
from rag.langchain.messages import from_langchain, to_langchain

_SAMPLING = ("temperature", "top_p", "max_tokens", "seed", "presence_penalty", "frequency_penalty")
_REASONS: dict[str, FinishReason] = {"stop": "stop", "length": "length", "tool_calls": "tool_calls", "content_filter": "content_filter"}


class ChatFanar(BaseChatModel):
    """Our ChatModel as LangChain's."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    chat_model: Any = Field(exclude=True, description="a fanar.protocols.ChatModel")
    temperature: float | None = None
    max_tokens: int | None = None
    stop: list[str] | None = None

    @property
    def _llm_type(self) -> str:
        return "fanar"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model_name": self.chat_model.name, "temperature": self.temperature, "max_tokens": self.max_tokens}

    def _get_ls_params(self, stop: list[str] | None = None, **kwargs: Any) -> LangSmithParams:
        params = super()._get_ls_params(stop=stop, **kwargs)
        params["ls_model_name"] = str(kwargs.get("model") or self.chat_model.name)
        return params

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """Offer tools to the model; `tool_choice` is a tool's name, "auto", "none" or "required" ("any")."""
        offered = [convert_to_openai_tool(tool) for tool in tools]
        if tool_choice is not None:
            kwargs["tool_choice"] = _choice(tool_choice, {tool["function"]["name"] for tool in offered})
        return cast("Runnable[LanguageModelInput, AIMessage]", self.bind(tools=offered, **kwargs))

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return await agenerate_from_stream(self._astream(messages, stop, run_manager, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        for chunk in iterate(self._chunks(self._request(messages, stop, kwargs))):
            if run_manager:
                run_manager.on_llm_new_token(chunk.text, chunk=chunk)
            yield chunk

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        async for chunk in self._chunks(self._request(messages, stop, kwargs)):
            if run_manager:
                await run_manager.on_llm_new_token(chunk.text, chunk=chunk)
            yield chunk

    def _request(self, messages: list[BaseMessage], stop: list[str] | None, options: dict[str, Any]) -> ChatRequest:
        chosen = {"temperature": self.temperature, "max_tokens": self.max_tokens} | {
            key: options[key] for key in _SAMPLING if key in options
        }
        return ChatRequest(
            messages=from_langchain(messages),
            model=str(options.get("model") or self.chat_model.name),
            sampling=Sampling(**chosen, stop=tuple(stop or self.stop or ())),
            tools=tuple(options.get("tools") or ()),
            tool_choice=options.get("tool_choice"),
            parallel_tool_calls=options.get("parallel_tool_calls"),
            response_format=options.get("response_format"),
        )

    async def _chunks(self, request: ChatRequest) -> AsyncIterator[ChatGenerationChunk]:
        model: ChatModel = self.chat_model
        async for event in model.stream(request):
            match event:
                case TextDelta(text=text):
                    yield _chunk(AIMessageChunk(content=text))
                case ToolCalled(id=id_, name=name, arguments=arguments, by="client", index=index):
                    call = ToolCallChunk(name=name or None, args=arguments, id=id_ or None, index=index)
                    yield _chunk(AIMessageChunk(content="", tool_call_chunks=[call]))
                case ResponseCompleted(model=answered, usage=usage, finish_reason=reason):
                    yield _chunk(_last(answered, usage, reason))
                case _:
                    continue


class LangChainChatModel:
    """LangChain's chat model as ours. `failures` are what it raises when its server cannot be used."""

    def __init__(self, model: BaseChatModel, *, name: str, failures: tuple[type[Exception], ...] = (OSError, TimeoutError)) -> None:
        self._model = model
        self._name = name
        self._failures = failures

    @property
    def name(self) -> str:
        """The id under which its server knows it."""
        return self._name

    async def available(self) -> bool:
        """Always: LangChain's models cannot be asked."""
        return True

    async def stream(self, request: ChatRequest) -> AsyncIterator[Event]:
        """Yield the answer; each further choice is asked for anew. Raises ModelUnavailableError for `failures`."""
        usage = Usage()
        reasons: list[FinishReason] = []
        try:
            for choice in range(request.sampling.n):
                last: AIMessageChunk | None = None
                async with aclosing(cast("Any", self._model.astream(to_langchain(request.messages), **_options(request)))) as chunks:
                    async for chunk in chunks:
                        last = chunk if last is None else last + chunk
                        for event in _events(chunk, choice):
                            yield event
                usage = _summed(usage, last)
                reasons.append(_reason(last))
                yield ChoiceFinished(reasons[-1], choice)
        except self._failures as cause:
            raise ModelUnavailableError(Bilingual("The language model did not answer.", "لم يُجب النموذج اللغوي.")) from cause
        yield ResponseCompleted(self._name, usage, reasons[0])


def _choice(wanted: str, names: set[str]) -> str | dict[str, Any]:
    if wanted in names:
        return {"type": "function", "function": {"name": wanted}}
    return "required" if wanted == "any" else wanted


def _chunk(message: AIMessageChunk) -> ChatGenerationChunk:
    return ChatGenerationChunk(message=message)


def _last(model: str, usage: Usage, reason: FinishReason) -> AIMessageChunk:
    counts = {"input_tokens": usage.prompt_tokens, "output_tokens": usage.completion_tokens, "total_tokens": usage.total_tokens}
    facts = {"finish_reason": reason, "model_name": model}
    return AIMessageChunk(content="", usage_metadata=cast("Any", counts), response_metadata=facts, chunk_position="last")


def _options(request: ChatRequest) -> dict[str, Any]:
    chosen = {key: value for key in _SAMPLING if (value := getattr(request.sampling, key)) is not None}
    optional = {
        "stop": list(request.sampling.stop) or None,
        "tools": [dict(tool) for tool in request.tools] or None,
        "tool_choice": request.tool_choice,
        "parallel_tool_calls": request.parallel_tool_calls,
        "response_format": request.response_format,
    }
    return chosen | {key: value for key, value in optional.items() if value is not None}


def _events(chunk: AIMessageChunk, choice: int) -> Iterator[Event]:
    if text := str(chunk.text):
        yield TextDelta(text, choice)
    for position, call in enumerate(chunk.tool_call_chunks):
        index = call["index"] if isinstance(call["index"], int) else position
        yield ToolCalled(call["id"] or "", call["name"] or "", call["args"] or "", "client", choice, index)


def _reason(message: AIMessageChunk | None) -> FinishReason:
    told = message.response_metadata.get("finish_reason") if message else None
    return _REASONS.get(str(told), "tool_calls" if message and message.tool_call_chunks else "stop")


def _summed(usage: Usage, message: AIMessageChunk | None) -> Usage:
    counts = message.usage_metadata if message else None
    if counts is None:
        return usage
    return Usage(usage.prompt_tokens + counts["input_tokens"], usage.completion_tokens + counts["output_tokens"])
