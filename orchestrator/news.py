"""What a running platform shows of the news, and what stands there where it has none. Knows nothing of how articles come in."""

from __future__ import annotations

from typing import Protocol

from fanar.errors import NotConfiguredError
from rag.recency import telling
from rag.recency.articles import StoreStatus
from rag.recency.desk import Edition, EditionQuery


class NewsShowing(Protocol):
    """Shows stories, and what is known up to when."""

    async def status(self) -> StoreStatus:
        """Return what is known. Raises StorageError."""
        ...

    async def edition(self, query: EditionQuery) -> Edition:
        """Return the newest stories. Raises NotConfiguredError without any source, StorageError."""
        ...


class NoNews:
    """Knows of no source."""

    async def status(self) -> StoreStatus:
        """Return that nothing is known."""
        return StoreStatus(sources=(), articles=0, stories=0, newest=None, polled=None, known_until=None)

    async def edition(self, query: EditionQuery) -> Edition:
        """Raise NotConfiguredError."""
        raise NotConfiguredError(telling.NO_SOURCE)
