"""Answers about the news: every sentence with its date and its source, and a plain word on what is not known. Knows nothing of HTTP.

Without a language model an answer is extractive; with one it is written from fenced articles, and only sentences that name a source pass.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fanar.documents import ScoredDocument
from fanar.errors import NotConfiguredError
from fanar.events import DocumentsRetrieved, Event, ProgressReported, ResponseCompleted, RoutingDecision, TextDelta
from fanar.messages import ChatRequest
from fanar.news import Article
from rag.instead import or_else
from rag.pipeline import EXTRACTIVE
from rag.recency import telling
from rag.recency.articles import ArticleStore, StoreStatus
from rag.recency.conflicts import shown_counts
from rag.recency.extracting import Extract, told
from rag.recency.finding import Finder, Findings
from rag.recency.inquiry import Inquiry, read_inquiry
from rag.recency.writing import Writer

SERVICE = "web_search"
"""What the hosted platform calls the service behind such answers."""
_SHOWN = 20
_SURE, _SURE_TERMS, _SURE_TERMS_BESIDE_A_MODEL = 0.7, 3, 5
"""Share of a question, and how many words it must have, from which on an article is believed to answer one that does not ask for news.

Where a model could answer, more words are wanted: `tests.benchmarks.news_unasked` counts what is saved so, and what is taken wrongly.
"""
_LONGEST_QUESTION = 300
"""Characters; what is longer is a task, not a question."""


@dataclass(frozen=True, slots=True)
class _Answered:
    """What is known of an answer besides its words."""

    inquiry: Inquiry
    status: StoreStatus
    findings: Findings
    web: bool


class RecencyPipeline:
    """Answers from current articles; `zone` is whose today is meant where a request names none. Without `writer` in their own words."""

    def __init__(
        self, *, store: ArticleStore, finder: Finder, writer: Writer | None, zone: ZoneInfo, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._finder = finder
        self._writer = writer
        self._zone = zone
        self._clock = clock

    async def answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield a cited answer, or the admission that none is known. Raises NotConfiguredError without any source, StorageError."""
        inquiry = self._inquiry(request)
        status = await self._store.status()
        if not _holds(status) and not self._finder.searches_web:
            raise NotConfiguredError(telling.NO_SOURCE)
        yield ProgressReported(telling.SEARCHING)
        # What shares no word with the question is left to a model: it can tell whether that answers it.
        findings, web = await self._finder.known(inquiry, meant=bool(self._writer)), False
        if not findings.stories and self._finder.searches_web and inquiry.as_of is None:
            yield ProgressReported(telling.SEARCHING_WEB)
            findings, web = await self._finder.on_the_web(inquiry), True
        async with aclosing(self._answered(request, decision, _Answered(inquiry, status, findings, web))) as events:
            async for event in events:
                yield event

    async def try_answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event] | None:
        """Return the events of a cited answer, or None when no article in the store surely holds one. Raises StorageError."""
        if len(request.prompt) > _LONGEST_QUESTION:
            return None
        inquiry = self._inquiry(request)
        least = _SURE_TERMS_BESIDE_A_MODEL if self._writer else _SURE_TERMS
        if inquiry.digest or len(inquiry.terms) < least:
            return None
        findings = await self._finder.known(inquiry)
        if not findings.stories or findings.ranked[0].covered < _SURE:
            return None
        return self._answered(request, decision, _Answered(inquiry, await self._store.status(), findings, web=False))

    def _inquiry(self, request: ChatRequest) -> Inquiry:
        turns = [message.text for message in request.messages if message.role == "user"]
        return read_inquiry(turns or [""], now=self._clock(), zone=request.time_zone or self._zone)

    async def _answered(self, request: ChatRequest, decision: RoutingDecision, answered: _Answered) -> AsyncGenerator[Event, None]:
        yield DocumentsRetrieved(tuple(self._shown(answered)))
        async with aclosing(self._events(request, answered)) as events:
            async for event in events:
                if isinstance(event, ResponseCompleted):
                    yield replace(event, metadata={**event.metadata, **self._metadata(answered), "route": decision.route.value})
                else:
                    yield event

    async def _events(self, request: ChatRequest, answered: _Answered) -> AsyncGenerator[Event, None]:
        if not answered.findings.stories:
            yield TextDelta(self._nothing(answered), verbatim=True)
            yield ResponseCompleted(EXTRACTIVE)
            return
        events = self._in_their_words(answered)
        if self._writer:
            events = or_else(self._written(self._writer, request, answered), events)
        async with aclosing(events):
            async for event in events:
                yield event

    async def _in_their_words(self, answered: _Answered) -> AsyncGenerator[Event, None]:
        # Sentences of many articles are read for it: not on the event loop.
        for part in await asyncio.to_thread(list, self._extracted(answered)):
            yield part
        yield ResponseCompleted(EXTRACTIVE)

    async def _written(self, writer: Writer, request: ChatRequest, answered: _Answered) -> AsyncGenerator[Event, None]:
        async with aclosing(writer.write(request, answered.findings.articles, answered.inquiry)) as events:
            async for event in events:
                if isinstance(event, ResponseCompleted):
                    written = bool(event.metadata.get("sentences"))
                    for part in await asyncio.to_thread(self._after_writing, answered, written=written):
                        yield part
                yield event

    def _after_writing(self, answered: _Answered, *, written: bool) -> list[Event]:
        """Return what must stand behind a written answer; where nothing of it could stand, quote the sources instead."""
        language = answered.inquiry.language
        if not written:
            return list(self._extracted(answered, before=f"{telling.WITHHELD.in_language(language)}\n\n"))
        extract = Extract(answered.findings.articles, zone=answered.inquiry.zone, language=language)
        lines = [line for conflicts in answered.findings.conflicts for line in telling.differing(conflicts, language)]
        said = [extract.say("\n"), *(extract.say(f"\n{line}") for line in lines)]
        return [*said, *extract.sources(answered.findings.articles), extract.say(f"\n{self._last_word(answered)}")]

    def _extracted(self, answered: _Answered, *, before: str = "") -> Iterator[Event]:
        inquiry, findings = answered.inquiry, answered.findings
        extract = Extract(findings.articles, zone=inquiry.zone, language=inquiry.language)
        yield extract.say(f"{before}{self._opening(inquiry)}\n")
        if inquiry.digest:
            yield from extract.headlines(findings.stories)
            for conflicts in answered.findings.conflicts:
                for line in telling.differing(conflicts, inquiry.language):
                    yield extract.say(f"\n- {line}")
            yield extract.say("\n")
        else:
            pairs = zip(findings.stories, answered.findings.conflicts, strict=True)
            yield from extract.stories([told(story, inquiry.terms, conflicts) for story, conflicts in pairs])
        yield from extract.sources(findings.articles)
        yield extract.say(f"\n{self._last_word(answered)}")

    def _opening(self, inquiry: Inquiry) -> str:
        language = inquiry.language
        zone = telling.zone_text(inquiry.moment, inquiry.zone)
        about = telling.ABOUT.in_language(language).format(telling.plain(inquiry.subject)) if inquiry.terms else ""
        frame = telling.DIGEST if inquiry.digest else telling.FROM_NEWS
        opening = frame.in_language(language).format(zone=zone, about=about)
        if inquiry.as_of is None:
            return opening
        moment = telling.moment_text(inquiry.as_of, zone=inquiry.zone, language=language)
        return f"{telling.AS_OF.in_language(language).format(moment=moment)}\n{opening}"

    def _nothing(self, answered: _Answered) -> str:
        inquiry = answered.inquiry
        nothing = telling.NO_NEWS if inquiry.digest else telling.NO_ANSWER
        return f"{nothing.in_language(inquiry.language)} {self._last_word(answered)}"

    def _last_word(self, answered: _Answered) -> str:
        return telling.not_newer(answered.status, zone=answered.inquiry.zone, language=answered.inquiry.language)

    def _shown(self, answered: _Answered) -> Iterator[ScoredDocument]:
        """Yield what was looked at, best first, of a digest its articles; `confident` marks what the answer rests on."""
        inquiry, used = answered.inquiry, {article.id for article in answered.findings.articles}
        ranked: list[tuple[Article, float]] = [(each.article, each.score) for each in answered.findings.ranked[:_SHOWN]]
        for article, score in ranked or [(article, 1.0) for article in answered.findings.articles[:_SHOWN]]:
            yield ScoredDocument(telling.document_of(article, zone=inquiry.zone, language=inquiry.language), score, article.id in used)

    def _metadata(self, answered: _Answered) -> dict[str, Any]:
        inquiry, status = answered.inquiry, answered.status
        return {
            "model": SERVICE,
            "confident": bool(answered.findings.stories),
            "digest": inquiry.digest,
            "asked_at": inquiry.moment.isoformat(),
            "as_of": _iso(inquiry.as_of),
            "known_until": _iso(status.known_until),
            "newest": _iso(status.newest),
            "times": [
                {
                    "text": each.text,
                    "start": each.start,
                    "end": each.end,
                    "kind": each.kind,
                    "from": _iso(each.interval.start),
                    "until": _iso(each.interval.end),
                }
                for each in inquiry.times
            ],
            "total_sources": len(answered.findings.articles),
            "web_search_used": answered.web,
            "conflicts": [
                [{"outlet": outlet, "number": number} for outlet, number in each]
                for conflicts in answered.findings.conflicts
                for each in shown_counts(conflicts)
            ],
        }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _holds(status: StoreStatus) -> bool:
    return bool(status.sources or status.articles)
