"""What a model server says on a connection, put together however it was cut, and refused when it is no reply."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanar.llm.reply import MAX_HEAD_BYTES, Reply

BODY = 'data: {"سلام"}\n\n'.encode()
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n" + b"%x\r\n%b\r\n0\r\n\r\n" % (
    len(BODY),
    BODY,
)
SIZED = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: %d\r\n\r\n%b" % (len(BODY), BODY)
INTERIM = b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n" + SIZED


@given(st.sampled_from((CHUNKED, SIZED, INTERIM)), st.lists(st.integers(0, 400), max_size=8))
def test_reply_is_the_same_however_it_was_cut(raw: bytes, places: list[int]) -> None:
    reply = Reply()
    for _ in range(2):  # one after another on the same connection
        reply.expect()
        assert (reply.status, reply.heard, reply.complete) == (0, False, False)
        at = [0, *sorted(min(place, len(raw)) for place in places), len(raw)]
        body = b""
        for begin, end in pairwise(at):
            assert begin == end or reply.feed(raw[begin:end])
            body += reply.take()
        assert (body, reply.status, reply.complete, reply.kept, reply.waiting) == (BODY, 200, True, True, 0)
        assert reply.headers[b"content-type"] == b"text/event-stream"
        assert b"link" not in reply.headers


def test_reply_without_a_length_ends_with_the_connection() -> None:
    reply = Reply()
    reply.expect()
    assert reply.feed(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nhello")
    assert not reply.complete
    assert reply.end()
    assert (reply.take(), reply.complete, reply.kept) == (b"hello", True, False)


@pytest.mark.parametrize("raw", [SIZED[:-3], CHUNKED[:-5], b"HTTP/1.1 200 OK\r\n", b""])
def test_reply_that_said_its_length_and_broke_off_is_not_complete(raw: bytes) -> None:
    reply = Reply()
    reply.expect()
    assert reply.feed(raw)
    assert not reply.end()


@pytest.mark.parametrize(
    "raw",
    [
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"x-long: %b\r\n" % (b"a" * MAX_HEAD_BYTES),
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * MAX_HEAD_BYTES,
    ],
)
def test_what_is_no_reply_is_refused(raw: bytes) -> None:
    reply = Reply()
    reply.expect()
    assert not reply.feed(raw)


def test_what_nobody_asked_for_is_refused() -> None:
    reply = Reply()
    assert not reply.feed(SIZED)
    reply.expect()
    assert not reply.feed(SIZED + SIZED)
    assert reply.take() == BODY
