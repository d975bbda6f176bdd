"""The index on disk as the newsroom has it follow: off the event loop. Knows nothing of what changes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from fanar.news import Change
from rag.recency.lexical import LexicalWriter


class LexicalFollower:
    """Follows changes with the lexical index."""

    def __init__(self, *, writer: LexicalWriter) -> None:
        self._writer = writer

    @property
    def followed(self) -> int:
        """The position of the last change that is in the index."""
        return self._writer.followed

    async def follow(self, changes: Sequence[Change]) -> None:
        """Take in changes, durably."""
        await asyncio.to_thread(self._writer.follow, changes)
