"""Everyday questions: to Star or Prime, or without them to the user's own documents. Knows nothing of how a model is chosen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import Protocol

from fanar.arabic.script import language_hint
from fanar.events import Event, RoutingDecision
from fanar.messages import ChatRequest
from fanar.streams import closing
from orchestrator.guardrails import Guards, neutralised, with_true_scripture
from orchestrator.models import LanguageModels
from orchestrator.options import refuse_source_options, wants_generation, with_persona


class DocumentAnswers(Protocol):
    """Answers from the documents that the user added."""

    async def try_answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event] | None:
        """Return the events of a cited answer, or None when the documents do not surely hold one."""
        ...


class GeneralHandler:
    """Answers with a language model; without one, from the user's documents where they surely hold the answer."""

    def __init__(self, *, models: LanguageModels, guards: Guards, documents: DocumentAnswers | None = None) -> None:
        self._models = models
        self._guards = guards
        self._documents = documents

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the answer. Raises NotConfiguredError naming the remedy when nothing here can answer."""
        if self._models.is_addressed(request.model):
            refuse_source_options(request)
        elif self._documents is not None and not wants_generation(request):
            cited = await self._documents.try_answer(request, decision)
            if cited is not None:
                async for event in cited:
                    yield event
                return
        checked = partial(with_true_scripture, guards=self._guards, language=language_hint(request.prompt))
        safe = with_persona(neutralised(request))
        async with closing(self._models.stream(safe, preferred=decision.model, through=checked)) as events:
            async for event in events:
                yield event
