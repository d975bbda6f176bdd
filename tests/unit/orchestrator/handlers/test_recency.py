"""What the news says to a question that did not ask for it."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fanar.bilingual import Bilingual
from fanar.errors import StorageError
from fanar.events import Event, Route, RoutingDecision
from fanar.messages import ChatMessage, ChatRequest
from orchestrator.handlers.recency import RecencyHandler


class Unreadable:
    """News whose database is away."""

    def answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        raise StorageError(Bilingual("Away.", "غائب."))

    async def try_answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event] | None:
        raise StorageError(Bilingual("Away.", "غائب."))


async def test_news_that_cannot_be_read_leaves_a_question_that_did_not_ask_for_it_to_others() -> None:
    handler = RecencyHandler(pipeline=Unreadable())
    request = ChatRequest((ChatMessage("user", "How many guests attended the opening?"),))
    assert await handler.try_answer(request, RoutingDecision(Route.GENERAL, "star", 1.0, ())) is None
