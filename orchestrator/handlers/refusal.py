"""Routes whose service is not here: says so, and what would add it. Knows nothing of what the service would do."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fanar.bilingual import Bilingual
from fanar.errors import NotConfiguredError
from fanar.events import Event, RoutingDecision
from fanar.messages import ChatRequest


class RefusalHandler:
    """Refuses every request with one message."""

    def __init__(self, message: Bilingual) -> None:
        self._message = message

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Raise NotConfiguredError."""
        raise NotConfiguredError(self._message)
        yield  # an async generator, as the protocol wants it
