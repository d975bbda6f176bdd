"""Opens the database and what is kept in it: corpora, keys."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fanar.protocols import CorpusRepository
from fanar.settings import Settings
from fanar.storage.corpora import SqlCorpusRepository
from fanar.storage.engine import open_engine
from fanar.storage.keys import SqlKeyRepository
from fanar.storage.migrate import upgrade
from orchestrator.accounts import Accounts


@dataclass(frozen=True, slots=True)
class Storage:
    """The truth from which everything else can be rebuilt."""

    corpora: CorpusRepository
    accounts: Accounts


@asynccontextmanager
async def open_storage(settings: Settings) -> AsyncIterator[Storage]:
    """Open the database, bring its tables up to date, and close it at the end. Raises ConfigurationError, StorageError."""
    engine = open_engine(settings.database)
    try:
        await asyncio.to_thread(upgrade, engine)
        yield Storage(SqlCorpusRepository(engine=engine), Accounts(repository=SqlKeyRepository(engine=engine)))
    finally:
        engine.dispose()
