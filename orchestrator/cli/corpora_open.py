"""What the commands on corpora share: this machine's corpora, opened. Knows nothing of what is done with them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fanar.settings import load_settings

if TYPE_CHECKING:
    from rag.ingest.corpora import Corpora


@asynccontextmanager
async def open_corpora(*, vectors: bool = True) -> AsyncIterator[Corpora]:
    """Open this machine's corpora; without `vectors` at once, and good for listing them only."""
    from orchestrator.bootstrap.retrieval import open_retrieval
    from orchestrator.bootstrap.storage import open_storage

    settings = load_settings()
    async with open_storage(settings) as storage, open_retrieval(settings, storage.corpora, wait=vectors) as retrieval:
        yield retrieval.corpora
