"""Puts together what checks claims: plain checks, the pages and corpora they are held against, and an entailment model where one is set."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fanar.attribution.claims.checker import ClaimChecker
from fanar.attribution_protocols import ClaimVerifier
from fanar.fetch.client import Fetcher
from fanar.settings import Settings
from orchestrator.attributions import AttributionDesk
from orchestrator.bootstrap.entailment import open_entailment
from orchestrator.bootstrap.library import build_reader
from orchestrator.bootstrap.retrieval import Retrieval
from orchestrator.bootstrap.scripture import Scripture
from orchestrator.bootstrap.search import build_search, general_corpora
from orchestrator.handlers.checked import CheckedDocuments
from orchestrator.handlers.general import DocumentAnswers
from orchestrator.pages import MOST_BYTES, Pages
from orchestrator.platform import Capability

_FETCH_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Attribution:
    """What checks texts, and what of it the chat uses by itself."""

    desk: AttributionDesk
    claims: ClaimVerifier
    capability: Callable[[], Capability]
    on_documents: bool

    def checked(self, documents: DocumentAnswers) -> DocumentAnswers:
        """Return `documents` with what models write from them checked, where the operator wants that."""
        return CheckedDocuments(documents, claims=self.claims) if self.on_documents else documents


@asynccontextmanager
async def open_attribution(settings: Settings, scripture: Scripture, retrieval: Retrieval) -> AsyncIterator[Attribution]:
    """Yield what checks texts, and close its connections at the end."""
    fetcher = Fetcher(private_hosts=settings.fetch_private_hosts, max_bytes=MOST_BYTES, seconds=_FETCH_SECONDS)
    async with open_entailment(settings) as entailment, fetcher:
        checker = ClaimChecker(entailment=entailment.model)
        desk = AttributionDesk(
            verifier=scripture.verifier,
            claims=checker,
            retriever=build_search(scripture, retrieval),
            pages=Pages(fetcher, reader=build_reader(settings)),
            general=general_corpora(retrieval),
            version=checker.version,
        )
        yield Attribution(desk, checker, entailment.capability, on_documents=settings.attribution.check == "documents")
