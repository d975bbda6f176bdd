"""Answers from documents, what a model wrote in them held against these. Knows nothing of how either is done."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fanar.arabic.script import language_hint
from fanar.attribution_protocols import ClaimVerifier
from fanar.events import Event, RoutingDecision
from fanar.messages import ChatRequest
from orchestrator.handlers.general import DocumentAnswers
from orchestrator.verified import with_checked_claims


class CheckedDocuments:
    """DocumentAnswers whose answers are checked after they are written."""

    def __init__(self, documents: DocumentAnswers, *, claims: ClaimVerifier) -> None:
        self._documents = documents
        self._claims = claims

    async def try_answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event] | None:
        """Return the events of a cited answer with what its passages say of it, or None when the documents hold none."""
        events = await self._documents.try_answer(request, decision)
        if events is None:
            return None
        return with_checked_claims(events, self._claims, language=language_hint(request.prompt))
