"""Tells what was found as the events of an answer: verses, passages, a tool's reply, or that there is nothing. Finds nothing itself."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace

from fanar.bilingual import Bilingual
from fanar.documents import ScoredDocument
from fanar.events import DocumentsRetrieved, Event, ProgressReported, ResponseCompleted
from fanar.protocols import ScriptureIndex
from rag.instead import NO_MODEL
from rag.islamic import phrases
from rag.islamic.collections import phrases as collected
from rag.islamic.collections.library import LAW
from rag.islamic.collections.talk import CollectionReply
from rag.islamic.composing import cited, cited_documents, looked_up, said, searched
from rag.islamic.exact import ExactReply, Showable
from rag.islamic.grounded import GroundedWriter, Manner
from rag.islamic.lookup import Lookup
from rag.islamic.passages import Passage
from rag.islamic.question import Question

NAME_OF_ANSWERER = "Fanar-Sadiq"
"""The model id under which an answer that no language model wrote completes."""
VERSES = "verse"
"""The tool that shows verses that a prompt names."""
_WORTH_SHOWING = 0.25
_MOST_SEARCH_RESULTS = 3


class Teller:
    """Tells answers. `writer` writes where a model may, `installed` are the kinds that are there.

    `threshold` and `versions` go with every answer.
    """

    def __init__(
        self,
        *,
        scripture: ScriptureIndex,
        writer: GroundedWriter | None,
        threshold: float,
        versions: Callable[[], Mapping[str, str]],
        installed: Callable[[], Collection[str]],
    ) -> None:
        self._scripture = scripture
        self._writer = writer
        self._threshold = threshold
        self._versions = versions
        self._installed = installed

    def stated(self, question: Question, text: Bilingual, confident: bool = False, /, **metadata: object) -> Iterator[Event]:  # noqa: FBT001, FBT002
        """Say one thing, with no source."""
        yield from said(text, language=question.language)
        yield self._completed(question, confident=confident, **metadata)

    def replied(self, question: Question, tool: str, reply: ExactReply) -> Iterator[Event]:
        """Say what a tool says, and show the passages it rests on."""
        if not reply.passages:
            yield from self.stated(question, reply.text, reply.answered, tool=tool, **reply.data)
            return
        yield _retrieved(reply.passages)
        yield from cited(reply.passages, before=[reply.text], after=reply.after, language=question.language)
        yield self._completed(question, confident=reply.answered, tool=tool, **reply.data)

    def shown(self, question: Question, lookup: Lookup) -> Iterator[Event]:
        """Show the verses that a prompt names."""
        notes = [phrases.NO_RULING] if question.wish.ruling else [phrases.NO_COMMENTARY] if question.intent == "tafsir" else []
        yield ProgressReported(phrases.READING)
        yield DocumentsRetrieved(tuple(ScoredDocument(document, 1.0, confident=True) for document in cited_documents(lookup)))
        yield from looked_up(lookup, scripture=self._scripture, notes=[*question.notes, *notes], language=question.language)
        yield self._completed(question, confident=bool(lookup.found), notice=question.notice, tool=VERSES)

    def unanswered(self, question: Question, found: Sequence[ScoredDocument]) -> Iterator[Event]:
        """Say that nothing surely answers, and show as no answer what was found by search."""
        law = bool(question.scope.of(*LAW))
        before = [phrases.NO_ANSWER, *question.notes]
        missing = question.intent if question.intent in phrases.MISSING and question.intent not in self._installed() else None
        if question.wish.ruling or question.wish.grave:
            before = [collected.NO_LAW, *question.notes] if law else [*before, phrases.ASK_SCHOLAR]
        elif missing:
            before.append(phrases.MISSING[missing])
        # A passage that merely shares a word with a grave matter would be read as a verdict on it.
        worth = [] if question.wish.grave else [each for each in found if each.score >= _WORTH_SHOWING][:_MOST_SEARCH_RESULTS]
        yield from searched(worth, before=before, language=question.language)
        yield self._completed(question, confident=False, notice=question.notice, missing=missing)

    async def verses(self, question: Question, passages: Sequence[Passage]) -> AsyncGenerator[Event, None]:
        """Show verses that surely speak to the question, or have a model write from them."""
        single = len(passages) == 1 and len(passages[0].verses) == 1
        ruling = question.wish.ruling or question.wish.grave
        plain = phrases.VERSE if single else phrases.VERSES
        before = phrases.NO_RULING if ruling else phrases.NO_SUPPLICATION if question.seeks_supplication else plain
        reply = CollectionReply(before, tuple(passages), Manner().care)
        opening = [before] if question.wish.ruling or before is phrases.NO_SUPPLICATION else []
        async with aclosing(self._rested(question, reply, Manner(), opening)) as events:
            async for event in events:
                yield event

    async def collections(self, question: Question, reply: CollectionReply, verses: Sequence[Passage]) -> AsyncGenerator[Event, None]:
        """Show passages of collections, and the verses that speak to the question behind them, or have a model write before them."""
        both = replace(reply, passages=(*reply.passages, *verses))
        manner = Manner(care=reply.care, always_shown=True, rests_on=collected.PASSAGES)
        async with aclosing(self._rested(question, both, manner, [reply.before])) as events:
            async for event in events:
                yield event

    async def _rested(
        self, question: Question, reply: CollectionReply, manner: Manner, opening: Sequence[Bilingual]
    ) -> AsyncGenerator[Event, None]:
        if not self._writer or question.wish.grave:
            for event in self._extracted(question, reply):
                yield event
            return
        lines = "".join(f"{note.in_language(question.language)}\n\n" for note in [*question.notes, *opening])
        yield ProgressReported(phrases.WRITING)
        begun = False
        try:
            writing = self._writer.write(question.request, reply.passages, opening=lines, language=question.language, manner=manner)
            async with aclosing(writing) as events:
                async for event in events:
                    begun = True
                    yield self._with_metadata(question, event, reply)
        except NO_MODEL:
            if begun:
                raise
            for event in self._extracted(question, reply, phrases.MODEL_ABSENT):
                yield event

    def _extracted(self, question: Question, reply: CollectionReply, *notes: Bilingual) -> Iterator[Event]:
        before = [*question.notes, *notes, reply.before]
        yield from cited(reply.passages, before=before, after=reply.after, language=question.language)
        yield self._completed(question, confident=True, notice=question.notice, quotations=[], **self._told_of(question, reply))

    def _with_metadata(self, question: Question, event: Event, reply: CollectionReply) -> Event:
        if not isinstance(event, ResponseCompleted):
            return event
        own = self._completed(question, confident=True, notice=question.notice, **self._told_of(question, reply)).metadata
        return replace(event, metadata={**own, **event.metadata})

    def _told_of(self, question: Question, reply: CollectionReply) -> dict[str, object]:
        """Return what goes with passages: the reply's own facts, and the versions of the corpora that they stand in."""
        cited_from = {passage.document.corpus for passage in reply.passages}
        versions = {shelf.info.name: shelf.info.version for shelf in question.scope.shelves if shelf.info.name in cited_from}
        return {**reply.data, "corpora": {**self._versions(), **versions}}

    def _completed(self, question: Question, *, confident: bool, **metadata: object) -> ResponseCompleted:
        known = {name: value for name, value in metadata.items() if value is not None}
        base = {"confident": confident, "threshold": self._threshold, "corpora": dict(self._versions())}
        return ResponseCompleted(NAME_OF_ANSWERER, metadata={**base, **known})


def _retrieved(passages: Sequence[Showable]) -> DocumentsRetrieved:
    return DocumentsRetrieved(tuple(ScoredDocument(passage.document, 1.0, confident=True) for passage in passages))
