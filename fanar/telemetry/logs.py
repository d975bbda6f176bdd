"""Log lines with the id of the request they belong to. Knows nothing of what is logged, and bounds it.

A line's own fields come from `extra`: plain values only, strings cut short, so that no prompt gets into a log by mistake.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Literal, TextIO

_LONGEST_VALUE = 200
_LONGEST_MESSAGE = 2000
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}  # the last is uvicorn's
_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
# These tell of every connection or of each of their own steps at level info.
_TALKATIVE = ("aiohttp.access", "alembic", "chromadb", "httpcore", "httpx", "uvicorn.access", "uvicorn.error")
_request_id: ContextVar[str] = ContextVar("fanar_request_id", default="")


@contextmanager
def request_id(value: str) -> Iterator[None]:
    """Put `value` into every line logged within, in tasks and threads started within too."""
    token = _request_id.set(value)
    try:
        yield
    finally:
        _request_id.reset(token)


def current_request_id() -> str:
    """Return the id of the request that is being served, or the empty string."""
    return _request_id.get()


def configure_logging(*, level: str = "info", form: Literal["json", "text"] = "text", stream: TextIO | None = None) -> None:
    """Write the lines of all loggers to `stream` (stderr when not given), in place of what was configured before."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else TextFormatter())
    logging.basicConfig(level=_LEVELS[level], handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            "request_id": current_request_id() or None,
            **_fields(record),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps({name: value for name, value in line.items() if value is not None}, ensure_ascii=True)


class TextFormatter(logging.Formatter):
    """A line for people: time, level, logger, message, fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a trace follows it on lines of its own."""
        fields = {"request_id": current_request_id() or None, **_fields(record)}
        told = "".join(f" {name}={_escaped(str(value))}" for name, value in fields.items() if value is not None)
        trace = "\n" + self.formatException(record.exc_info) if record.exc_info else ""
        return f"{_time(record)} {record.levelname.lower():7} {record.name}: {_escaped(_message(record))}{told}{trace}"


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _message(record: logging.LogRecord) -> str:
    return record.getMessage()[:_LONGEST_MESSAGE]


def _fields(record: logging.LogRecord) -> dict[str, str | int | float | bool]:
    given = {name: value for name, value in vars(record).items() if name not in _OWN}
    return {
        name: value[:_LONGEST_VALUE] if isinstance(value, str) else value
        for name, value in given.items()
        if isinstance(value, str | int | float | bool)
    }


def _escaped(text: str) -> str:
    # A line break within a value would forge a line; other controls would write on the operator's terminal.
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii") for letter in text)
