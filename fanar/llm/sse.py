"""Takes a stream of server-sent events apart, byte-exact. Knows nothing of HTTP, of JSON, or of what the events mean.

Pieces may be cut anywhere: inside a line end, a field name, a letter. Follows the WHATWG text/event-stream grammar, except that an
event is its `data` alone: `event`, `id` and `retry` are read past, as are comments.
"""

from __future__ import annotations

import re

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError

MAX_EVENT_BYTES = 8_000_000
_LINE_END = re.compile(rb"\r\n|\n|\r")
_BOM = b"\xef\xbb\xbf"


class EventParser:
    """Collects pieces of one stream and hands out the data of each event that is complete."""

    def __init__(self, *, max_event_bytes: int = MAX_EVENT_BYTES) -> None:
        self._max_event_bytes = max_event_bytes
        self._line: list[bytes] = []
        self._data: list[bytes] = []
        self._line_bytes = 0
        self._data_bytes = 0
        self._after_return = False
        self._at_start = True

    @property
    def idle(self) -> bool:
        """Whether nothing is begun: what comes next is the beginning of an event."""
        return not (self._line or self._data or self._after_return)

    def feed(self, piece: bytes) -> list[bytes]:
        """Return the data of the events that `piece` completes. Raises ModelUnavailableError when an event outgrows the bound."""
        if self._after_return and piece:
            # A CRLF cut in two is one line end; the next piece opens with its second half.
            self._after_return = False
            piece = piece.removeprefix(b"\n")
        if not piece:
            return []
        self._after_return = piece.endswith(b"\r")
        *complete, rest = _LINE_END.split(piece) if b"\r" in piece else piece.split(b"\n")
        events: list[bytes] = []
        for line in complete:
            if self._line:
                self._line.append(line)
                line = b"".join(self._line)
                self._line.clear()
                self._line_bytes = 0
            self._read(line, events)
        if rest:
            self._line.append(rest)
            self._line_bytes += len(rest)
            self._check_size()
        return events

    def _read(self, line: bytes, events: list[bytes]) -> None:
        if self._at_start:
            self._at_start = False
            line = line.removeprefix(_BOM)
        if not line:
            if self._data:
                events.append(self._data[0] if len(self._data) == 1 else b"\n".join(self._data))
                self._data.clear()
            self._data_bytes = 0
            return
        name, _, value = line.partition(b":")
        if name == b"data":
            self._data.append(value.removeprefix(b" "))
            self._data_bytes += len(line)
            self._check_size()

    def _check_size(self) -> None:
        if self._line_bytes + self._data_bytes > self._max_event_bytes:
            raise ModelUnavailableError(
                Bilingual("The model server sent an event that is too large.", "أرسل خادم النموذج حدثًا أكبر من المسموح.")
            )
