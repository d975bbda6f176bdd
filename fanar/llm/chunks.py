"""Turns the chunks of an OpenAI-compatible stream into events. Knows nothing of connections or of how chunks are framed.

A tool call's id and name stand in the event of its first piece and are empty in those of the later ones. Reasoning is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import uuid4

import orjson

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.events import ChoiceFinished, Event, FinishReason, ResponseCompleted, TextDelta, ToolCalled, Usage
from fanar.llm.faults import broken_off, frame_fault, unreadable
from fanar.llm.halves import HalfLetters, halved
from fanar.llm.thinking import Reasoning, ThinkingFilter, ends_reasoning

T = TypeVar("T")

_DONE = b"[DONE]"
_REASONS: dict[str, FinishReason] = {
    "stop": "stop",
    "length": "length",
    "tool_calls": "tool_calls",
    "function_call": "tool_calls",
    "content_filter": "content_filter",
}
# Where servers that read reasoning themselves put it.
_APART = ("reasoning_content", "reasoning")
# vLLM ends a choice so when the server itself gave up on it.
_GIVEN_UP = frozenset(("abort", "error"))


class ChunkReader:
    """Reads the chunks of one answer, in order. `done` says that the server announced the end.

    `reasoning` knows how the server's answers begin, and learns it from this one; `asked` says that reasoning was asked for.
    """

    def __init__(self, *, choices: int, reasoning: Reasoning | None = None, asked: bool = False) -> None:
        self._wanted = choices
        self._reasoning = reasoning or Reasoning()
        self._asked = asked
        self._choices: dict[int, _Choice] = {}
        self._model = ""
        self._usage = Usage()
        self._metadata: dict[str, Any] = {}
        self.done = False

    def read(self, payload: bytes) -> list[Event]:
        """Return the events of one chunk. Raises what the chunk reports, or ModelUnavailableError when it is none."""
        if payload == _DONE:
            self.done = True
            return []
        return self._read(_parsed(payload))

    def _read(self, chunk: Any) -> list[Event]:  # noqa: ANN401  (JSON from a server)
        choices = _get(chunk, "choices", list)
        if chunk.get("error") is not None:
            raise frame_fault(chunk["error"])
        if chunk.get("object") == "error":
            raise frame_fault(chunk)
        self._model = self._model or _get(chunk, "model", str) or ""
        usage = _get(chunk, "usage", dict)
        if usage is not None:
            self._usage = read_usage(usage)
        return [event for row in choices or () for event in self._read_choice(row)]

    def read_whole(self, body: bytes) -> list[Event]:
        """Return the events of an answer that came whole: a chunk whose deltas are complete."""
        answer = _parsed(body)
        for row in _get(answer, "choices", list) or ():
            if isinstance(row, dict):
                row["delta"] = row.pop("message", None)
        # vLLM says these beside the choices, and only of an answer that comes whole.
        if (prompt := _get(answer, "prompt_logprobs", list)) is not None:
            self._metadata["prompt_logprobs"] = prompt
        self.done = True
        return self._read(answer)

    @property
    def passing(self) -> bool:
        """Whether this is the answer of one choice that is under way, so that a chunk of plain text need not be read to be passed on."""
        choice = self._choices.get(0)
        return self._wanted == 1 and not self.done and choice is not None and choice.passing

    def completed(self) -> ResponseCompleted:
        """Return the last event. Raises ModelUnavailableError when a choice was not finished, UnprocessableError when one is missing."""
        finished = [choice for choice in self._choices.values() if choice.reason]
        if not finished or len(finished) < len(self._choices) or (len(finished) < self._wanted and not self.done):
            raise broken_off()
        if len(finished) < self._wanted:
            raise UnprocessableError(
                Bilingual("The model server gives one answer at a time.", "يعطي خادم النموذج إجابة واحدة في كل مرة."), param="n"
            )
        return ResponseCompleted(self._model, self._usage, self._choices[min(self._choices)].reason or "stop", self._metadata)

    def _read_choice(self, row: object) -> list[Event]:
        index = _get(row, "index", int) or 0
        if not 0 <= index < self._wanted:
            raise unreadable()
        choice = self._choices.get(index)
        if choice is None:
            opened = self._reasoning.expected(asked=self._asked) or (self.done and ends_reasoning(_whole_text(row)))
            choice = self._choices[index] = _Choice(index, opened=opened)
        events = choice.read(row)
        if choice.reason and choice.opened is not None:
            self._reasoning.learn(asked=self._asked, opened=choice.opened)
        return events


class _Choice:
    """One choice of an answer as far as it was read."""

    def __init__(self, index: int, *, opened: bool) -> None:
        self._index = index
        self._thinking = ThinkingFilter(opened=opened)
        self._halves = HalfLetters()
        self._called: dict[int, HalfLetters] = {}
        self._logprobs: list[Mapping[str, Any]] = []
        self.reason: FinishReason | None = None

    @property
    def passing(self) -> bool:
        """Whether plain text passes as it is."""
        return self.reason is None and not self._logprobs and not self._halves.holding and self._thinking.passing

    @property
    def opened(self) -> bool | None:
        """Whether it began within reasoning, None where that is not known."""
        return self._thinking.opened

    def read(self, row: object) -> list[Event]:
        """Return the events of this choice's part of a chunk."""
        if self.reason is not None:
            return []
        delta = _get(row, "delta", dict) or {}
        text = self._halves.join(_get(delta, "content", str) or "")
        logprobs = _get(row, "logprobs", dict)
        events: list[Event] = []
        if any(delta.get(field) for field in _APART) and (answer := self._thinking.release()):
            events += self._text(answer, None)
        if text or logprobs:
            events += self._text(self._thinking.feed(text), logprobs)
        for position, piece in enumerate(_get(delta, "tool_calls", list) or ()):
            events += self._tool(piece, position)
        reason = _get(row, "finish_reason", str)
        if reason:
            events += self._finish(reason)
        return events

    def _text(self, answer: str, logprobs: Mapping[str, Any] | None) -> list[Event]:
        # Log probabilities name their tokens: those of reasoning, or of text that may still become reasoning, wait with it.
        if logprobs is not None:
            self._logprobs.append(logprobs)
        if self._thinking.dropped:
            self._logprobs.clear()
        if not answer:
            return []
        if self._thinking.holding:
            return [TextDelta(answer, self._index)]
        return [TextDelta(answer, self._index, self._take_logprobs())]

    def _take_logprobs(self) -> Mapping[str, Any] | None:
        pending, self._logprobs = self._logprobs, []
        if len(pending) < 2:
            return pending[0] if pending else None
        content = [entry for part in pending for entry in _get(part, "content", list) or ()]
        return {**pending[-1], "content": content}

    def _tool(self, piece: object, position: int) -> list[Event]:
        index = _get(piece, "index", int)
        index = position if index is None else index
        function = _get(piece, "function", dict) or {}
        arguments = _get(function, "arguments", str) or ""
        if index in self._called:
            arguments = self._called[index].join(arguments)
            return [ToolCalled("", "", arguments, "client", self._index, index)] if arguments else []
        name = _get(function, "name", str)
        if not name:
            raise unreadable()
        halves = self._called[index] = HalfLetters()
        arguments = halves.join(arguments)
        return [ToolCalled(_get(piece, "id", str) or f"call_{uuid4().hex}", name, arguments, "client", self._index, index)]

    def _finish(self, reason: str) -> list[Event]:
        if reason in _GIVEN_UP:
            raise broken_off()
        self.reason = _REASONS.get(reason, "stop")
        # Half a letter that never became one is shown as what it is.
        rest = self._thinking.feed(self._halves.rest()) + self._thinking.finish(complete=self.reason == "stop")
        logprobs = self._take_logprobs()
        last: list[Event] = [TextDelta(rest, self._index, logprobs)] if rest or logprobs else []
        return [*last, ChoiceFinished(self.reason, self._index)]


def _parsed(payload: bytes) -> Any:  # noqa: ANN401  (JSON from a server)
    """Return the JSON of a payload, halves of letters included. Raises ModelUnavailableError when it is none."""
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError as cause:
        halves = halved(payload)
        if halves is None:
            raise unreadable() from cause
        return halves


def _whole_text(row: object) -> str:
    return _get(_get(row, "delta", dict) or {}, "content", str) or ""


def read_usage(fields: dict[str, Any]) -> Usage:
    """Return the tokens as a server counted them. Raises ModelUnavailableError for another kind of counts."""
    prompt, completion = _get(fields, "prompt_tokens", int) or 0, _get(fields, "completion_tokens", int) or 0
    details = {k: v for k, v in fields.items() if k not in ("prompt_tokens", "completion_tokens", "total_tokens") and v is not None}
    return Usage(prompt, completion, details)


def _get(source: object, name: str, kind: type[T]) -> T | None:
    """Return a field of a JSON object, None when it is absent or null. Raises ModelUnavailableError for another kind."""
    if not isinstance(source, dict):
        raise unreadable()
    value = source.get(name)
    if value is not None and not isinstance(value, kind):
        raise unreadable()
    return value
