"""What goes out as JSON: a whole answer, or one event of a stream. Knows nothing of what is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.responses import Response


def json_answer(body: Mapping[str, Any]) -> Response:
    """Return an answer that is told at once."""
    return Response(orjson.dumps(body), media_type="application/json")


def json_event(body: Mapping[str, Any]) -> bytes:
    """Return an event without a name, as the server-sent events of the HTML standard are written."""
    return b"data: " + orjson.dumps(body) + b"\n\n"
