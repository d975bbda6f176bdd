"""Puts together what is done in jobs, deep research and checks of long texts, who runs them, and where they are kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from fanar.claims import TextInquiry
from fanar.jobs import Asked, Inquiry, Json, QueueBounds, Step
from fanar.settings import Settings
from orchestrator.bootstrap.attribution import Attribution
from orchestrator.bootstrap.models import Models
from orchestrator.bootstrap.retrieval import Retrieval
from orchestrator.bootstrap.screening import clean_of_everything, clean_of_rules
from orchestrator.bootstrap.scripture import Scripture
from orchestrator.bootstrap.storage import Storage
from orchestrator.jobs.bells import Bells
from orchestrator.jobs.checking import CheckDesk, TextChecks
from orchestrator.jobs.research import ResearchDesk
from orchestrator.jobs.runner import JobRunner, Terms, Work
from orchestrator.models import SeatedModel
from rag.ingest.intake import TAFSIR
from rag.islamic.interpretation.shelf import InstalledCommentaries
from rag.islamic.lexicon import load_lexicon
from rag.islamic.lookup import VerseLookup
from rag.islamic.research.gathering import Gatherer
from rag.islamic.research.researcher import Researcher
from rag.islamic.research.writing import ReportWriter
from rag.retrievers.hybrid import HybridRetriever


@dataclass(frozen=True, slots=True)
class Jobs:
    """The desks that take jobs in, one for each kind."""

    research: ResearchDesk
    checks: CheckDesk


@asynccontextmanager
async def open_jobs(
    settings: Settings, storage: Storage, retrieval: Retrieval, scripture: Scripture, models: Models, attribution: Attribution
) -> AsyncIterator[Jobs]:
    """Yield the desks, and run jobs until the end of the block; those of earlier processes are gone on with."""
    bells, terms = Bells(), settings.research
    runner = JobRunner(
        jobs=storage.jobs,
        work=_work(_researcher(settings, storage, retrieval, scripture, models), attribution.long_texts),
        bells=bells,
        terms=Terms(running=terms.running, attempts=terms.attempts, days=terms.days),
    )
    bounds = QueueBounds(jobs=terms.queue, per_owner=terms.per_key)
    async with runner.running():
        discussed = clean_of_rules(settings.blocklist)
        yield Jobs(
            research=ResearchDesk(jobs=storage.jobs, runner=runner, bells=bells, bounds=bounds, discussed=discussed),
            checks=CheckDesk(jobs=storage.jobs, runner=runner, bells=bells, bounds=bounds),
        )


def _work(researcher: Researcher, checks: TextChecks) -> Work:
    def work(asked: Asked, notes: Json) -> AsyncIterator[Step]:
        """Begin, or go on with, what was asked."""
        match asked:
            case Inquiry():
                return researcher.research(asked, notes)
            case TextInquiry():
                return checks.check(asked, notes)
            case _:
                assert_never(asked)

    return work


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
