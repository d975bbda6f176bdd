"""How what is understood of a recording travels between processes: as lists of plain values. Knows nothing of sockets."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from fanar.events import TranscriptCompleted, TranscriptDelta, TranscriptEvent, TranscriptProgressed
from fanar.media import Segment, Word

_KINDS = {kind.__name__: kind for kind in (TranscriptCompleted, TranscriptProgressed)}
_WORDS = 4  # the place of the words in a segment


def pack_event(event: TranscriptEvent) -> list[Any]:
    """Return an event in a form for the wire."""
    return [type(event).__name__, *(astuple(event.segment) if isinstance(event, TranscriptDelta) else astuple(event))]


def unpack_event(packed: list[Any]) -> TranscriptEvent:
    """Return the event that was packed."""
    kind, *rest = packed
    fields: list[Any] = rest
    if kind in _KINDS:
        return _KINDS[kind](*fields)
    fields[_WORDS] = tuple(Word(*word) for word in fields[_WORDS])
    plain: list[Any] = [tuple(field) if isinstance(field, list) else field for field in fields]
    return TranscriptDelta(Segment(*plain))
