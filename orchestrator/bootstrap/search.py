"""Puts the one search over scripture and everything else together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from orchestrator.bootstrap.retrieval import Retrieval
from orchestrator.bootstrap.scripture import Scripture
from orchestrator.search import CombinedSearch
from rag.ingest.intake import GENERAL, TRANSLATION
from rag.ingest.quran import NAME as QURAN
from rag.retrievers.hybrid import HybridRetriever


def build_search(scripture: Scripture, retrieval: Retrieval) -> CombinedSearch:
    """Return the search over all that is installed."""
    everything = HybridRetriever(catalog=retrieval.catalog, store=retrieval.store, passages=retrieval.passages)
    return CombinedSearch(verses=scripture.verses, everything=everything, scripture=QURAN, searched=partial(_searched, retrieval))


def _searched(retrieval: Retrieval) -> list[str]:
    """Return all corpora but translations of the Quran: those lead to its verses, and would only stand in front of them."""
    translations = retrieval.catalog.names_of(TRANSLATION)
    return [name for name in retrieval.catalog.names() if name not in translations]


def general_corpora(retrieval: Retrieval) -> Callable[[], list[str]]:
    """Return what names the user's own corpora at the time of asking."""
    return lambda: [name for name in retrieval.catalog.names_of(GENERAL) if name != QURAN]
