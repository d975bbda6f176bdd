"""Puts the one search over scripture and everything else together."""

from __future__ import annotations

from orchestrator.bootstrap.retrieval import Retrieval
from orchestrator.bootstrap.scripture import Scripture
from orchestrator.search import CombinedSearch
from rag.ingest.quran import NAME as QURAN
from rag.retrievers.hybrid import HybridRetriever


def build_search(scripture: Scripture, retrieval: Retrieval) -> CombinedSearch:
    """Return the search over all that is installed."""
    everything = HybridRetriever(catalog=retrieval.catalog, store=retrieval.store, passages=retrieval.passages)
    return CombinedSearch(verses=scripture.verses, everything=everything, scripture=QURAN)
