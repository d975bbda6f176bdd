"""Puts the one search over scripture and everything else together."""

from __future__ import annotations

from collections.abc import Callable

from orchestrator.bootstrap.retrieval import Retrieval
from orchestrator.bootstrap.scripture import Scripture
from orchestrator.search import CombinedSearch
from rag.ingest.intake import GENERAL
from rag.ingest.quran import NAME as QURAN
from rag.retrievers.hybrid import HybridRetriever


def build_search(scripture: Scripture, retrieval: Retrieval) -> CombinedSearch:
    """Return the search over all that is installed."""
    everything = HybridRetriever(catalog=retrieval.catalog, store=retrieval.store, passages=retrieval.passages)
    return CombinedSearch(verses=scripture.verses, everything=everything, scripture=QURAN)


def general_corpora(retrieval: Retrieval) -> Callable[[], list[str]]:
    """Return what names the user's own corpora at the time of asking."""
    return lambda: [name for name in retrieval.catalog.names_of(GENERAL) if name != QURAN]
