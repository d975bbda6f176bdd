"""Answers from the files that a question names: cited, from nothing else, and plainly when they hold no answer.

Knows nothing of whose files they are, of routes, or of how files are read.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

from fanar.documents import Document, ScoredDocument
from fanar.events import Event, RoutingDecision
from fanar.keeping_protocols import PassageRepository
from fanar.messages import ChatRequest
from fanar.protocols import ChatModel
from rag.library.finding import FilesSource
from rag.library.index import LibraryIndex
from rag.pipeline import RagPipeline, Rewrite
from rag.retrievers.signals import CandidateSource

_NEAREST = 5
_OPENING = 5


class LibraryAnswers:
    """Answers from files. `source` searches libraries by name, `rewrite` sees what a model writes before anyone else."""

    def __init__(self, *, passages: PassageRepository, index: LibraryIndex, source: CandidateSource, rewrite: Rewrite) -> None:
        self._passages = passages
        self._index = index
        self._source = source
        self._rewrite = rewrite

    async def search(self, query: str, *, library: str, files: Sequence[str], top_k: int) -> list[ScoredDocument]:
        """Return passages of these files, best first; `confident` marks those that surely answer."""
        return await self._pipeline(library, files, None).search(query, depth=top_k)

    async def answer(
        self,
        request: ChatRequest,
        decision: RoutingDecision,
        *,
        library: str,
        files: Sequence[str],
        model: ChatModel | None,
        insisting: bool = False,
    ) -> AsyncIterator[Event]:
        """Return the events of an answer from these files: by `model` where there is one, else, without `insisting`, in their own words."""
        pipeline = self._pipeline(library, files, model, insisting=insisting)
        sure = await pipeline.try_answer(request, decision)
        if sure is not None:
            return sure
        near = [scored.document for scored in await pipeline.search(_in_context(request))][:_NEAREST]
        if model is not None:
            # A question about a file as a whole shares no words with it; how it begins says most about it.
            near = _distinct([*near, *await asyncio.to_thread(self._passages.opening, library, files, limit=_OPENING)])
        return pipeline.unsure_answer(near, request, decision)

    def _pipeline(self, library: str, files: Sequence[str], model: ChatModel | None, *, insisting: bool = False) -> RagPipeline:
        source = FilesSource(index=self._index, source=self._source, library=library, files=files)
        return RagPipeline(source=source, corpora=lambda: [library], model=model, insisting=insisting, rewrite=self._rewrite)


def _in_context(request: ChatRequest) -> str:
    """Return the question after the one before it: what follows up names only what is new."""
    asked = [turn.text for turn in request.messages if turn.role == "user"]
    return "\n".join(asked[-2:])


def _distinct(documents: Sequence[Document]) -> list[Document]:
    return list({document.id: document for document in documents}.values())
