"""Retrievers, ours as LangChain's and LangChain's as ours. Knows nothing of how either searches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from fanar.documents import Document, ScoredDocument
from fanar.protocols import Filters, Retriever
from rag.documents import meets
from rag.indexes import not_indexed
from rag.langchain.loop import run


class FanarRetriever(BaseRetriever):
    """Our Retriever as LangChain's. `k` documents come, from `corpora` or from all; `filters` hold for their metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Any = Field(exclude=True, description="a fanar.protocols.Retriever")
    k: int = Field(default=5, ge=1)
    corpora: tuple[str, ...] = ()
    filters: dict[str, Any] | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[LangChainDocument]:
        return run(self._found(query, k))

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[LangChainDocument]:
        return await self._found(query, k)

    async def _found(self, query: str, k: int | None) -> list[LangChainDocument]:
        retriever: Retriever = self.retriever
        found = await retriever.retrieve(query, top_k=self.k if k is None else k, corpora=self.corpora, filters=self.filters)
        return [_theirs(each) for each in found]


class LangChainRetriever:
    """LangChain's retriever as ours, under the name of one corpus. A rank stands for a score where its documents have none."""

    def __init__(self, retriever: BaseRetriever, *, corpus: str) -> None:
        self._retriever = retriever
        self._corpus = corpus

    async def retrieve(
        self, query: str, *, top_k: int = 5, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[ScoredDocument]:
        """Return documents, best first; `corpora` empty means all. Raises NotFoundError for a corpus that is not installed."""
        if set(corpora) - {self._corpus}:
            raise not_indexed()
        found = await self._retriever.ainvoke(query)
        kept = [each for each in found if meets(each.metadata, filters)]
        scored = [self._ours(each, rank) for rank, each in enumerate(kept, 1)]
        return sorted(scored, key=lambda each: -each.score)[:top_k]

    def _ours(self, found: LangChainDocument, rank: int) -> ScoredDocument:
        facts = {key: value for key, value in found.metadata.items() if isinstance(value, str | int | float | bool)}
        id_ = found.id or str(facts.get("id", rank))
        document = Document(
            id=id_,
            corpus=self._corpus,
            reference=str(facts.get("reference", facts.get("source", id_))),
            text=found.page_content,
            metadata=facts,
        )
        score = facts.get("score")
        return ScoredDocument(document, float(score) if isinstance(score, int | float) else 1 / rank)


def _theirs(found: ScoredDocument) -> LangChainDocument:
    document = found.document
    facts = {"corpus": document.corpus, "reference": document.reference, "score": found.score, "confident": found.confident}
    shown = {key: value for key, value in (("translation", document.translation), ("url", document.url)) if value is not None}
    return LangChainDocument(id=document.id, page_content=document.text, metadata={**document.metadata, **facts, **shown})
