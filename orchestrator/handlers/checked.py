"""Answers of any kind, what a language model wrote in them checked once it is written. Knows nothing of how either is done."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fanar.arabic.script import language_hint
from fanar.events import Event, RoutingDecision
from fanar.messages import ChatRequest
from fanar.protocols import Handler
from fanar.streams import closing
from orchestrator.options import wants_generation
from orchestrator.platform import Attributing
from orchestrator.verified import with_checked_claims


class CheckedHandler:
    """A Handler whose answers are checked by `attributions`; with `everything` those too that rest on no passages, by what is here.

    What a program asked for in a form of its own, as JSON or as calls of tools, stays as it is.
    """

    def __init__(self, handler: Handler, *, attributions: Attributing, everything: bool) -> None:
        self._handler = handler
        self._attributions = attributions
        self._everything = everything

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the answer, and at its end what its sources say of it. Raises what the handler raises."""
        events = self._handler.handle(request, decision)
        if not wants_generation(request):
            language = language_hint(request.prompt)
            events = with_checked_claims(events, self._attributions, language=language, everything=self._everything)
        async with closing(events):
            async for event in events:
                yield event
