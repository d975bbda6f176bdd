"""Answers from a person's own documents, cited, or not at all. Knows nothing of scripture, of routes or of HTTP.

Without a language model an answer is extractive: the best sentences, verbatim. With one it is written from fenced passages, and every
citation in it resolves.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from fanar.arabic.script import language_hint
from fanar.bilingual import Bilingual, Language
from fanar.documents import Document, ScoredDocument
from fanar.events import ChoiceFinished, DocumentsRetrieved, Event, ProgressReported, ResponseCompleted, RoutingDecision, TextDelta
from fanar.messages import ChatRequest
from fanar.protocols import ChatModel
from fanar.streams import closing
from rag.analysis import read_question
from rag.citations import CitedText
from rag.instead import or_else
from rag.prompts import grounded_instruction, grounded_request
from rag.retrievers.bm25 import QuestionReader
from rag.retrievers.signals import CandidateSource
from rag.sentences import Evidence, best_sentences

EXTRACTIVE = "extractive"
"""The name under which an answer without a model completes."""

_SEARCHING = Bilingual("Searching your documents", "البحث في وثائقك")
WRITING = Bilingual("Writing an answer from what was found", "كتابة جواب مما وُجد")
_FRAME = Bilingual("From your documents:", "من وثائقك:")
_QUOTES = Bilingual("“{}”", "«{}»")
_NEAREST = Bilingual(
    "I found no sure answer to this in your files. What comes nearest in them:",
    "لم أجد في ملفاتك جوابًا مؤكدًا عن هذا. أقرب ما فيها إليه:",
)
_NOTHING = Bilingual("I found nothing on this in your files.", "لم أجد في ملفاتك شيئًا عن هذا.")
_MOST_SHOWN = 3
_EXCERPT = 400
_DEPTH = 12
_MOST_PASSAGES = 5

Rewrite = Callable[[AsyncIterator[Event]], AsyncIterator[Event]]


@dataclass(frozen=True, slots=True)
class Certainty:
    """From when on a passage is taken for an answer: the share of the question that the passage, and one sentence of it, must hold."""

    passage: float = 0.7
    sentence: float = 0.6


CERTAINTY = Certainty()
"""Round numbers, not fitted ones; `tests.benchmarks.retrieval` tells how often they err on questions half of which have no answer."""


def _unchanged(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    return events


class RagPipeline:
    """Answers from the corpora that `corpora` names at the time of the question. `rewrite` sees what a model writes before anyone else.

    Where the model does not begin, the passages speak for themselves, unless nobody but it may: `insisting`.
    """

    def __init__(
        self,
        *,
        source: CandidateSource,
        corpora: Callable[[], Iterable[str]],
        model: ChatModel | None = None,
        insisting: bool = False,
        rewrite: Rewrite = _unchanged,
        certainty: Certainty = CERTAINTY,
        reader: QuestionReader = read_question,
    ) -> None:
        self._source = source
        self._corpora = corpora
        self._model = model
        self._insisting = insisting
        self._rewrite = rewrite
        self._certainty = certainty
        self._reader = reader

    async def search(self, query: str, *, depth: int = _DEPTH) -> list[ScoredDocument]:
        """Return what was found, best first; `confident` marks the passages that surely answer."""
        corpora = sorted(self._corpora())
        found = await self._source.candidates(query, top_k=depth, corpora=corpora) if corpora else []
        return [replace(each.scored, confident=each.signals.coverage.get("any", 0.0) >= self._certainty.passage) for each in found]

    async def try_answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event] | None:
        """Return the events of a cited answer, or None when the documents do not surely hold one."""
        found = await self.search(request.prompt)
        passages = [each.document for each in found if each.confident][:_MOST_PASSAGES]
        evidence = best_sentences(self._reader(request.prompt), passages)
        if not evidence or evidence[0].share < self._certainty.sentence:
            return None
        language = language_hint(request.prompt)
        events = self._extracted(passages, evidence, language)
        if self._model:
            events = self._written(self._model, request, passages, instead=events)
        return self._framed(tuple(each for each in found if each.confident), events, decision)

    def unsure_answer(self, passages: Sequence[Document], request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Return the events of an answer from passages that may not hold one: a model is shown them, else the reader is, and is told so."""
        language = language_hint(request.prompt)
        events = self._shown(passages[:_MOST_SHOWN], language)
        if self._model and passages:
            events = self._written(self._model, request, passages, instead=events)
        return self._framed(tuple(ScoredDocument(passage, 0.0) for passage in passages), events, decision, confident=False)

    async def _framed(
        self, found: tuple[ScoredDocument, ...], events: AsyncIterator[Event], decision: RoutingDecision, *, confident: bool = True
    ) -> AsyncIterator[Event]:
        yield ProgressReported(_SEARCHING)
        yield DocumentsRetrieved(found)
        async with closing(events):
            async for event in events:
                if isinstance(event, ResponseCompleted):
                    yield replace(event, metadata={**event.metadata, "confident": confident, "route": decision.route.value})
                else:
                    yield event

    async def _extracted(self, passages: Sequence[Document], evidence: Sequence[Evidence], language: Language) -> AsyncIterator[Event]:
        numbers = {number: place for place, number in enumerate(dict.fromkeys(each.number for each in evidence), 1)}
        documents = [passages[number - 1] for number in numbers]
        cited = CitedText(documents)
        quote = _QUOTES.in_language(language)
        yield cited.verbatim(f"{_FRAME.in_language(language)}\n")
        for each in evidence:
            yield cited.verbatim(f"\n{quote.format(each.text)} ")
            for part in cited.mark(numbers[each.number]):
                yield part
        sources = "\n".join(f"{place}. {document.reference}" for place, document in enumerate(documents, 1))
        yield cited.verbatim(f"\n\n{sources}")
        yield ResponseCompleted(EXTRACTIVE)

    async def _shown(self, passages: Sequence[Document], language: Language) -> AsyncIterator[Event]:
        cited = CitedText(passages)
        yield cited.verbatim((_NEAREST if passages else _NOTHING).in_language(language))
        for number, passage in enumerate(passages, 1):
            excerpt = " ".join(passage.text.split())
            short = excerpt if len(excerpt) <= _EXCERPT else f"{excerpt[:_EXCERPT].rpartition(' ')[0]} …"
            yield cited.verbatim(f"\n\n{_QUOTES.in_language(language).format(short)} ")
            for part in cited.mark(number):
                yield part
            yield cited.verbatim(f" {passage.reference}")
        yield ResponseCompleted(EXTRACTIVE)

    def _written(
        self, model: ChatModel, request: ChatRequest, passages: Sequence[Document], *, instead: AsyncIterator[Event]
    ) -> AsyncIterator[Event]:
        written = self._by_model(model, request, passages)
        return written if self._insisting else or_else(written, instead)

    async def _by_model(self, model: ChatModel, request: ChatRequest, passages: Sequence[Document]) -> AsyncIterator[Event]:
        yield ProgressReported(WRITING)
        grounded = grounded_request(request, grounded_instruction(passages, language=language_hint(request.prompt)))
        async with closing(self._rewrite(model.stream(grounded))) as events:
            async for event in _with_citations(events, CitedText(passages)):
                yield event


async def _with_citations(events: AsyncIterator[Event], cited: CitedText) -> AsyncIterator[Event]:
    async for event in events:
        match event:
            case TextDelta(text=text):
                for part in cited.push(text):
                    yield part
            case ChoiceFinished():
                for part in cited.finish():
                    yield part
                yield event
            case ResponseCompleted():
                for part in cited.finish():
                    yield part
                yield replace(event, metadata={**event.metadata, "citations_dropped": cited.dropped})
            case _:
                yield event
