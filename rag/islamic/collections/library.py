"""What is installed besides the Quran, and which books, sources and schools each corpus states. Knows nothing of questions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from fanar.documents import CorpusInfo, Document
from fanar.protocols import CorpusRepository
from rag.ingest.intake import HADITH, SUPPLICATION, TAFSIR, TRANSLATION

LAW = ("fiqh", "fatwa")
"""The kinds that a ruling may rest on."""
KINDS = (HADITH, TAFSIR, TRANSLATION, *LAW, SUPPLICATION)

Fact = Literal["book", "source", "author", "mufti", "collection", "title", "madhab", "school"]
FACTS: tuple[Fact, ...] = ("book", "source", "author", "mufti", "collection", "title", "madhab", "school")
"""What records state and a filter may name. The titles of hadith are those of their collections; other records' titles are their own."""
_MOST_VALUES = 5_000

Facts = Mapping[Fact, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Volume:
    """An installed corpus, and the values that its records state for each of FACTS."""

    info: CorpusInfo
    facts: Facts


class Library:
    """The religious corpora of `repository` among those that `indexed` names, as they are installed when it is asked."""

    def __init__(self, *, repository: CorpusRepository, indexed: Callable[[], Collection[str]]) -> None:
        self._repository = repository
        self._indexed = indexed
        self._facts: dict[tuple[str, int], Facts] = {}

    async def corpora(self) -> list[CorpusInfo]:
        """Return what is installed and can be searched."""
        return await asyncio.to_thread(self._installed)

    async def volumes(self) -> list[Volume]:
        """Return the same with what the records state; read once for each installation."""
        return await asyncio.to_thread(lambda: [Volume(info, self._stated(info)) for info in self._installed()])

    def _installed(self) -> list[CorpusInfo]:
        there = set(self._indexed())
        return [info for info in self._repository.corpora() if info.kind in KINDS and info.name in there]

    def _stated(self, info: CorpusInfo) -> Facts:
        key = info.name, info.generation
        if key not in self._facts:
            self._facts = {place: facts for place, facts in self._facts.items() if place[0] != info.name}
            self._facts[key] = _facts(info.kind, self._repository.documents(info.name))
        return self._facts[key]


def _facts(kind: str, documents: Iterable[Document]) -> Facts:
    names = [name for name in FACTS if name != "title" or kind == HADITH]
    found: dict[Fact, set[str]] = {name: set() for name in names}
    for document in documents:
        for name in names:
            value = document.metadata.get(name)
            if value and len(found[name]) < _MOST_VALUES:
                found[name].add(str(value))
    return {name: frozenset(values) for name, values in found.items()}
