"""The answer of GET /v1/backends."""

from __future__ import annotations

from typing import Literal

from orchestrator.api.schemas.base import Answer


class BackendItem(Answer):
    """One model server. Closed means that it is asked, open that it is not, half_open that one request will find out.

    `failures` are those in a row, `failed` all of them; `first_byte_ms` are percentiles of the last answers.
    """

    model: str
    seats: list[str]
    state: Literal["closed", "open", "half_open"]
    failures: int
    requests: int
    failed: int
    in_flight: int
    waiting: int
    retry_in: float
    first_byte_ms: dict[str, float]
    last_error: str | None
    last_error_seconds_ago: float | None


class BackendList(Answer):
    """The model servers that are connected."""

    object: Literal["list"]
    data: list[BackendItem]
