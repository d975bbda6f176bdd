"""Answers from scripture and from what is installed beside it, by what surely speaks to a question, and with an honest no otherwise.

Knows nothing of HTTP, of routing, or of how anything is found. No ruling is given that no source gives; where somebody may be in danger, no
verse is thrown at them. A filter of sources narrows all that may be shown.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import aclosing
from typing import Protocol

from fanar.bilingual import Bilingual, Language
from fanar.documents import ScoredDocument
from fanar.events import DocumentsRetrieved, Event, ProgressReported, ResponseCompleted, RoutingDecision
from fanar.messages import ChatMessage, ChatRequest, SourceFilter
from fanar.protocols import ChatModel, Retriever, ScriptureIndex
from fanar.streams import closing
from rag.ingest.intake import HADITH
from rag.ingest.quran import NAME
from rag.islamic import phrases
from rag.islamic.collections import phrases as collected
from rag.islamic.collections.library import LAW
from rag.islamic.collections.scope import Scope, scope_of
from rag.islamic.collections.talk import CollectionReply
from rag.islamic.collections.words import collections_in, number_in
from rag.islamic.confidence import Calibration
from rag.islamic.estates import divided
from rag.islamic.exact import ExactReply, ExactTool
from rag.islamic.grounded import GroundedWriter, QuotationGuard
from rag.islamic.lexicon import Lexicon
from rag.islamic.lookup import Lookup, VerseLookup
from rag.islamic.passages import Passage, passages_of
from rag.islamic.question import Question, understood
from rag.islamic.telling import Teller

_TAFSIR = "tafsir"
_NAMING = ("verse", _TAFSIR)
_OF_THE_QURAN = ("statistics", "divisions")
"""Tools that answer from the Quran and cite nothing."""
_MOST_VERSES = 5
_MOST_VERSES_BESIDE = 2
_RETRIEVED = 12

Versions = Callable[[], Mapping[str, str]]


class InstalledCollections(Protocol):
    """Answers from what is installed beside the Quran."""

    async def scope(self, sources: SourceFilter) -> Scope:
        """Return what an answer may rest on. Raises UnprocessableError, naming the field, where nothing installed passes."""
        ...

    async def hadith(self, messages: Sequence[ChatMessage], scope: Scope) -> CollectionReply | None:
        """Return the hadith that a question asks for; None where none surely is."""
        ...

    async def rulings(self, messages: Sequence[ChatMessage], scope: Scope) -> CollectionReply | None:
        """Return what books of law say to a question; None where none surely speaks to it."""
        ...


class OtherDocuments(Protocol):
    """Answers from what is installed that is not about religion."""

    async def try_answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event] | None:
        """Return the events of a cited answer, or None where none surely is."""
        ...


class Interpretation(Protocol):
    """What is said of verses that search found, by installed commentaries."""

    async def explained(self, request: ChatRequest, passages: Sequence[Passage]) -> ExactReply | None:
        """Return what commentaries say of these verses; None where no meaning is asked for, or none says anything."""
        ...


class NoCollections:
    """Nothing is installed beside the Quran."""

    async def scope(self, sources: SourceFilter) -> Scope:
        """Return the Quran, if the filter lets it pass."""
        return scope_of(sources, ())

    async def hadith(self, messages: Sequence[ChatMessage], scope: Scope) -> CollectionReply | None:
        """Return nothing."""
        return None

    rulings = hadith


class IslamicPipeline:
    """Answers Islamic prompts. `retriever` marks the verses that are confident, `collections` knows what else is installed.

    Without `model`, or for grave matters, answers are the passages themselves. `guard` watches over what a model quotes. What `tools`
    understand they answer; `installed` are the kinds of sources that are there, so that none of them is called missing. What nothing
    religious answers, and is no matter of law, `documents` may: not every question that sounds religious is.
    """

    def __init__(
        self,
        *,
        scripture: ScriptureIndex,
        retriever: Retriever,
        calibration: Calibration,
        lexicon: Lexicon,
        guard: Callable[[Language], QuotationGuard],
        model: ChatModel | None = None,
        versions: Versions | None = None,
        tools: Sequence[ExactTool] = (),
        installed: Callable[[], Collection[str]] = frozenset,
        collections: InstalledCollections | None = None,
        documents: OtherDocuments | None = None,
        interpretation: Interpretation | None = None,
    ) -> None:
        self._retriever = retriever
        self._lookup = VerseLookup(scripture=scripture, lexicon=lexicon)
        self._tools = tools
        self._installed = installed
        self._collections = collections or NoCollections()
        self._documents = documents
        self._interpretation = interpretation
        self._teller = Teller(
            scripture=scripture,
            writer=GroundedWriter(model=model, guard=guard) if model is not None else None,
            threshold=calibration.threshold,
            versions=versions or (lambda: {NAME: scripture.version}),
            installed=installed,
        )

    async def answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the events of the answer. Raises UnprocessableError for a filter of sources that nothing installed passes."""
        question = understood(request, decision, await self._collections.scope(request.sources))
        async with aclosing(self._answered(question)) as events:
            async for event in events:
                yield event

    async def _answered(self, question: Question) -> AsyncGenerator[Event, None]:
        told = self._in_danger(question)
        exact = await self._exact(question) if told is None else None
        if told is None and exact is None:
            told = self._looked_up(question)
        # A tool that only asks back gives way to a passage that surely answers.
        reply = await self._collected(question) if told is None and (exact is None or not _answers(exact)) else None
        told = told or (exact if reply is None else None)
        if told is not None:
            for event in told:
                yield event
            return
        if reply is not None:
            verses = await self._verses(question, _MOST_VERSES_BESIDE) if question.wish.ruling else []
            answer = self._teller.collections(question, reply, passages_of(each.document for each in verses if each.confident))
        elif (nothing := self._missing(question)) is not None:
            for event in nothing:
                yield event
            return
        else:
            answer = self._searched(question)
        async with aclosing(answer) as events:
            async for event in events:
                yield event

    def _in_danger(self, question: Question) -> Sequence[Event] | None:
        told = question.wish.safety
        return None if told is None else list(self._teller.stated(question, told, notice="safety"))

    async def _exact(self, question: Question) -> Sequence[Event] | None:
        """Return what a calculator says; None where the prompt is for none of them."""
        estate = divided(question.request, language=question.language)
        if estate is not None:
            told = self._teller.stated(question, Bilingual(estate.text, estate.text), estate.answered, **estate.data)
            return [ProgressReported(phrases.DIVIDING), *told]
        for tool in self._tools:
            if (reply := await tool.answer(question.request)) is not None and _admitted(reply, tool.name, question.scope):
                return list(self._teller.replied(question, tool.name, reply))
        return None

    def _looked_up(self, question: Question) -> Sequence[Event] | None:
        """Return the verses that the prompt names; None where it names none, or asks for a hadith that may be here."""
        if not question.scope.quran or (question.seeks_hadith and question.scope.of(HADITH)):
            return None
        lookup: Lookup | None = self._lookup.read(question.request.prompt, verse_wanted=question.intent in _NAMING)
        return None if lookup is None else list(self._teller.shown(question, lookup))

    async def _collected(self, question: Question) -> CollectionReply | None:
        """Return what collections say where the question is one for them."""
        messages, scope = question.request.messages, question.scope
        reply = None
        if scope.of(*LAW) and question.seeks_law and (question.wish.ruling or not question.seeks_hadith):
            reply = await self._collections.rulings(messages, scope)
        if reply is None and scope.of(HADITH) and question.seeks_hadith:
            reply = await self._collections.hadith(messages, scope)
        return reply

    def _missing(self, question: Question) -> Sequence[Event] | None:
        """Return what is said where the prompt names a kind of source or a tool that has nothing for it."""
        wanted = question.wish.missing
        if wanted == HADITH and question.scope.of(HADITH):
            numbered = number_in(question.request.prompt) and collections_in(question.request.prompt)
            return list(self._teller.stated(question, collected.NO_SUCH_NUMBER if numbered else collected.NO_HADITH, tool=HADITH))
        return list(self._teller.stated(question, phrases.MISSING[wanted], missing=wanted)) if wanted else None

    async def _searched(self, question: Question) -> AsyncGenerator[Event, None]:
        yield ProgressReported(phrases.SEARCHING)
        found = await self._verses(question, _RETRIEVED)
        yield DocumentsRetrieved(tuple(found))
        passages = passages_of(each.document for each in [each for each in found if each.confident][:_MOST_VERSES])
        told = await self._interpreted(question, passages)
        answer = None if told else self._teller.verses(question, passages) if passages else await self._otherwise(question)
        if answer is None:
            for event in told or self._teller.unanswered(question, found):
                yield event
            return
        async with closing(answer) as events:
            async for event in events:
                yield event

    async def _interpreted(self, question: Question, passages: Sequence[Passage]) -> Sequence[Event] | None:
        """Return what commentaries say of verses whose meaning is asked for; None where it is not, or where none may be shown."""
        if self._interpretation is None or question.wish.ruling or question.wish.grave:
            return None
        reply = await self._interpretation.explained(question.request, passages)
        if reply is None or not _admitted(reply, _TAFSIR, question.scope):
            return None
        return list(self._teller.replied(question, _TAFSIR, reply))

    async def _otherwise(self, question: Question) -> AsyncIterator[Event] | None:
        """Return an answer from hadith, or from documents, to a question that no verse surely answers and that asks for none of them."""
        if question.wish.ruling or question.wish.grave:
            return None
        reply = await self._collections.hadith(question.request.messages, question.scope) if question.scope.of(HADITH) else None
        if reply is not None and _is_wanted(reply, question):
            return self._teller.collections(question, reply, ())
        unfiltered = question.request.sources == SourceFilter() and not question.request.restrict_to_islamic
        return await self._documents.try_answer(question.request, question.decision) if self._documents and unfiltered else None

    async def _verses(self, question: Question, most: int) -> list[ScoredDocument]:
        if not question.scope.quran or not question.text.strip():
            return []
        return await self._retriever.retrieve(question.text, top_k=most, corpora=(NAME,))


def _answers(events: Sequence[Event]) -> bool:
    last = events[-1]
    return isinstance(last, ResponseCompleted) and bool(last.metadata.get("confident"))


def _is_wanted(reply: CollectionReply, question: Question) -> bool:
    """Whether a hadith may stand for a supplication: one that names the mosque and the entering of it is none for entering it."""
    ground = reply.data.get("ground")
    return not question.seeks_supplication or ground == "headed" or (ground == "quoted" and question.words_a_supplication)


def _admitted(reply: ExactReply, tool: str, scope: Scope) -> bool:
    """Whether a tool's reply rests on nothing that the scope leaves out; a verse may be shown for the sake of what explains it."""
    others = [passage.document for passage in reply.passages if passage.document.corpus != NAME]
    if not reply.passages:
        return scope.quran or tool not in _OF_THE_QURAN
    return all(map(scope.admits, others)) and (scope.quran or bool(others))
