"""Islamic questions, answered from sources. Knows nothing of verses: a pipeline does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

from fanar.bilingual import Bilingual
from fanar.errors import ContentFilteredError
from fanar.events import Event, Route, RoutingDecision
from fanar.messages import ChatRequest
from fanar.protocols import AttributionVerifier, Handler, Router
from fanar.streams import closing
from orchestrator.options import refuse_generation_options

_NOT_ISLAMIC = Bilingual("Only Islamic questions are answered here.", "لا تُجاب هنا إلا الأسئلة الإسلامية.")
VALIDATION = "validation"
"""The intent of a prompt that asks whether words are scripture."""
_ADMITTED = frozenset((Route.ISLAMIC, Route.GREETING, Route.ATTRIBUTION))


class SourcedAnswers(Protocol):
    """Answers from religious sources."""

    def answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the events of a cited answer, or of the admission that there is none."""
        ...


class IslamicHandler:
    """Hands over to the pipeline, once it is sure that the question is one for it.

    Who asks whether some words are a verse, and quotes them, is answered by `checking`.
    """

    def __init__(self, *, pipeline: SourcedAnswers, router: Router, verifier: AttributionVerifier, checking: Handler) -> None:
        self._pipeline = pipeline
        self._router = router
        self._verifier = verifier
        self._checking = checking

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the answer. Raises ContentFilteredError for another kind of question when the client wants only Islamic ones."""
        refuse_generation_options(request)
        if request.restrict_to_islamic:
            free = await self._router.route(request.messages)
            if free.route not in _ADMITTED:
                raise ContentFilteredError(_NOT_ISLAMIC, kind="blocklist", param="messages")
        if decision.intent == VALIDATION and await self._quotes(request.prompt):
            events = self._checking.handle(request, decision)
        else:
            events = self._pipeline.answer(request, decision)
        async with closing(events):
            async for event in events:
                yield event

    async def _quotes(self, text: str) -> bool:
        report = await asyncio.to_thread(self._verifier.verify, text)
        return bool(report.quotes)
