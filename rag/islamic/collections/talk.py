"""What installed collections say to a conversation: hadith, or law by its schools, verbatim; or nothing. Rules on nothing itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fanar.bilingual import Bilingual
from fanar.messages import ChatMessage, Madhab, SourceFilter
from rag.ingest.intake import HADITH
from rag.islamic.collections import phrases
from rag.islamic.collections.bounds import Bounds
from rag.islamic.collections.finding import CollectionSearch
from rag.islamic.collections.judging import Judged, Kind
from rag.islamic.collections.library import LAW, Library
from rag.islamic.collections.scope import Scope, Shelf, everything, is_free, of_schools, scope_of
from rag.islamic.collections.showing import Hadith, Law, by_school, schools_of
from rag.islamic.collections.sought import Sought, in_books, read_sought
from rag.islamic.exact import Showable
from rag.islamic.reading import QuestionReader
from rag.islamic.schools import school_of

_MOST_HADITH = 3
_MOST_OF_A_SCHOOL = 2
_NEARLY_AS_SURE = 0.6
"""What another passage's weight must come to beside the best one's of the same ground."""


@dataclass(frozen=True, slots=True)
class CollectionReply:
    """Passages that surely speak to a question, what is said before and after them, and what a model that writes of them must heed."""

    before: Bilingual
    passages: tuple[Showable, ...]
    care: Bilingual
    after: Bilingual | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


class CollectionTalk:
    """Answers from what `library` has, as far as `search` is sure; `bounds` go with the answers."""

    def __init__(self, *, library: Library, search: CollectionSearch, reader: QuestionReader, bounds: Bounds) -> None:
        self._library = library
        self._search = search
        self._reader = reader
        self._bounds = bounds

    async def scope(self, sources: SourceFilter) -> Scope:
        """Return what may be searched under a filter. Raises UnprocessableError, naming the field, where nothing installed passes."""
        if is_free(sources):
            return everything(await self._library.corpora())
        return scope_of(sources, await self._library.volumes())

    async def hadith(self, messages: Sequence[ChatMessage], scope: Scope) -> CollectionReply | None:
        """Return the hadith that a question asks for, by number or by what it says; None where none surely is."""
        sought = read_sought(messages, self._reader)
        shelves = scope.of(HADITH)
        if sought.number and sought.collections:
            numbered = await self._search.numbered(sought, shelves, scope)
            return _hadith([Hadith(document) for document in numbered], {"ground": "numbered"}) if numbered else None
        found, named = await self._found(sought, messages, shelves, scope)
        best = nearly(found)[:_MOST_HADITH]
        return _hadith([Hadith(each.document) for each in best], {**self._grounds("hadith", found), **named}) if best else None

    async def rulings(self, messages: Sequence[ChatMessage], scope: Scope) -> CollectionReply | None:
        """Return what books of law and fatwas say to a question, by school; None where none surely speaks to it."""
        sought = read_sought(messages, self._reader)
        if sought.schools and scope.of(*LAW):
            scope = of_schools(scope, sought.schools, await self._library.volumes())
        found, named = await self._found(sought, messages, scope.of(*LAW), scope)
        titles = {shelf.info.name: shelf.info.title for shelf in scope.shelves}
        # What one school says plainly must not hide what another says in other words.
        schools = dict.fromkeys(school_of(each.document) for each in found)
        sure = [each for school in schools for each in nearly([one for one in found if school_of(one.document) == school])]
        laws = by_school([(each.document, titles[each.document.corpus]) for each in sure], most=_MOST_OF_A_SCHOOL)
        return _law(laws, {**self._grounds("law", found), **_asked_of(sought), **named}) if laws else None

    async def _found(
        self, sought: Sought, messages: Sequence[ChatMessage], shelves: Sequence[Shelf], scope: Scope
    ) -> tuple[list[Judged], dict[str, str]]:
        """Return what is found, and under which names where it is only under those that books have for it."""
        found = await self._search.find(sought, shelves, scope)
        called = None if found else await asyncio.to_thread(in_books, messages, self._reader)
        if called is None:
            return found, {}
        return await self._search.find(called, shelves, scope), {"looked_up_as": called.text}

    def _grounds(self, kind: Kind, found: Sequence[Judged]) -> Mapping[str, Any]:
        if not found:
            return {}
        bound = self._bounds[kind][found[0].ground]
        return {"ground": found[0].ground, "measured": {"right": bound.right, "shown": bound.shown, "least": round(bound.least, 3)}}


def nearly(found: Sequence[Judged]) -> list[Judged]:
    """Return those of the best ground that come near the best of them."""
    best = [each for each in found if each.ground == found[0].ground]
    return [each for each in best if each.weight >= _NEARLY_AS_SURE * max(one.weight for one in best)]


def _hadith(passages: Sequence[Hadith], data: Mapping[str, Any]) -> CollectionReply:
    before = _untranslated(phrases.HADITH, passages, data)
    return CollectionReply(before, tuple(passages), phrases.CARE_FOR_HADITH, data={"tool": HADITH, **data})


def _law(laws: Sequence[Law], data: Mapping[str, Any]) -> CollectionReply:
    schools = schools_of(laws)
    before = _untranslated(phrases.SCHOOLS_DIFFER if len(schools) > 1 else phrases.LAW, laws, data)
    return CollectionReply(
        before, tuple(laws), phrases.CARE_FOR_LAW, after=phrases.ASK, data={"tool": "ruling", "schools": schools, **data}
    )


def _untranslated(before: Bilingual, passages: Sequence[Showable], data: Mapping[str, Any]) -> Bilingual:
    """Return what is said before passages; for who asks in English, that they are in Arabic alone where they were found so."""
    if "looked_up_as" not in data or any(passage.document.translation for passage in passages):
        return before
    return Bilingual(f"{phrases.IN_ARABIC.en}\n\n{before.en}", before.ar)


def _asked_of(sought: Sought) -> dict[str, list[Madhab]]:
    return {"schools_asked": list(sought.schools)} if sought.schools else {}
