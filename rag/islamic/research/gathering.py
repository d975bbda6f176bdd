"""Looks in every installed source for what speaks to one question. Knows nothing of plans or of how a report is written.

A verse is evidence above the calibrated threshold, or where the question names it; another passage where it holds most of what the
question is about. A hadith that its collection calls fabricated is no evidence.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fanar.bilingual import Language
from fanar.documents import CorpusInfo
from fanar.hadith.grades import Grade
from fanar.protocols import CorpusRepository, Retriever
from rag.analysis import search_words
from rag.ingest.quran import NAME as QURAN
from rag.islamic.collections.glossary import all_arabic, read_glossary
from rag.islamic.collections.sameness import same_words
from rag.islamic.collections.words import schools_in, without_names
from rag.islamic.conversation import asked_in
from rag.islamic.interpretation.shelf import Commentaries
from rag.islamic.lookup import VerseLookup
from rag.islamic.passages import Passage, passages_of
from rag.islamic.reading import Concept
from rag.islamic.research.plan import SubQuestion
from rag.islamic.research.scope import Scope
from rag.islamic.research.sources import KINDS, LAW, Found, Kind
from rag.islamic.schools import in_order, school_of
from rag.retrievers.signals import Candidate, CandidateSource

SURE = 0.7
"""The share of a question, rare words counting more, that a passage must hold; a round number, not a fitted one."""
ALL = 0.95
"""The same where a question leans on another, so that neither part of it may be missing."""
NEARLY = 0.5
"""How near to the surest verse for the question that another one leans on a verse must come, as a share of its probability."""
_RETRIEVED = 12
_ABOUT = 40
_CANDIDATES = 40
_REFUSED: Grade = "mawdu"
_WEAK: Grade = "daif"


@dataclass(frozen=True, slots=True)
class Installed:
    """The corpora that can be looked into, by kind."""

    corpora: Mapping[Kind, tuple[CorpusInfo, ...]]

    def names(self, kind: Kind) -> list[str]:
        """Return the names of those of a kind."""
        return [info.name for info in self.corpora.get(kind, ())]

    @property
    def kinds(self) -> list[Kind]:
        """The kinds that are there, in the order in which they are shown."""
        return [kind for kind in KINDS if self.corpora.get(kind)]


class Gatherer:
    """Gathers evidence. `indexed` names the corpora that can be searched now, `allowed` says whether a text may be shown at all."""

    def __init__(
        self,
        *,
        verses: Retriever,
        passages: CandidateSource,
        lookup: VerseLookup,
        commentaries: Commentaries,
        repository: CorpusRepository,
        indexed: Callable[[], Collection[str]],
        allowed: Callable[[str], bool] = lambda _: True,
    ) -> None:
        self._verses = verses
        self._passages = passages
        self._lookup = lookup
        self._commentaries = commentaries
        self._repository = repository
        self._indexed = indexed
        self._allowed = allowed

    async def installed(self) -> Installed:
        """Return what there is to look into."""
        infos = await asyncio.to_thread(self._repository.corpora)
        there = set(self._indexed())
        kinds: dict[Kind, tuple[CorpusInfo, ...]] = {}
        for kind in KINDS:
            own = tuple(info for info in infos if info.name in there and (info.name == QURAN if kind == "quran" else info.kind == kind))
            kinds |= {kind: own} if own else {}
        return Installed(kinds)

    async def gather(self, question: SubQuestion, *, installed: Installed, scope: Scope, language: Language) -> list[Found]:
        """Return what speaks to `question`, by kind, the surest of each first; commentaries in `language` where there are any."""
        verses = await self._quran(question, scope) if installed.names("quran") else []
        found = [*verses, *await self._said_of(verses[: scope.tafsir], language)][: len(verses) + scope.tafsir]
        found += sorted(await self._sure("hadith", question, installed), key=_by_grade)[: scope.hadith]
        for kind in LAW:
            found += _of_each_school(_of_named(await self._sure(kind, question, installed), question), scope.rulings)
        found += (await self._sure("supplication", question, installed))[: scope.supplications]
        return [each for each in found if self._allowed(f"{each.document.text}\n{each.document.translation or ''}")]

    async def _quran(self, question: SubQuestion, scope: Scope) -> list[Found]:
        lookup = self._lookup.read(question.query)
        named = [Passage(found.verses) for found in lookup.found] if lookup else []
        retrieved = [each for each in await self._verses.retrieve(question.query, top_k=_RETRIEVED, corpora=(QURAN,)) if each.confident]
        if question.within:
            about = await self._verses.retrieve(question.within, top_k=_ABOUT, corpora=(QURAN,))
            least = NEARLY * max((each.score for each in about), default=0.0)
            ids = {each.document.id for each in about if each.score >= least}
            retrieved = [each for each in retrieved if each.document.id in ids]
        scores = {each.document.id: each.score for each in retrieved}
        known = {verse.id for passage in named for verse in passage.verses}
        near = passages_of(each.document for each in retrieved[: scope.verses] if each.document.id not in known)
        sure = [Found("quran", passage.document, 1.0) for passage in named]
        return [*sure, *(Found("quran", each.document, max(scores[verse.id] for verse in each.verses)) for each in near)]

    async def _said_of(self, verses: Sequence[Found], language: Language) -> list[Found]:
        found: list[Found] = []
        for verse in verses:
            for comment in await self._commentaries.on(Passage((verse.document,)).reference, language=language):
                first = comment.parts[0]
                titled = replace(first, metadata={**first.metadata, "title": comment.title})
                found.append(Found("tafsir", titled, verse.score))
        return found

    async def _sure(self, kind: Kind, question: SubQuestion, installed: Installed) -> list[Found]:
        corpora = installed.names(kind)
        # A word alone is in many a passage; those that speak to the question around it were found for the question.
        if not corpora or (question.why == "thing" and question.within):
            return []
        # Which school or collection is asked is no part of what a passage says.
        query = without_names(question.query) or question.query
        found = await self._holding(query, corpora, ALL if question.within else SURE)
        if not found and question.why != "thing" and (arabic := await asyncio.to_thread(_in_arabic, query)):
            found = await self._holding(arabic, corpora, ALL)
        return list(_each_once([Found(kind, each.document, held) for each, held in found]))

    async def _holding(self, query: str, corpora: Sequence[str], least: float) -> list[tuple[Candidate, float]]:
        """Return the passages that hold at least that share of the query, each with its share."""
        candidates = await self._passages.candidates(query, top_k=_CANDIDATES, corpora=corpora)
        return [(each, held) for each in candidates if (held := each.signals.coverage.get("any", 0.0)) >= least]


def _in_arabic(query: str) -> str:
    """Return the Arabic names of what an English question asks about; the empty string where one of them has none."""
    if asked_in(query) != "en":
        return ""
    things = tuple(read_glossary().concepts(search_words(query), lambda words: [Concept((word,)) for word in words]))
    return " ".join(" ".join(thing.words) for thing in things) if all_arabic(things) else ""


def _of_named(found: Sequence[Found], question: SubQuestion) -> list[Found]:
    """Return those of the schools that a question names, and those that state none; all where it names no school."""
    schools = {*schools_in(question.query), ""}
    return [each for each in found if len(schools) == 1 or (school_of(each.document) or "") in schools]


def _by_grade(found: Found) -> tuple[bool, float]:
    return found.document.metadata.get("grade") == _WEAK, -round(found.score, 2)


def _each_once(found: Sequence[Found]) -> Iterator[Found]:
    """Yield the passages whose words did not come before, those left out that are called fabricated."""
    seen: set[str] = set()
    for each in found:
        words = same_words(each.document)
        if words not in seen and each.document.metadata.get("grade") != _REFUSED:
            seen.add(words)
            yield each


def _of_each_school(found: Sequence[Found], most: int) -> list[Found]:
    schools = in_order([school_of(each.document) for each in found])
    return [each for school in schools for each in [one for one in found if school_of(one.document) == school][:most]]
