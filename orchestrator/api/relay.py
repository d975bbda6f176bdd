"""Writes a model server's stream as the contract wants it, reading as little of it as that takes. Knows nothing of connections.

A run of chunks that hold one choice's plain text and nothing else is only given another frame. Everything else (roles, reasoning, tools,
log probabilities, errors, the end) is read and written like any other answer. What is between the two is a matter of speed alone: plain
chunks are passed only while reading them would change nothing.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import orjson

from fanar.bilingual import Language
from fanar.errors import FanarError
from fanar.llm.chunks import ChunkReader
from fanar.llm.sse import EventParser
from orchestrator.api.chunks import ChunkWriter
from orchestrator.api.collect import collected
from orchestrator.dispatch import with_routing
from orchestrator.platform import RelayedAnswer

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


async def whole_answer(answer: RelayedAnswer, pieces: AsyncIterator[bytes], *, id: str, created: int, choices: int) -> Json:  # noqa: A002
    """Return a relayed answer that comes whole as one JSON object of the contract."""
    reader = ChunkReader(choices=choices)
    body = b"".join([piece async for piece in pieces])
    events = reader.read_whole(body)
    completed = reader.completed()
    answer.completed(completed)
    return collected((*events, with_routing(completed, answer.decision)), id=id, created=created)


class RelayWriter:
    """Takes the pieces of one stream in, cut anywhere, the last one empty."""

    def __init__(self, answer: RelayedAnswer, writer: ChunkWriter, *, choices: int) -> None:
        self._answer = answer
        self._writer = writer
        self._parser = EventParser()
        self._reader = ChunkReader(choices=choices)
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

    def frames(self, piece: bytes) -> Iterator[bytes]:
        """Yield what to send for the next piece. Raises what the stream reports, and ModelUnavailableError when it broke off."""
        if not piece:
            completed = self._reader.completed()
            self._answer.completed(completed)
            yield from self._writer.frames(with_routing(completed, self._answer.decision))
            return
        if self._parser.idle and self._reader.passing:
            # What stands between the texts that were found, and after the last one.
            parts = _PLAIN.split(piece)
            if len(parts) > 1 and not any(parts[:-1:2]):
                yield self._before + self._between.join(parts[1::2]) + self._after
                piece = parts[-1]
        for payload in self._parser.feed(piece):
            for event in self._reader.read(payload):
                yield from self._writer.frames(event)

    def failure(self, error: FanarError, language: Language) -> bytes:
        """Return the frame that ends a stream that failed."""
        return self._writer.failure(error, language)
