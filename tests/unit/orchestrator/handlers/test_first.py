"""Several sources of answers."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fanar.events import Event, Route, RoutingDecision, TextDelta
from fanar.messages import ChatMessage, ChatRequest
from orchestrator.handlers.first import FirstToAnswer
from tests.fakes.models import collected, text_of

REQUEST = ChatRequest((ChatMessage("user", "who opened the library?"),))
DECISION = RoutingDecision(Route.GENERAL, "star", 1.0, ())


class Shelf:
    """Says its line, or knows nothing."""

    def __init__(self, line: str | None) -> None:
        self._line = line

    async def try_answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event] | None:
        return None if self._line is None else self._said(self._line)

    async def _said(self, line: str) -> AsyncIterator[Event]:
        yield TextDelta(line)


async def test_first_source_that_knows_answers() -> None:
    events = await FirstToAnswer(Shelf(None), Shelf("two"), Shelf("three")).try_answer(REQUEST, DECISION)
    assert events is not None
    assert text_of(await collected(events)) == "two"


async def test_nobody_answers_where_no_source_knows() -> None:
    assert await FirstToAnswer(Shelf(None), Shelf(None)).try_answer(REQUEST, DECISION) is None
