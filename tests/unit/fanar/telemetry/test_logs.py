"""Log lines."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Callable, Iterator

import pytest

from fanar.telemetry.logs import configure_logging, current_request_id, request_id

log = logging.getLogger("fanar.test")


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def lines() -> Callable[..., io.StringIO]:
    def configure(**options: str) -> io.StringIO:
        stream = io.StringIO()
        # Taken away first: basicConfig closes what it replaces, and these are pytest's.
        logging.getLogger().handlers.clear()
        configure_logging(stream=stream, **options)
        return stream

    return configure


def test_a_json_line_bears_the_request_and_the_fields(lines: Callable[..., io.StringIO]) -> None:
    stream = lines(form="json")
    with request_id("req-1"):
        log.info("%s done", "سؤال", extra={"route": "islamic", "confidence": 0.5, "cached": True})
    line = json.loads(stream.getvalue())
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "info",
        "logger": "fanar.test",
        "message": "سؤال done",
        "request_id": "req-1",
        "route": "islamic",
        "confidence": 0.5,
        "cached": True,
    }


def test_a_text_line_bears_them_too(lines: Callable[..., io.StringIO]) -> None:
    stream = lines(form="text")
    with request_id("req-1"):
        log.warning("done", extra={"route": "islamic"})
    assert stream.getvalue().endswith("warning fanar.test: done request_id=req-1 route=islamic\n")


def test_outside_of_a_request_there_is_no_id(lines: Callable[..., io.StringIO]) -> None:
    stream = lines(form="json")
    with request_id("req-1"):
        assert current_request_id() == "req-1"
    log.info("done")
    assert "request_id" not in json.loads(stream.getvalue())


async def test_requests_at_the_same_time_keep_their_ids_apart_in_threads_too() -> None:
    async def serve(name: str) -> str:
        with request_id(name):
            await asyncio.sleep(0)
            return await asyncio.to_thread(current_request_id)

    assert await asyncio.gather(*(serve(str(n)) for n in range(5))) == ["0", "1", "2", "3", "4"]


def test_lines_below_the_level_are_left_out(lines: Callable[..., io.StringIO]) -> None:
    stream = lines(level="error")
    log.warning("no")
    log.error("yes")
    assert "yes" in stream.getvalue()
    assert "no " not in stream.getvalue()


@pytest.mark.parametrize("form", ["json", "text"])
def test_long_values_are_cut_and_structures_left_out(lines: Callable[..., io.StringIO], form: str) -> None:
    stream = lines(form=form)
    log.info("m" * 5000, extra={"prompt": "س" * 5000, "messages": [{"content": "hidden"}]})
    assert len(stream.getvalue()) < 2000 + 200 * 6 + 200
    assert "hidden" not in stream.getvalue()


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_value_cannot_forge_a_line_or_write_on_the_terminal(lines: Callable[..., io.StringIO], form: str) -> None:
    stream = lines(form=form)
    log.info("a\nb\x1b[2J", extra={"name_of_file": "c\r\n\u2028d"})
    assert len(stream.getvalue().splitlines()) == 1
    assert "\x1b" not in stream.getvalue()


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_trace_is_kept(lines: Callable[..., io.StringIO], form: str) -> None:
    stream = lines(form=form)
    try:
        int("broken")
    except ValueError:
        log.exception("failed")
    assert "ValueError: invalid literal" in stream.getvalue()
