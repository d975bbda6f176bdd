"""Ranks documents by the nearness of their vectors. Knows nothing of terms or of how vectors are stored."""

from __future__ import annotations

from collections.abc import Sequence

from fanar.documents import ScoredDocument
from fanar.protocols import DocumentStore, Filters
from rag.analysis import Term, read_question
from rag.indexes import CorpusIndex, IndexCatalog
from rag.retrievers.bm25 import QuestionReader
from rag.retrievers.passages import Passages


class DenseRetriever:
    """A Retriever on the vectors alone."""

    def __init__(self, *, catalog: IndexCatalog, store: DocumentStore, passages: Passages, reader: QuestionReader = read_question) -> None:
        self._catalog = catalog
        self._store = store
        self._passages = passages
        self._reader = reader

    async def retrieve(
        self, query: str, *, top_k: int = 5, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[ScoredDocument]:
        """Return documents, best first; `corpora` empty means all. Raises NotFoundError for a corpus that is not installed."""
        terms = self._reader(query)
        found: list[ScoredDocument] = []
        for name in (corpora or self._catalog.names()) if terms else ():
            index = self._catalog.open(name)
            scores = dict(await nearest(self._store, index, terms, depth=top_k, filters=filters))
            documents = await self._passages.fetch(index.manifest, list(scores))
            found += [ScoredDocument(documents[id_], score) for id_, score in scores.items() if id_ in documents]
        return sorted(found, key=lambda each: -each.score)[:top_k]


async def nearest(
    store: DocumentStore, index: CorpusIndex, terms: Sequence[Term], *, depth: int, filters: Filters | None = None
) -> list[tuple[str, float]]:
    """Return the `depth` passages nearest to the question as (id, cosine similarity), best first."""
    vector = index.embedder.embed_query(" ".join(form for term in terms for form in term.forms))
    return await store.search(index.manifest.collection, vector, fingerprint=index.manifest.fingerprint, top_k=depth, filters=filters)
