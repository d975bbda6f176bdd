"""Ranks documents by BM25 over several fields. Knows nothing of embeddings or Chroma."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from fanar.documents import ScoredDocument
from fanar.protocols import Filters
from rag.analysis import Term, query_fields, read_question
from rag.indexes import CorpusIndex, IndexCatalog
from rag.retrievers.passages import Passages
from rag.retrievers.weights import WEIGHTS, Weights
from rag.stores.lexical import LexicalHit

QuestionReader = Callable[[str], Sequence[Term]]
"""Takes a question apart into its content words; may add synonyms or leave words out."""


class Bm25Retriever:
    """A Retriever on the lexical index alone."""

    def __init__(
        self, *, catalog: IndexCatalog, passages: Passages, weights: Weights = WEIGHTS, reader: QuestionReader = read_question
    ) -> None:
        self._catalog = catalog
        self._passages = passages
        self._weights = weights
        self._reader = reader

    async def retrieve(
        self, query: str, *, top_k: int = 5, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[ScoredDocument]:
        """Return documents, best first; `corpora` empty means all. Raises NotFoundError for a corpus that is not installed."""
        terms = list(self._reader(query))
        found: list[ScoredDocument] = []
        for name in corpora or self._catalog.names():
            found += await self._of(self._catalog.open(name), terms, top_k, filters)
        return sorted(found, key=lambda each: -each.score)[:top_k]

    async def _of(self, index: CorpusIndex, terms: Sequence[Term], top_k: int, filters: Filters | None) -> list[ScoredDocument]:
        ranked = await asyncio.to_thread(best_hits, index, terms, weights=self._weights, depth=top_k, filters=filters)
        scores = {index.lexical.stored(hit.address).id: self._weights.lexical(hit.scores) for hit in ranked}
        documents = await self._passages.fetch(index.manifest, list(scores))
        return [ScoredDocument(documents[id_], score) for id_, score in scores.items() if id_ in documents]


def best_hits(
    index: CorpusIndex, terms: Sequence[Term], *, weights: Weights, depth: int, filters: Filters | None = None, pool: int = 100
) -> list[LexicalHit]:
    """Return the `depth` best passages by the weighed sum of their fields, out of the `pool` best of each field."""
    wanted = {name: groups for name, groups in query_fields(terms).items() if name in weights.bm25}
    hits = index.lexical.search(wanted, depth=max(pool, depth), filters=filters)
    return sorted(hits, key=lambda hit: (-weights.lexical(hit.scores), hit.address))[:depth]
