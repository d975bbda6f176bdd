"""Hands out the documents that were found, by id. Knows nothing of how they were found."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from fanar.documents import Document
from rag.documents import DocumentSource
from rag.indexes import Manifest

_REMEMBERED = 2_048

_Key = tuple[str, int, str]


class Passages:
    """Documents from the repository; some corpora are kept in memory whole, of the others those last asked for."""

    def __init__(self, *, repository: DocumentSource, remembered: int = _REMEMBERED) -> None:
        self._repository = repository
        self._remembered = remembered
        self._recent: OrderedDict[_Key, Document] = OrderedDict()
        self._resident: dict[tuple[str, int], dict[str, Document]] = {}

    def keep(self, corpus: str, generation: int, documents: Iterable[Document]) -> None:
        """Keep a generation of a corpus in memory, as long as it is the one that is indexed."""
        self._resident = {place: kept for place, kept in self._resident.items() if place[0] != corpus}
        self._resident[corpus, generation] = {document.id: document for document in documents}

    async def fetch(self, manifest: Manifest, ids: Sequence[str]) -> dict[str, Document]:
        """Return the documents of these ids; those that are no longer there are left out."""
        place = manifest.corpus, manifest.generation
        resident = self._resident.get(place)
        if resident is not None:
            return {id_: resident[id_] for id_ in ids if id_ in resident}
        found = {id_: self._recent[*place, id_] for id_ in ids if (*place, id_) in self._recent}
        missing = [id_ for id_ in ids if id_ not in found]
        if missing:
            fetched = await asyncio.to_thread(self._repository.fetch, manifest.corpus, missing)
            found |= {document.id: document for document in fetched}
        self._remember(place, found)
        return found

    def _remember(self, place: tuple[str, int], documents: dict[str, Document]) -> None:
        for id_, document in documents.items():
            self._recent[*place, id_] = document
            self._recent.move_to_end((*place, id_))
        while len(self._recent) > self._remembered:
            self._recent.popitem(last=False)
