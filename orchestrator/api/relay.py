"""Writes what a model server answers as the contract wants it, reading as little of it as that takes. Knows nothing of connections.

A run of chunks that hold one choice's plain text and nothing else is only given another frame, and a whole answer of one plain text
another envelope. Everything else (roles, reasoning, tools, log probabilities, errors, the end) is read and written like any other answer.
What is between the two is a matter of speed alone: plain is what reading would not change.
"""

from __future__ import annotations

import re
from typing import Any

import orjson

from fanar.bilingual import Language
from fanar.errors import FanarError
from fanar.events import ResponseCompleted, RoutingDecision
from fanar.llm.chunks import ChunkReader, read_usage
from fanar.llm.sse import EventParser
from fanar.llm.thinking import Reasoning
from orchestrator.api.chunks import DONE, ChunkWriter
from orchestrator.api.collect import collected
from orchestrator.dispatch import routing_of, with_routing

Json = dict[str, Any]

# No tag begins in such a text, and what follows it is null: vLLM and its kin write nothing else while they answer.
_STRING = rb'"[^"\\\x00-\x1f]*+"'
_TEXT = rb'((?:[^"\\<\x00-\x1f]++|\\[bfnrt"/\\])++)'
_PLAIN = re.compile(
    rb'data: ?\{"id": ?'
    + _STRING
    + rb', ?"object": ?"chat\.completion\.chunk", ?"created": ?\d++, ?"model": ?'
    + _STRING
    + rb', ?"choices": ?'
    rb'\[\{"index": ?0, ?"delta": ?\{"content": ?"' + _TEXT + rb'"\}(?:, ?"(?:logprobs|finish_reason|stop_reason|token_ids)": ?null)*+\}\]'
    rb'(?:, ?"(?:usage|prompt_token_ids|system_fingerprint)": ?null)*+\}\n\n'
)


_PLAIN_REASONS = ("stop", "length")


def whole_answer(
    body: bytes,
    decision: RoutingDecision,
    language: Language,
    *,
    id: str,  # noqa: A002  (the contract's word)
    created: int,
    choices: int,
    reasoning: Reasoning | None = None,
    asked: bool = False,
) -> tuple[bytes, ResponseCompleted]:
    """Return a server's whole answer as one JSON object of the contract, and what is known at its end.

    Raises what the answer reports, and ModelUnavailableError when it is none.
    """
    plain = _plain_answer(body) if choices == 1 else None
    if plain is not None:
        text, completed = plain
        usage = completed.usage
        counted = {"prompt_tokens": usage.prompt_tokens, "completion_tokens": usage.completion_tokens, "total_tokens": usage.total_tokens}
        message = {"role": "assistant", "content": text}
        answer: Json = {
            "id": id,
            "object": "chat.completion",
            "created": created,
            "model": completed.model,
            "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": completed.finish_reason}],
            "usage": {**counted, **usage.details},
            "metadata": {"routing": routing_of(decision, language, answered_by=completed.model)},
        }
        return orjson.dumps(answer), completed
    reader = ChunkReader(choices=choices, reasoning=reasoning, asked=asked)
    events = reader.read_whole(body)
    completed = reader.completed()
    return orjson.dumps(collected((*events, with_routing(completed, decision, language)), id=id, created=created)), completed


def _plain_answer(body: bytes) -> tuple[str, ResponseCompleted] | None:
    """Return the text of an answer and its end, when it is one choice of text in which no tag can be; None when there is more to it."""
    try:
        answer = orjson.loads(body)
        (choice,) = answer["choices"]
        message, usage, model = choice["message"], answer["usage"], answer["model"]
        text, reason = message["content"], choice["finish_reason"]
    except (orjson.JSONDecodeError, LookupError, TypeError, ValueError):
        return None
    plain = (
        type(text) is str
        and text
        and "<" not in text
        and reason in _PLAIN_REASONS
        and type(model) is str
        and type(usage) is dict
        and not (choice.get("index") or choice.get("logprobs") or message.get("tool_calls") or answer.get("error"))
    )
    return (text, ResponseCompleted(model, read_usage(usage), reason)) if plain else None


class RelayWriter:
    """Takes the pieces of one stream in, cut anywhere. `done` says that the server announced the end.

    `reasoning` and `asked` are those of ChunkReader.
    """

    def __init__(
        self,
        decision: RoutingDecision,
        language: Language,
        writer: ChunkWriter,
        *,
        choices: int,
        reasoning: Reasoning | None = None,
        asked: bool = False,
    ) -> None:
        self._decision = decision
        self._language = language
        self._writer = writer
        self._parser = EventParser()
        self._reader = ChunkReader(choices=choices, reasoning=reasoning, asked=asked)
        self._before = (
            b'data: {"id":%b,"object":"chat.completion.chunk","created":%d,"model":%b,"choices":[{"index":0,"delta":{"content":"'
            % (
                orjson.dumps(writer.id),
                writer.created,
                orjson.dumps(writer.model),
            )
        )
        self._after = b'"},"finish_reason":null}]}\n\n'
        self._between = self._after + self._before

    @property
    def done(self) -> bool:
        """Whether nothing more is to be read."""
        return self._reader.done

    def frames(self, piece: bytes, written: list[bytes]) -> None:
        """Add to `written` what to send for the next piece. Raises what the stream reports; what stood before it is in `written`."""
        at = 0 if self._passing else self._read_until_passing(piece, written)
        rest = piece[at:] if at else piece
        if rest and self._passing:
            # What stands between the texts that were found, and after the last one.
            parts = _PLAIN.split(rest)
            if len(parts) > 1 and not any(parts[:-1:2]):
                written += (self._before, self._between.join(parts[1::2]), self._after)
                rest = parts[-1]
        if rest:
            self._read(rest, written)

    @property
    def _passing(self) -> bool:
        return self._reader.passing and self._parser.idle

    def _read_until_passing(self, piece: bytes, written: list[bytes]) -> int:
        """Read events up to the first after which plain text would pass; return where it ends."""
        at = 0
        while at < len(piece) and not self._passing:
            end = piece.find(b"\n\n", at) + 2
            end = end if end > 1 else len(piece)
            self._read(piece[at:end], written)
            at = end
        return at

    def _read(self, piece: bytes, written: list[bytes]) -> None:
        for payload in self._parser.feed(piece):
            for event in self._reader.read(payload):
                written += self._writer.frames(event)

    def last(self) -> tuple[bytes, ResponseCompleted]:
        """Return the frames after the last piece, and what is known at the end. Raises ModelUnavailableError when the stream broke off."""
        completed = self._reader.completed()
        return b"".join((*self._writer.frames(with_routing(completed, self._decision, self._language)), DONE)), completed

    def failure(self, error: FanarError, language: Language) -> bytes:
        """Return the frames that end a stream that failed."""
        return self._writer.failure(error, language) + DONE
