"""A model server that costs as little as Python allows: fixed answers, raw sockets, nothing parsed but lengths. For benchmarks of gateways.

    python -m tests.benchmarks.gateway_upstream --port 18001

A request with `"stream":true` is answered by 32 tokens, each in a write and a turn of the loop of its own; with the word IDLE in its
messages by one token and then silence, until the client leaves. Everything else is answered at once. Knows nothing of gateways.
"""

from __future__ import annotations

import argparse
import asyncio
import re
from typing import cast

import uvloop

TOKENS = 32
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_STREAMED = re.compile(rb'"stream": ?true')
_BASE = (
    b'{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"tiny",'
    b'"choices":[{"index":0,"delta":%b,"logprobs":null,"finish_reason":%b}]}'
)
_WORD = '{"content":" كلمة"}'.encode()
_USAGE = b'"usage":{"prompt_tokens":8,"completion_tokens":32,"total_tokens":40}'
_STREAM_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n"


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def _event(delta: bytes, reason: bytes = b"null") -> bytes:
    return _chunk(b"data: " + _BASE % (delta, reason) + b"\n\n")


def _whole(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)


_ROLE = _event(b'{"role":"assistant","content":""}')
_TOKEN = _event(_WORD)
_FINISH = _event(b"{}", b'"stop"')
_COUNTED = _chunk(b'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"tiny","choices":[],' + _USAGE + b"}\n\n")
_DONE = _chunk(b"data: [DONE]\n\n") + b"0\r\n\r\n"
_PIECES = (_STREAM_HEAD + _ROLE, *([_TOKEN] * TOKENS), _FINISH + _COUNTED + _DONE)
_ANSWER = _whole(
    b'{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"tiny","choices":[{"index":0,"message":{"role":"assistant",'
    b'"content":"%b"},"logprobs":null,"finish_reason":"stop"}],%b}' % (" كلمة".encode() * TOKENS, _USAGE)
)
_OTHER = _whole(b'{"object":"list","data":[{"id":"tiny","object":"model","created":1,"owned_by":"vllm"}]}')


class Server(asyncio.Protocol):
    """One connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by class
        self._loop = asyncio.get_running_loop()
        self._read = b""

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, found, rest = self._read.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not found or len(rest) < (int(length[1]) if length else 0):
            return
        self._read = b""
        if head.startswith(b"GET"):
            self._transport.write(_OTHER)
        elif not _STREAMED.search(rest):
            self._transport.write(_ANSWER)
        elif b"IDLE" in rest:
            self._transport.write(_STREAM_HEAD + _ROLE + _TOKEN)
        else:
            self._say(0)

    def _say(self, number: int) -> None:
        if self._transport.is_closing():
            return
        self._transport.write(_PIECES[number])
        if number + 1 < len(_PIECES):
            self._loop.call_soon(self._say, number + 1)


async def _serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", port, backlog=4096)
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(parser.parse_args().port))
