"""The index on disk as the newsroom has it follow: off the event loop. Knows nothing of what changes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from threading import Lock

from fanar.news import Change
from rag.recency.lexical import LexicalWriter


class LexicalFollower:
    """Follows changes with the lexical index."""

    def __init__(self, *, writer: LexicalWriter) -> None:
        self._writer = writer
        self._turn = Lock()

    @property
    def followed(self) -> int:
        """The position of the last change that is in the index."""
        return self._writer.followed

    async def follow(self, changes: Sequence[Change]) -> None:
        """Take in changes, durably."""
        await asyncio.to_thread(self._follow, changes)

    def close(self) -> None:
        """Let others write, once what is being taken in is: cancelling who waits for a thread does not stop it."""
        with self._turn:
            self._writer.close()

    def _follow(self, changes: Sequence[Change]) -> None:
        with self._turn:
            self._writer.follow(changes)
