"""Events as the chunks of the contract, in an order every client bears. Knows nothing of connections."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import Any

from fanar.bilingual import Language
from fanar.errors import FanarError
from fanar.events import AudioDelta, ContentBlocked, Event, ImageCreated, ProgressReported, ResponseCompleted, TextDelta, ToolCalled
from orchestrator.api.answer import AnswerState, tool_event
from orchestrator.api.errors import envelope
from orchestrator.api.wire import json_event

Json = dict[str, Any]

DONE = b"data: [DONE]\n\n"
KEEP_ALIVE = b": keep-alive\n\n"


class ChunkWriter:
    """Writes one stream. The first delta of each choice bears the role; chunks without a choice have `choices: []`.

    `contract_tools` writes the platform's own tool calls in the hosted API's form, which clients without that knowledge would execute.
    """

    def __init__(
        self,
        *,
        id: str,  # noqa: A002  (the contract's word)
        created: int,
        model: str,
        choices: int = 1,
        include_usage: bool = False,
        contract_tools: bool = False,
    ) -> None:
        self.id = id
        self.created = created
        self.model = model
        self._base: Json = {"id": id, "object": "chat.completion.chunk", "created": created, "model": model}
        self._include_usage = include_usage
        self._contract_tools = contract_tools
        self._state = AnswerState(wanted=choices)
        self._begun: set[int] = set()

    def frames(self, event: Event) -> Iterator[bytes]:
        """Yield the frames for the next event; for many an event there is none."""
        known = {index: set(choice.calls) for index, choice in self._state.choices.items()} if isinstance(event, ToolCalled) else {}
        self._state.add(event)
        match event:
            case TextDelta(text=text, choice=choice, logprobs=logprobs):
                yield self._delta(choice, {"content": text}, logprobs=logprobs)
            case ImageCreated():
                yield self._delta(0, {"content": self._state.choices[0].text[-1]})
            case AudioDelta(audio=audio):
                yield self._delta(0, {"audio": {"id": self.id, "data": base64.b64encode(audio.data).decode("ascii")}})
            case ToolCalled(by="client"):
                yield self._delta(event.choice, {"tool_calls": [_call(event, first=event.index not in known.get(event.choice, ()))]})
            case ToolCalled():
                yield from self._server_tool(event)
            case ProgressReported(message=message):
                yield self._frame({"choices": [], "progress": {"message": {"en": message.en, "ar": message.ar}}})
            case ResponseCompleted():
                yield from self._last(event)
            case ContentBlocked() | _:
                return

    def failure(self, error: FanarError, language: Language) -> bytes:
        """Return the frame that ends a stream that failed."""
        return json_event({**self._base, "choices": [], **envelope(error, language)})

    def _last(self, event: ResponseCompleted) -> Iterator[bytes]:
        self._base["model"] = event.model
        choices = []
        for index, choice in sorted(self._state.choices.items()):
            delta = {**self._role(index), **({"references": self._state.references} if index == 0 else {})}
            choices.append({"index": index, "delta": delta, "finish_reason": self._state.reason_of(choice)})
        # Usage stands in one chunk only: clients add up what they find.
        usage = None if self._include_usage else self._state.usage
        yield self._frame({"choices": choices, "usage": usage, "metadata": self._state.metadata})
        if self._include_usage:
            yield self._frame({"choices": [], "usage": self._state.usage})

    def _server_tool(self, event: ToolCalled) -> Iterator[bytes]:
        if not self._contract_tools:
            yield self._frame({"choices": [], "tool_events": [tool_event(event)]})
            return
        call = {"index": event.index, "id": event.id, "type": "function", "function": {"name": event.name, "arguments": event.arguments}}
        yield self._delta(event.choice, {"tool_calls": [call]})
        if event.result is not None:
            result = {"id": event.id, "name": event.name, "result": event.result, "is_error": False}
            yield self._delta(event.choice, {"tool_result": result})

    def _delta(self, choice: int, delta: Json, *, logprobs: Mapping[str, Any] | None = None) -> bytes:
        body: Json = {"index": choice, "delta": {**self._role(choice), **delta}, "finish_reason": None}
        if logprobs is not None:
            body["logprobs"] = logprobs
        return self._frame({"choices": [body]})

    def _role(self, choice: int) -> Json:
        if choice in self._begun:
            return {}
        self._begun.add(choice)
        return {"role": "assistant", "content": ""}

    def _frame(self, rest: Json) -> bytes:
        return json_event({**self._base, **rest})


def _call(event: ToolCalled, *, first: bool) -> Json:
    if first:
        function = {"name": event.name, "arguments": event.arguments}
        return {"index": event.index, "id": event.id, "type": "function", "function": function}
    return {"index": event.index, "function": {"arguments": event.arguments}}
