"""Several sources of answers."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import NotConfiguredError
from fanar.events import Event, Route, RoutingDecision, TextDelta
from fanar.messages import ChatMessage, ChatRequest
from orchestrator.handlers.first import FirstToAnswer, OrDocuments, WhereRouted
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


class Missing:
    """A handler whose source is not here."""

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        raise NotConfiguredError(Bilingual("No source is here.", "لا مصدر هنا."))
        yield


async def test_documents_answer_where_the_source_for_a_route_is_not_here() -> None:
    events = OrDocuments(Missing(), Shelf("the mayor")).handle(REQUEST, DECISION)
    assert text_of(await collected(events)) == "the mayor"


async def test_what_is_missing_is_still_named_where_documents_hold_no_answer() -> None:
    with pytest.raises(NotConfiguredError, match="No source is here"):
        await collected(OrDocuments(Missing(), Shelf(None)).handle(REQUEST, DECISION))


async def test_who_names_a_model_is_not_answered_from_documents_instead() -> None:
    documents = WhereRouted(Shelf("the mayor"), routed=lambda model: model == "Fanar")
    assert await documents.try_answer(REQUEST, DECISION) is not None
    assert await documents.try_answer(ChatRequest(REQUEST.messages, model="Fanar-Sadiq"), DECISION) is None
