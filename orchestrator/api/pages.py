"""Lists of what people keep, a page at a time, in OpenAI's form. Knows nothing of what is listed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from orchestrator.api.schemas.base import Strict

Json = dict[str, Any]
OwnId = Annotated[str, Field(max_length=64, pattern=r"^[a-z]{1,8}-[0-9a-f]{32}$")]


class PageRequest(Strict):
    """Which page of a list: how many, and behind which one."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    after: OwnId | None = None

    @property
    def asked(self) -> int:
        """How many to look for: one more tells whether there are more."""
        return self.limit + 1


def page_of(items: Sequence[Json], limit: int) -> Json:
    """Return a page of `items`, of which there may be one more than `limit`."""
    shown = list(items[:limit])
    ids = [item["id"] for item in shown]
    return {
        "object": "list",
        "data": shown,
        "first_id": ids[0] if ids else None,
        "last_id": ids[-1] if ids else None,
        "has_more": len(items) > limit,
    }
