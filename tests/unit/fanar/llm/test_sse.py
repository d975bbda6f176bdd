"""Server-sent events, cut anywhere."""

import time

import pytest

from fanar.errors import ModelUnavailableError
from fanar.llm.sse import EventParser

STREAMS = {
    b"data: one\n\ndata: two\n\n": [b"one", b"two"],
    b"data: one\r\n\r\ndata: two\r\n\r\n": [b"one", b"two"],
    b"data: one\r\rdata: two\r\r": [b"one", b"two"],
    b"data: one\r\n\ndata: two\r\r\n": [b"one", b"two"],
    b": ping\n\n:\n\ndata: one\n\n": [b"one"],
    b"data: one\ndata: more\ndata:\ndata\n\n": [b"one\nmore\n\n"],
    b"data:one\n\ndata:  two\n\n": [b"one", b" two"],
    b"event: error\nid: 7\nretry: 10\ndata: one\n\n": [b"one"],
    b"\xef\xbb\xbfdata: one\n\n": [b"one"],
    b"datax: no\ndat: no\n\ndata: one\n\n": [b"one"],
    b"data: never ended\n": [],
    b"\n\n\n": [],
    "data: «سلامٌ» 🌙\n\n".encode(): ["«سلامٌ» 🌙".encode()],
    b"data: a:b: c\n\n": [b"a:b: c"],
}


@pytest.mark.parametrize(("stream", "events"), STREAMS.items())
def test_a_stream_cut_at_any_two_places_gives_the_same_events(stream: bytes, events: list[bytes]) -> None:
    for first in range(len(stream) + 1):
        for second in range(first, len(stream) + 1):
            parser = EventParser()
            pieces = (stream[:first], stream[first:second], stream[second:])
            assert [event for piece in pieces for event in parser.feed(piece)] == events


@pytest.mark.parametrize(("stream", "events"), STREAMS.items())
def test_a_stream_read_byte_by_byte_gives_the_same_events(stream: bytes, events: list[bytes]) -> None:
    parser = EventParser()
    assert [event for byte in stream for event in parser.feed(bytes([byte]))] == events


def test_an_event_is_handed_out_as_soon_as_it_is_complete() -> None:
    parser = EventParser()
    assert parser.feed(b"data: one\n") == []
    assert parser.feed(b"\n") == [b"one"]


@pytest.mark.parametrize("piece", [b"data: " + b"x" * 20, b"data: x\n"])
def test_an_event_that_never_ends_is_refused(piece: bytes) -> None:
    parser = EventParser(max_event_bytes=100)
    with pytest.raises(ModelUnavailableError):
        [parser.feed(piece) for _ in range(100)]


def test_many_small_events_are_no_large_one() -> None:
    parser = EventParser(max_event_bytes=100)
    assert sum(len(parser.feed(b"data: xxxx\n\n")) for _ in range(1000)) == 1000


def test_comments_without_end_are_no_large_event() -> None:
    parser = EventParser(max_event_bytes=100)
    assert [event for _ in range(1000) for piece in (b": pi", b"ng\n") for event in parser.feed(piece)] == []


def _cpu_seconds(size: int) -> float:
    parser = EventParser()
    start = time.process_time()
    for _ in range(size):
        parser.feed(b"x")
    parser.feed(b"\n\n")
    return time.process_time() - start


def test_a_line_that_comes_in_tiny_pieces_costs_linear_time() -> None:
    _cpu_seconds(1_000)
    small = min(_cpu_seconds(20_000) for _ in range(3))
    large = min(_cpu_seconds(160_000) for _ in range(3))
    assert large < small * 8 * 4
