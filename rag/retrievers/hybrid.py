"""Fuses what words and vectors find, and says why each passage was found. Knows nothing of thresholds or of what an answer is."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fanar.documents import ScoredDocument
from fanar.errors import IndexMismatchError, NotFoundError
from fanar.protocols import DocumentStore, Filters
from rag.analysis import Term, read_question
from rag.indexes import CorpusIndex, IndexCatalog
from rag.retrievers.bm25 import QuestionReader, best_hits
from rag.retrievers.dense import nearest
from rag.retrievers.passages import Passages
from rag.retrievers.signals import Candidate, QuestionWeigher, Signals
from rag.retrievers.weights import WEIGHTS, Weights
from rag.stores.lexical import LexicalHit

_LEXICAL_DEPTH = 40
_DENSE_DEPTH = 20


class HybridRetriever:
    """A Retriever on the lexical index and the vectors together."""

    def __init__(
        self,
        *,
        catalog: IndexCatalog,
        store: DocumentStore,
        passages: Passages,
        weights: Weights = WEIGHTS,
        reader: QuestionReader = read_question,
    ) -> None:
        self._catalog = catalog
        self._store = store
        self._passages = passages
        self._weights = weights
        self._reader = reader

    async def retrieve(
        self, query: str, *, top_k: int = 5, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[ScoredDocument]:
        """Return documents, best first; `corpora` empty means all. Raises NotFoundError for a corpus that is not installed."""
        return [candidate.scored for candidate in await self.candidates(query, top_k=top_k, corpora=corpora, filters=filters)]

    async def candidates(
        self, query: str, *, top_k: int = 10, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[Candidate]:
        """Return what `retrieve` does, with the signals that speak for each document."""
        terms = list(self._reader(query))
        found: list[Candidate] = []
        for name in (corpora or self._catalog.names()) if terms else ():
            found += await self._of(name, terms, top_k, filters)
        return _with_leads(sorted(found, key=lambda each: -each.score))[:top_k]

    async def _of(self, name: str, terms: Sequence[Term], top_k: int, filters: Filters | None) -> list[Candidate]:
        index = self._catalog.open(name)
        try:
            return await self._found(index, terms, top_k, filters)
        except (NotFoundError, IndexMismatchError):
            # Another process may have put a new build in place between our reading of the pointer and the search.
            successor = self._catalog.open(name)
            if successor.manifest.build == index.manifest.build:
                raise
            return await self._found(successor, terms, top_k, filters)

    async def _found(self, index: CorpusIndex, terms: Sequence[Term], top_k: int, filters: Filters | None) -> list[Candidate]:
        near, hits = await asyncio.gather(
            nearest(self._store, index, terms, depth=max(_DENSE_DEPTH, top_k), filters=filters),
            asyncio.to_thread(best_hits, index, terms, weights=self._weights, depth=max(_LEXICAL_DEPTH, top_k), filters=filters),
        )
        compared = _signals if self._weights.reads_passages else _rough_signals
        signals = await asyncio.to_thread(compared, index, terms, hits, dict(near))
        scores = {id_: self._weights.fused(each, fields=index.manifest.fields) for id_, each in signals.items()}
        # One more than asked for: the last one's lead is over the one that is left out.
        best = sorted(scores, key=lambda id_: (-scores[id_], id_))[: top_k + 1]
        documents = await self._passages.fetch(index.manifest, best)
        return [Candidate(documents[id_], scores[id_], signals[id_]) for id_ in best if id_ in documents]


def _signals(index: CorpusIndex, terms: Sequence[Term], hits: Sequence[LexicalHit], cosines: Mapping[str, float]) -> dict[str, Signals]:
    weigher = QuestionWeigher(terms, index=index.lexical)
    found: dict[str, Signals] = {}
    for hit in hits:
        passage = index.lexical.stored(hit.address)
        found[passage.id] = Signals(hit.scores, weigher.coverage(passage), weigher.heading(passage))
    for address in index.lexical.addresses([id_ for id_ in cosines if id_ not in found]).values():
        passage = index.lexical.stored(address)
        found[passage.id] = Signals({}, weigher.coverage(passage), weigher.heading(passage))
    return {id_: replace(each, cosine=max(0.0, cosines.get(id_, 0.0)), unknown=weigher.unknown) for id_, each in found.items()}


def _rough_signals(index: CorpusIndex, _: Sequence[Term], hits: Sequence[LexicalHit], cosines: Mapping[str, float]) -> dict[str, Signals]:
    found = {index.lexical.id_of(hit.address): Signals(hit.scores) for hit in hits}
    for id_, cosine in cosines.items():
        found[id_] = replace(found.get(id_, Signals()), cosine=max(0.0, cosine))
    return found


def _with_leads(candidates: Sequence[Candidate]) -> list[Candidate]:
    following = [*(each.score for each in candidates[1:]), 0.0][: len(candidates)]
    return [
        replace(each, signals=replace(each.signals, lead=(each.score - after) / each.score if each.score > 0 else 0.0))
        for each, after in zip(candidates, following, strict=True)
    ]
