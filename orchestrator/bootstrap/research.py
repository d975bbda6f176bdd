"""Puts deep research together: what is looked into, who writes, who runs the jobs, and where they are kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fanar.research import QueueBounds
from fanar.settings import Settings
from orchestrator.bootstrap.models import Models
from orchestrator.bootstrap.retrieval import Retrieval
from orchestrator.bootstrap.screening import clean_of_everything, clean_of_rules
from orchestrator.bootstrap.scripture import Scripture
from orchestrator.bootstrap.storage import Storage
from orchestrator.models import SeatedModel
from orchestrator.research.bells import Bells
from orchestrator.research.desk import ResearchDesk
from orchestrator.research.runner import ResearchRunner, Terms
from rag.ingest.intake import TAFSIR
from rag.islamic.interpretation.shelf import InstalledCommentaries
from rag.islamic.lexicon import load_lexicon
from rag.islamic.lookup import VerseLookup
from rag.islamic.research.gathering import Gatherer
from rag.islamic.research.researcher import Researcher
from rag.islamic.research.writing import ReportWriter
from rag.retrievers.hybrid import HybridRetriever


@asynccontextmanager
async def open_research(
    settings: Settings, storage: Storage, retrieval: Retrieval, scripture: Scripture, models: Models
) -> AsyncIterator[ResearchDesk]:
    """Yield the desk, and run jobs until the end of the block; those of earlier processes are gone on with."""
    bells, terms = Bells(), settings.research
    runner = ResearchRunner(
        jobs=storage.research,
        researcher=_researcher(settings, storage, retrieval, scripture, models),
        bells=bells,
        terms=Terms(running=terms.running, attempts=terms.attempts, days=terms.days),
    )
    bounds = QueueBounds(jobs=terms.queue, per_owner=terms.per_key)
    async with runner.running():
        discussed = clean_of_rules(settings.blocklist)
        yield ResearchDesk(jobs=storage.research, runner=runner, bells=bells, bounds=bounds, discussed=discussed)


def _researcher(settings: Settings, storage: Storage, retrieval: Retrieval, scripture: Scripture, models: Models) -> Researcher:
    allowed = clean_of_everything(settings.blocklist)
    passages = HybridRetriever(catalog=retrieval.catalog, store=retrieval.store, passages=retrieval.passages, reader=scripture.reader.terms)
    gatherer = Gatherer(
        verses=scripture.verses,
        passages=passages,
        lookup=VerseLookup(scripture=scripture.index, lexicon=load_lexicon()),
        commentaries=InstalledCommentaries(repository=storage.corpora, names=partial(retrieval.catalog.names_of, TAFSIR)),
        repository=storage.corpora,
        indexed=retrieval.catalog.names,
        allowed=allowed,
    )

    def writer() -> ReportWriter | None:
        """Return who writes now: a model's server may be connected while the platform runs."""
        if not models.language:
            return None
        return ReportWriter(model=SeatedModel(models.language, preferred="prime"), guard=scripture.guard, allowed=allowed)

    return Researcher(gatherer=gatherer, reader=scripture.reader, writer=writer)
