"""What may speak of a claim: passages of installed corpora, and articles of the news. Knows nothing of claims' verdicts or of HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Protocol
from zoneinfo import ZoneInfo

from fanar.arabic.script import language_hint
from fanar.claims import SourceText
from fanar.documents import Document
from fanar.protocols import Retriever
from rag.recency import telling
from rag.recency.articles import ArticleStore

_PER_CLAIM = 3
_LOOKING = 4  # searches at once

Search = Callable[[str], Awaitable[Iterable[Document]]]


class Evidence(Protocol):
    """Finds what claims can be held against."""

    async def about(self, claims: Sequence[str], *, corpora: Sequence[str] = ()) -> list[SourceText]:
        """Return texts of `corpora`, or without these of whatever is here, none twice. Raises NotFoundError for one not installed."""
        ...


class InstalledEvidence:
    """Evidence from corpora and the news. `general` names the corpora that are looked in where none is named."""

    def __init__(self, *, retriever: Retriever, general: Callable[[], Sequence[str]], news: ArticleStore, zone: ZoneInfo) -> None:
        self._retriever = retriever
        self._general = general
        self._news = news
        self._zone = zone

    async def about(self, claims: Sequence[str], *, corpora: Sequence[str] = ()) -> list[SourceText]:
        """Return the passages, and where no corpora are named the articles, that come nearest to each claim."""
        within = tuple(corpora or self._general())
        searches: list[Search] = [lambda claim: self._passages(claim, within)] if within else []
        if not corpora and (await self._news.status()).articles:
            searches.append(self._articles)
        found: dict[str, SourceText] = {}
        for first in range(0, len(claims), _LOOKING):
            asked = [search(claim) for claim in claims[first : first + _LOOKING] for search in searches]
            for document in [each for documents in await asyncio.gather(*asked) for each in documents]:
                source = source_of(document)
                found.setdefault(source.id, source)
        return list(found.values())

    async def _passages(self, claim: str, corpora: Sequence[str]) -> list[Document]:
        return [scored.document for scored in await self._retriever.retrieve(claim, top_k=_PER_CLAIM, corpora=corpora)]

    async def _articles(self, claim: str) -> list[Document]:
        language = language_hint(claim)
        found = await self._news.search(claim, top_k=_PER_CLAIM)
        return [
            telling.document_of(
                each.article, zone=self._zone, language=language, text=telling.plain(f"{each.article.title}. {each.article.text}")
            )
            for each in found
        ]


def source_of(document: Document) -> SourceText:
    """Return a document as something to hold claims against; what translates it says it too."""
    text = f"{document.text}\n{document.translation}" if document.translation else document.text
    return SourceText(f"{document.corpus}:{document.id}", text, title=document.reference, url=document.url, listed=False)
