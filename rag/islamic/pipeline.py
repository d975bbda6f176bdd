"""Answers from scripture: a verse by its reference, a question by verses that surely speak to it, and an honest no otherwise.

Knows nothing of HTTP, of routing, or of how verses are found. No ruling is given that no source gives; where somebody may be in danger, no
verse is thrown at them.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from fanar.bilingual import Bilingual, Language
from fanar.documents import ScoredDocument
from fanar.errors import ModelUnavailableError, OverloadedError, UpstreamTimeoutError
from fanar.events import DocumentsRetrieved, Event, ProgressReported, ResponseCompleted, RoutingDecision
from fanar.messages import ChatRequest
from fanar.protocols import ChatModel, Retriever, ScriptureIndex
from rag.ingest.quran import NAME
from rag.islamic import phrases
from rag.islamic.composing import cited, cited_documents, looked_up, said, searched
from rag.islamic.confidence import Calibration
from rag.islamic.conversation import asked_in, standalone_question
from rag.islamic.estates import divided
from rag.islamic.exact import ExactReply, ExactTool
from rag.islamic.grounded import GroundedWriter, QuotationGuard
from rag.islamic.intents import Wish, read_wish
from rag.islamic.lexicon import Lexicon
from rag.islamic.lookup import Lookup, VerseLookup
from rag.islamic.passages import Passage, passages_of
from rag.islamic.sources import require_quran

NAME_OF_ANSWERER = "Fanar-Sadiq"
"""The model id under which an answer that no language model wrote completes."""

VERSES = "verse"
"""The tool that shows verses that a prompt names."""

_NAMING = ("verse", "tafsir")
_MOST_VERSES = 5
_RETRIEVED = 12
_WORTH_SHOWING = 0.25
_MOST_SEARCH_RESULTS = 3

Versions = Callable[[], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class _Question:
    """A prompt as the pipeline understands it, and what is to be noted whatever the answer."""

    request: ChatRequest
    text: str
    language: Language
    wish: Wish
    intent: str | None
    notes: tuple[Bilingual, ...]


class IslamicPipeline:
    """Answers Islamic prompts from the Quran. `retriever` marks the verses that are confident; `versions` names what is installed.

    Without `model`, or for grave matters, answers are the verses themselves. `guard` watches over what a model quotes. What `tools`
    understand they answer; `installed` are the kinds of sources that are there, so that none of them is called missing.
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
    ) -> None:
        self._scripture = scripture
        self._retriever = retriever
        self._calibration = calibration
        self._lookup = VerseLookup(scripture=scripture, lexicon=lexicon)
        self._writer = GroundedWriter(model=model, guard=guard) if model else None
        self._versions = versions or (lambda: {NAME: scripture.version})
        self._tools = tools
        self._installed = installed

    async def answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the events of the answer. Raises UnprocessableError for a filter of sources that nothing installed passes."""
        question = _understood(request, decision)
        if question.wish.self_harm:
            for event in self._stated(question, phrases.SAFETY, notice="safety"):
                yield event
            return
        exact = await self._exact(question)
        if exact is not None:
            for event in exact:
                yield event
            return
        lookup = self._lookup.read(request.prompt, verse_wanted=decision.intent in _NAMING)
        if lookup is not None:
            for event in self._shown(question, lookup):
                yield event
            return
        if question.wish.missing:
            for event in self._stated(question, phrases.MISSING[question.wish.missing], missing=question.wish.missing):
                yield event
            return
        async with aclosing(self._searched(question)) as events:
            async for event in events:
                yield event

    async def _exact(self, question: _Question) -> Sequence[Event] | None:
        """Return what a calculator says; None where the prompt is for none of them."""
        estate = divided(question.request, language=question.language)
        if estate is not None:
            told = self._stated(question, Bilingual(estate.text, estate.text), estate.answered, **estate.data)
            return [ProgressReported(phrases.DIVIDING), *told]
        for tool in self._tools:
            if (reply := await tool.answer(question.request)) is not None:
                return list(self._told(question, tool.name, reply))
        return None

    def _told(self, question: _Question, tool: str, reply: ExactReply) -> Iterator[Event]:
        """Say what a tool says, and show the verses it rests on."""
        if not reply.passages:
            yield from self._stated(question, reply.text, reply.answered, tool=tool, **reply.data)
            return
        yield DocumentsRetrieved(tuple(ScoredDocument(passage.document, 1.0, confident=True) for passage in reply.passages))
        yield from cited(reply.passages, before=[reply.text], after=reply.after, language=question.language)
        yield self._completed(question, confident=reply.answered, tool=tool, **reply.data)

    def _stated(self, question: _Question, text: Bilingual, confident: bool = False, /, **metadata: object) -> Iterator[Event]:  # noqa: FBT001, FBT002
        yield from said(text, language=question.language)
        yield self._completed(question, confident=confident, **metadata)

    def _shown(self, question: _Question, lookup: Lookup) -> Iterator[Event]:
        notes = [phrases.NO_RULING] if question.wish.ruling else [phrases.NO_COMMENTARY] if question.intent == "tafsir" else []
        yield ProgressReported(phrases.READING)
        yield DocumentsRetrieved(tuple(ScoredDocument(document, 1.0, confident=True) for document in cited_documents(lookup)))
        yield from looked_up(lookup, scripture=self._scripture, notes=[*question.notes, *notes], language=question.language)
        yield self._completed(question, confident=bool(lookup.found), notice=_notice(question), tool=VERSES)

    async def _searched(self, question: _Question) -> AsyncGenerator[Event, None]:
        yield ProgressReported(phrases.SEARCHING)
        found = await self._retriever.retrieve(question.text, top_k=_RETRIEVED, corpora=(NAME,)) if question.text.strip() else []
        yield DocumentsRetrieved(tuple(found))
        passages = passages_of(each.document for each in [each for each in found if each.confident][:_MOST_VERSES])
        if not passages:
            for event in self._unanswered(question, found):
                yield event
        elif self._writer is None or question.wish.grave:
            for event in self._extracted(question, passages):
                yield event
        else:
            async with aclosing(self._written(self._writer, question, passages)) as events:
                async for event in events:
                    yield event

    def _unanswered(self, question: _Question, found: Sequence[ScoredDocument]) -> Iterator[Event]:
        before = [phrases.NO_ANSWER, *question.notes]
        missing = question.intent if question.intent in phrases.MISSING and question.intent not in self._installed() else None
        if question.wish.ruling or question.wish.grave:
            before.append(phrases.ASK_SCHOLAR)
        elif missing:
            before.append(phrases.MISSING[missing])
        # A passage that merely shares a word with a grave matter would be read as a verdict on it.
        worth = [] if question.wish.grave else [each for each in found if each.score >= _WORTH_SHOWING][:_MOST_SEARCH_RESULTS]
        yield from searched(worth, before=before, language=question.language)
        yield self._completed(question, confident=False, notice=_notice(question), missing=missing)

    def _extracted(self, question: _Question, passages: Sequence[Passage], *notes: Bilingual) -> Iterator[Event]:
        before = [*question.notes, *notes, _frame(question, passages)]
        yield from cited(passages, before=before, language=question.language)
        yield self._completed(question, confident=True, notice=_notice(question), quotations=[])

    async def _written(self, writer: GroundedWriter, question: _Question, passages: Sequence[Passage]) -> AsyncGenerator[Event, None]:
        notes = [*question.notes, *([phrases.NO_RULING] if question.wish.ruling else [])]
        opening = "".join(f"{note.in_language(question.language)}\n\n" for note in notes)
        yield ProgressReported(phrases.WRITING)
        begun = False
        try:
            async with aclosing(writer.write(question.request, passages, opening=opening, language=question.language)) as events:
                async for event in events:
                    begun = True
                    yield self._with_metadata(question, event)
        except (ModelUnavailableError, UpstreamTimeoutError, OverloadedError):
            if begun:
                raise
            for event in self._extracted(question, passages, phrases.MODEL_ABSENT):
                yield event

    def _with_metadata(self, question: _Question, event: Event) -> Event:
        if not isinstance(event, ResponseCompleted):
            return event
        own = self._completed(question, confident=True, notice=_notice(question)).metadata
        return replace(event, metadata={**own, **event.metadata})

    def _completed(self, question: _Question, *, confident: bool, **metadata: object) -> ResponseCompleted:
        known = {name: value for name, value in metadata.items() if value is not None}
        base = {"confident": confident, "threshold": self._calibration.threshold, "corpora": dict(self._versions())}
        return ResponseCompleted(NAME_OF_ANSWERER, metadata={**base, **known})


def _understood(request: ChatRequest, decision: RoutingDecision) -> _Question:
    notes = tuple(require_quran(request.sources))
    wish = read_wish(request.prompt, intent=decision.intent)
    return _Question(request, standalone_question(request.messages), asked_in(request.prompt), wish, decision.intent, notes)


def _frame(question: _Question, passages: Sequence[Passage]) -> Bilingual:
    if question.wish.ruling or question.wish.grave:
        return phrases.NO_RULING
    return phrases.VERSE if len(passages) == 1 and len(passages[0].verses) == 1 else phrases.VERSES


def _notice(question: _Question) -> str | None:
    return "not_a_ruling" if question.wish.ruling or question.wish.grave else None
