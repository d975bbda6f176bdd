"""Opens the database and what is kept in it: corpora, keys, feedback, decisions, jobs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import Engine

from fanar.conversations import ConversationBounds
from fanar.files import FileBounds
from fanar.keeping_protocols import CollectionRepository, ConversationRepository, FileRepository, PassageRepository
from fanar.news_protocols import NewsRepository, SourceRepository
from fanar.protocols import CorpusRepository, DecisionRepository, FeedbackRepository, JobRepository
from fanar.settings import Settings
from fanar.storage.collections import SqlCollectionRepository
from fanar.storage.conversations import SqlConversationRepository
from fanar.storage.corpora import SqlCorpusRepository
from fanar.storage.decisions import SqlDecisionRepository
from fanar.storage.engine import open_engine
from fanar.storage.feedback import SqlFeedbackRepository
from fanar.storage.files import SqlFileRepository
from fanar.storage.jobs import SqlJobRepository
from fanar.storage.keys import SqlKeyRepository
from fanar.storage.news import SqlNewsRepository
from fanar.storage.news_sources import SqlSourceRepository
from fanar.storage.passages import SqlPassageRepository
from fanar.storage.revision import is_current
from fanar.storage.voices import SqlVoiceRepository
from orchestrator.accounts import Accounts
from orchestrator.voices import PersonalVoices


@dataclass(frozen=True, slots=True)
class Storage:
    """The truth from which everything else can be rebuilt."""

    corpora: CorpusRepository
    accounts: Accounts
    feedback: FeedbackRepository
    decisions: DecisionRepository
    jobs: JobRepository
    news: NewsRepository
    sources: SourceRepository
    conversations: ConversationRepository
    files: FileRepository
    passages: PassageRepository
    collections: CollectionRepository
    voices: PersonalVoices


@asynccontextmanager
async def open_storage(settings: Settings) -> AsyncIterator[Storage]:
    """Open the database, bring its tables up to date, and close it at the end. Raises ConfigurationError, StorageError."""
    engine = open_engine(settings.database)
    bounds = FileBounds(files=settings.keeping.files, bytes=settings.keeping.bytes)
    try:
        await asyncio.to_thread(_bring_up_to_date, engine)
        yield Storage(
            corpora=SqlCorpusRepository(engine=engine),
            accounts=Accounts(repository=SqlKeyRepository(engine=engine)),
            feedback=SqlFeedbackRepository(engine=engine, per_owner=settings.feedback_kept),
            decisions=SqlDecisionRepository(engine=engine, most=settings.decisions_kept),
            jobs=SqlJobRepository(engine=engine),
            news=SqlNewsRepository(engine=engine),
            sources=SqlSourceRepository(engine=engine),
            conversations=SqlConversationRepository(engine=engine, bounds=ConversationBounds(conversations=settings.keeping.conversations)),
            files=SqlFileRepository(engine=engine, bounds=bounds),
            passages=SqlPassageRepository(engine=engine),
            collections=SqlCollectionRepository(engine=engine, bounds=bounds),
            voices=PersonalVoices(voices=SqlVoiceRepository(engine=engine, per_owner=settings.keeping.voices)),
        )
    finally:
        engine.dispose()


def _bring_up_to_date(engine: Engine) -> None:
    if not is_current(engine):
        # A quarter of a second, which hardly any start needs.
        from fanar.storage.migrate import upgrade

        upgrade(engine)
