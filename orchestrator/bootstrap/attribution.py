"""Puts together what checks claims: plain checks, the pages and corpora they are held against, and models where they are set."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal

from fanar.attribution.claims.checker import ClaimChecker
from fanar.fetch.client import Fetcher
from fanar.protocols import ChatModel, Handler
from fanar.settings import Settings
from orchestrator.attributions import AttributionDesk
from orchestrator.bootstrap.entailment import open_entailment
from orchestrator.bootstrap.library import build_reader
from orchestrator.bootstrap.recency import zone_of
from orchestrator.bootstrap.retrieval import Retrieval
from orchestrator.bootstrap.scripture import Scripture
from orchestrator.bootstrap.search import build_search, general_corpora
from orchestrator.evidence import InstalledEvidence
from orchestrator.handlers.checked import CheckedHandler
from orchestrator.jobs.checking import TextChecks
from orchestrator.pages import MOST_BYTES, Pages
from orchestrator.platform import Capability
from rag.recency.articles import ArticleStore

_FETCH_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Attribution:
    """What checks texts, and which answers of the chat are checked by it."""

    desk: AttributionDesk
    long_texts: TextChecks
    capability: Callable[[], Capability]
    policy: Literal["all", "documents", "never"]

    def checked(self, handler: Handler) -> Handler:
        """Return `handler` with what models write in its answers checked, where the operator wants that."""
        if self.policy == "never":
            return handler
        return CheckedHandler(handler, attributions=self.desk, everything=self.policy == "all")


@asynccontextmanager
async def open_attribution(
    settings: Settings, scripture: Scripture, retrieval: Retrieval, news: ArticleStore, model: ChatModel | None
) -> AsyncIterator[Attribution]:
    """Yield what checks texts, and close its connections at the end. `model` is asked for claims where the operator wants that."""
    chosen = settings.attribution
    fetcher = Fetcher(private_hosts=settings.fetch_private_hosts, max_bytes=MOST_BYTES, seconds=_FETCH_SECONDS)
    async with open_entailment(settings) as entailment, fetcher:
        checker = ClaimChecker(
            entailment=entailment.model,
            spans=entailment.spans,
            splitter=model if chosen.splitting == "model" else None,
            splitting_seconds=chosen.splitting_seconds,
        )
        pages = Pages(fetcher, reader=build_reader(settings))
        evidence = InstalledEvidence(
            retriever=build_search(scripture, retrieval), general=general_corpora(retrieval), news=news, zone=zone_of(settings)
        )
        desk = AttributionDesk(
            verifier=scripture.verifier,
            claims=checker,
            evidence=evidence,
            pages=pages,
            version=checker.version,
            splitting=lambda: checker.splitting,
        )
        long_texts = TextChecks(attributions=desk, pages=pages)
        yield Attribution(desk, long_texts, entailment.capability, chosen.check)
