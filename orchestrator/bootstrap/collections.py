"""Puts together what answers from installed collections: the library, the search in it, and the bounds within which it is believed."""

from __future__ import annotations

from orchestrator.bootstrap.retrieval import Retrieval
from orchestrator.bootstrap.scripture import Scripture
from rag.islamic.collections.bounds import load_bounds
from rag.islamic.collections.finding import CollectionSearch
from rag.islamic.collections.library import Library
from rag.islamic.collections.sought import terms_of
from rag.islamic.collections.talk import CollectionTalk
from rag.retrievers.hybrid import HybridRetriever


def build_collections(*, scripture: Scripture, retrieval: Retrieval) -> CollectionTalk:
    """Return who answers from the collections that are installed when it is asked."""
    reader = terms_of(scripture.reader)
    passages = HybridRetriever(catalog=retrieval.catalog, store=retrieval.store, passages=retrieval.passages, reader=reader)
    bounds = load_bounds()
    return CollectionTalk(
        library=Library(repository=retrieval.repository, indexed=retrieval.catalog.names),
        search=CollectionSearch(source=passages, repository=retrieval.repository, bounds=bounds),
        reader=scripture.reader,
        bounds=bounds,
    )
