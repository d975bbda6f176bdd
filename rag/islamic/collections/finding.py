"""Finds the passages of installed collections that surely speak to a question. Knows nothing of how they are shown.

A passage is found in what the scope admits and nowhere else, judged by itself, and shown once however many collections have it. A hadith
that its source calls fabricated is shown to who quotes it, never as an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from fanar.documents import Document
from fanar.hadith.grades import Grade
from fanar.protocols import CorpusRepository, Filters
from rag.ingest.intake import HADITH
from rag.islamic.collections.bounds import Bounds
from rag.islamic.collections.judging import GROUNDS, Judged, Kind, judge
from rag.islamic.collections.sameness import same_words
from rag.islamic.collections.scope import Scope, Shelf
from rag.islamic.collections.sought import Sought
from rag.retrievers.signals import CandidateSource

_CANDIDATES = 40
_REFUSED: Grade = "mawdu"
_WEAK: Grade = "daif"


class CollectionSearch:
    """Looks with `source` into shelves; `bounds` say which grounds may decide."""

    def __init__(self, *, source: CandidateSource, repository: CorpusRepository, bounds: Bounds) -> None:
        self._source = source
        self._repository = repository
        self._grounds = {kind: frozenset(ground for ground, bound in own.items() if bound.holds) for kind, own in bounds.items()}

    async def find(self, sought: Sought, shelves: Sequence[Shelf], scope: Scope) -> list[Judged]:
        """Return what surely speaks to the question on these shelves, the surest first; preferred shelves alone where they have any."""
        names = {shelf.info.name for shelf in scope.first}
        first = [shelf for shelf in shelves if shelf.info.name in names]
        for some in (first, [shelf for shelf in shelves if shelf not in first]):
            found = [each for shelf in some for each in await self._on(shelf, sought)]
            if found := _each_once([each for each in found if scope.admits(each.document)]):
                return found
        return []

    async def numbered(self, sought: Sought, shelves: Sequence[Shelf], scope: Scope) -> list[Document]:
        """Return the hadith that the question asks for by collection and number."""
        ids = [f"{collection}:{sought.number}" for collection in sought.collections] if sought.number else []
        fetched = [await asyncio.to_thread(self._repository.fetch, shelf.info.name, ids) for shelf in shelves] if ids else []
        return [document for documents in fetched for document in documents if scope.admits(document)]

    async def _on(self, shelf: Shelf, sought: Sought) -> list[Judged]:
        found: dict[str, Judged] = {}
        kind: Kind = "hadith" if shelf.info.kind == HADITH else "law"
        for where in _named(shelf, sought) if kind == "hadith" else shelf.where:
            candidates = await self._source.candidates(sought.text, top_k=_CANDIDATES, corpora=(shelf.info.name,), filters=where or None)
            judged = await asyncio.to_thread(_all_judged, sought, [each.document for each in candidates], kind=kind)
            found |= {each.document.id: each for each in judged if each.ground in self._grounds[kind]}
        return list(found.values())


def _named(shelf: Shelf, sought: Sought) -> list[Filters]:
    """Return the filters of a shelf of hadith, narrowed to the collections that the question names."""
    if not sought.collections:
        return list(shelf.where)
    return [{**where, "collection": name} for where in shelf.where for name in sought.collections if where.get("collection", name) == name]


def _all_judged(sought: Sought, documents: Sequence[Document], *, kind: Kind) -> list[Judged]:
    judged = (judge(sought, document, kind=kind) for document in documents)
    return [each for each in judged if each is not None and (each.ground == "quoted" or each.document.metadata.get("grade") != _REFUSED)]


def _each_once(found: Sequence[Judged]) -> list[Judged]:
    ranked = sorted(found, key=lambda each: (GROUNDS.index(each.ground), each.document.metadata.get("grade") == _WEAK, -each.weight))
    once: dict[str, Judged] = {}
    for each in ranked:
        once.setdefault(_words(each.document), each)
    return list(once.values())


def _words(document: Document) -> str:
    facts = document.metadata
    return f"{facts.get('madhab') or facts.get('school') or ''}\n{same_words(document)}"
