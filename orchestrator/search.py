"""One search over scripture and the user's own documents. Knows nothing of how either is searched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from fanar.documents import ScoredDocument
from fanar.protocols import Filters, Retriever


class CombinedSearch:
    """A Retriever. Scripture alone is searched by `verses`, whose scores are probabilities; mixed lists come from `everything`.

    In a mixed list the scores of `everything` rank, since only they compare; a verse is still confident only if `verses` says so. Where
    no corpora are named, those that `searched` names are meant.
    """

    def __init__(self, *, verses: Retriever, everything: Retriever, scripture: str, searched: Callable[[], Sequence[str]] = tuple) -> None:
        self._verses = verses
        self._everything = everything
        self._scripture = scripture
        self._searched = searched

    async def retrieve(
        self, query: str, *, top_k: int = 5, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[ScoredDocument]:
        """Return documents, best first; `corpora` empty means all. Raises NotFoundError for a corpus that is not installed."""
        if set(corpora) == {self._scripture}:
            return await self._verses.retrieve(query, top_k=top_k, corpora=corpora, filters=filters)
        found = await self._everything.retrieve(query, top_k=top_k, corpora=corpora or self._searched(), filters=filters)
        if not any(self._is_verse(scored) for scored in found):
            return found
        if all(self._is_verse(scored) for scored in found) and not corpora:
            return await self._verses.retrieve(query, top_k=top_k, corpora=(self._scripture,), filters=filters)
        sure = {
            scored.document.id for scored in await self._verses.retrieve(query, top_k=top_k, corpora=(self._scripture,)) if scored.confident
        }
        return [replace(scored, confident=scored.document.id in sure) if self._is_verse(scored) else scored for scored in found]

    def _is_verse(self, scored: ScoredDocument) -> bool:
        return scored.document.corpus == self._scripture
